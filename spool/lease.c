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

bool
spool_lease_is_elsewhere(SpoolDb *db, const char *mailbox, const char *node, bool *out_is,
                         GError **error)
{
    SpoolSqlNumber other;
    gint64 now = 0;

    if (!spool_sql_clock(db->sql, &now, error) ||
        !spool_sql_number(db->sql,
                          "SELECT 1 FROM mailbox_lease l JOIN node n ON n.name = l.node"
                          " WHERE l.mailbox = $1 AND l.node <> $2 AND n.until > $3",
                          SQL_ARGS(SQL_TEXT(mailbox), SQL_TEXT(node), SQL_INT(now)), &other, error))
        return false;
    *out_is = other.found;
    return true;
}

/* How many mailboxes we have more than the other node that is alive and has the fewest; not above
 * zero when there is no other. */
static bool
read_excess(SpoolDb *db, const char *node, gint64 *out_excess, GError **error)
{
    SpoolSqlNumber ours, fewest;
    gint64 now = 0;

    if (!spool_sql_clock(db->sql, &now, error) ||
        !spool_sql_number(db->sql, "SELECT COUNT(*) FROM mailbox_lease WHERE node = $1",
                          SQL_ARGS(SQL_TEXT(node)), &ours, error) ||
        !spool_sql_number(db->sql,
                          "SELECT MIN((SELECT COUNT(*) FROM mailbox_lease l WHERE l.node = n.name))"
                          " FROM node n WHERE n.name <> $1 AND n.until > $2",
                          SQL_ARGS(SQL_TEXT(node), SQL_INT(now)), &fewest, error))
        return false;
    *out_excess = fewest.found ? ours.value - fewest.value : 0;
    return true;
}

/* Whether the last one who had it was we: after a restart it is ours at once. */
static bool
was_ours(SpoolDb *db, const char *mailbox, const char *node, bool *out_ours, GError **error)
{
    SpoolSqlNumber one;

    if (!spool_sql_number(db->sql, "SELECT 1 FROM mailbox_lease WHERE mailbox = $1 AND node = $2",
                          SQL_ARGS(SQL_TEXT(mailbox), SQL_TEXT(node)), &one, error))
        return false;
    *out_ours = one.found;
    return true;
}

static bool
may_take(SpoolDb *db, const char *mailbox, const char *node, bool yield, bool *out_may,
         GError **error)
{
    bool elsewhere = false, ours = false;
    gint64 excess = 0;

    if (!spool_lease_is_elsewhere(db, mailbox, node, &elsewhere, error) ||
        !was_ours(db, mailbox, node, &ours, error) ||
        (yield && !ours && !read_excess(db, node, &excess, error)))
        return false;
    *out_may = !elsewhere && excess <= 0;
    return true;
}

bool
spool_lease_take(SpoolDb *db, const char *mailbox, const char *node, bool yield, gint64 *out_token,
                 GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    SpoolSqlNumber token = {0};
    bool may = false;

    /* First without the lock of the writers: it is asked for often. */
    if (!may_take(db, mailbox, node, yield, &may, error))
        return false;
    if (!may) {
        *out_token = 0;
        return true;
    }
    if (!spool_txn_begin(&txn, db, error) || !may_take(db, mailbox, node, yield, &may, error) ||
        (may &&
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
spool_lease_surplus(SpoolDb *db, const char *node, char **out_mailbox, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    SpoolSqlNumber given;
    gint64 excess = 0;
    bool row = false;

    if (!read_excess(db, node, &excess, error) ||
        !spool_sql_number(db->sql, "SELECT COUNT(*) FROM mailbox_lease WHERE node = ''",
                          SQL_NO_ARGS, &given, error))
        return false;
    *out_mailbox = NULL;
    /* What was given and is not taken yet counts as taken. */
    if (excess - given.value < 2)
        return true;
    if (!spool_sql_query(db->sql, "SELECT MAX(mailbox) FROM mailbox_lease WHERE node = $1",
                         SQL_ARGS(SQL_TEXT(node)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    *out_mailbox = g_strdup(spool_sql_text(&rows, 0));
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
