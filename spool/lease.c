/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/lease.c - which node looks after a mailbox.
 *
 * A lease lasts as long as its node is alive.  Each one has a larger token than the
 * one before, and who shows an old token changes nothing.
 *
 * Runs in:  the mailbox role.
 * Source:   doc/spool.md, "Nodes"
 */
#include "config.h"

#include "spool/lease.h"
#include "spool/private.h"

/* Whether a node that is alive, and not we, has the mailbox. */
static bool
is_taken(SpoolDb *db, const char *mailbox, const char *node, bool *out_taken, GError **error)
{
    SpoolSqlNumber other;
    gint64 now = 0;

    if (!spool_sql_clock(db->sql, &now, error) ||
        !spool_sql_number(db->sql,
                          "SELECT 1 FROM mailbox_lease l JOIN node n ON n.name = l.node"
                          " WHERE l.mailbox = $1 AND l.node <> $2 AND n.until > $3",
                          SQL_ARGS(SQL_TEXT(mailbox), SQL_TEXT(node), SQL_INT(now)), &other, error))
        return false;
    *out_taken = other.found;
    return true;
}

bool
spool_lease_take(SpoolDb *db, const char *mailbox, const char *node, gint64 *out_token,
                 GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    SpoolSqlNumber token = {0};
    bool taken = false;

    if (!is_taken(db, mailbox, node, &taken, error))
        return false;
    if (taken) {
        *out_token = 0;
        return true;
    }
    if (!spool_txn_begin(&txn, db, error) || !is_taken(db, mailbox, node, &taken, error) ||
        (!taken &&
         !spool_sql_number(db->sql,
                           "INSERT INTO mailbox_lease (mailbox, node, token) VALUES ($1, $2, 1)"
                           " ON CONFLICT (mailbox) DO UPDATE SET node = excluded.node,"
                           " token = mailbox_lease.token + 1 RETURNING token",
                           SQL_ARGS(SQL_TEXT(mailbox), SQL_TEXT(node)), &token, error)) ||
        !spool_txn_commit(&txn, error))
        return false;
    *out_token = token.value;
    return true;
}

bool
spool_lease_check(SpoolDb *db, const char *mailbox, gint64 token, GError **error)
{
    SpoolSqlNumber ours;

    return spool_sql_number(db->sql,
                            "SELECT 1 FROM mailbox_lease WHERE mailbox = $1 AND token = $2",
                            SQL_ARGS(SQL_TEXT(mailbox), SQL_INT(token)), &ours, error) &&
           (ours.found ||
            spool_throw(error, SPOOL_ERROR_STALE, "another node has the mailbox %s", mailbox));
}

bool
spool_lease_give(SpoolDb *db, const char *mailbox, gint64 token, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    return spool_txn_begin(&txn, db, error) &&
           spool_sql_run(db->sql,
                         "UPDATE mailbox_lease SET node = '' WHERE mailbox = $1 AND token = $2",
                         SQL_ARGS(SQL_TEXT(mailbox), SQL_INT(token)), NULL, error) &&
           spool_txn_commit(&txn, error);
}
