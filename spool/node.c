/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/node.c - which posterns share the spool, and who of them is alive.
 *
 * A node that is late is not asked: what it had claimed becomes free, and the tokens
 * of those claims keep it from committing when it wakes.
 *
 * Runs in:  supervisor (join), keeper (all else).
 * Source:   doc/spool.md, "Nodes"
 */
#include "config.h"

#include "spool/audit.h"
#include "spool/handover.h"
#include "spool/lease.h"
#include "spool/message.h"
#include "spool/node.h"
#include "spool/outbox.h"
#include "spool/private.h"

bool
spool_node_join(SpoolDb *db, const char *name, guint lease_s, gint64 *out_token, GError **error)
{
    SpoolSqlNumber token;
    gint64 now = 0;

    if (!spool_sql_clock(db->sql, &now, error) ||
        !spool_sql_number(db->sql,
                          "INSERT INTO node (name, token, until) VALUES ($1, 1, $2)"
                          " ON CONFLICT (name) DO UPDATE"
                          " SET token = node.token + 1, until = excluded.until RETURNING token",
                          SQL_ARGS(SQL_TEXT(name), SQL_INT(now + lease_s * SPOOL_SECOND)), &token,
                          error))
        return false;
    if (out_token != NULL)
        *out_token = token.value;
    return true;
}

bool
spool_node_renew(SpoolDb *db, const char *name, gint64 token, guint lease_s, GError **error)
{
    guint changed = 0;
    gint64 now = 0;

    return spool_sql_clock(db->sql, &now, error) &&
           spool_sql_run(
               db->sql, "UPDATE node SET until = $1 WHERE name = $2 AND token = $3",
               SQL_ARGS(SQL_INT(now + lease_s * SPOOL_SECOND), SQL_TEXT(name), SQL_INT(token)),
               &changed, error) &&
           (changed > 0 ||
            spool_throw(error, SPOOL_ERROR_STALE,
                        "another posternd runs under the name of this node, %s", name));
}

/* Names of nodes that were alive and are so no longer. */
static bool
list_late(SpoolDb *db, GPtrArray *names, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    gint64 now = 0;
    bool row = true;

    if (!spool_sql_clock(db->sql, &now, error) ||
        !spool_sql_query(db->sql, "SELECT name FROM node WHERE until > 0 AND until <= $1",
                         SQL_ARGS(SQL_INT(now)), &rows, error))
        return false;
    while (row) {
        if (!spool_sql_next(&rows, &row, error))
            return false;
        if (row)
            g_ptr_array_add(names, g_strdup(spool_sql_text(&rows, 0)));
    }
    return true;
}

static bool
free_claims(SpoolDb *db, const char *name, GError **error)
{
    g_autofree char *intake = g_strconcat("intake@", name, NULL);
    g_autofree char *courier = g_strconcat("courier@", name, NULL);

    return spool_message_reclaim(db, intake, error) && spool_outbox_reclaim(db, courier, error) &&
           spool_handover_reclaim(db, courier, error);
}

/* A node that stopped in the middle of a transaction, or waits for its turn to begin one, would
 * keep the others out. */
static bool
end_sessions(SpoolDb *db, const GPtrArray *names, GError **error)
{
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *name = g_strconcat("postern@", names->pdata[i], NULL);

        if (!spool_sql_end_sessions(db->sql, name, error))
            return false;
    }
    return true;
}

static bool
take_over(SpoolDb *db, const char *name, GError **error)
{
    g_autofree char *object = g_strconcat("node:", name, NULL);

    return spool_sql_run(db->sql, "UPDATE node SET until = 0 WHERE name = $1",
                         SQL_ARGS(SQL_TEXT(name)), NULL, error) &&
           free_claims(db, name, error) &&
           spool_audit_append(db, "keeper", "taken-over", object, NULL, error);
}

bool
spool_node_take_over(SpoolDb *db, GPtrArray **out_names, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    /* First without the lock of the writers: nearly always there is nothing to do. */
    if (!list_late(db, names, error))
        return false;
    if (names->len > 0) {
        if (!end_sessions(db, names, error))
            return false;
        g_ptr_array_set_size(names, 0);
        if (!spool_txn_begin(&txn, db, error) || !list_late(db, names, error))
            return false;
        for (guint i = 0; i < names->len; i++)
            if (!take_over(db, names->pdata[i], error))
                return false;
        if (!spool_txn_commit(&txn, error))
            return false;
    }
    *out_names = g_steal_pointer(&names);
    return true;
}

void
spool_node_work_clear(SpoolNodeWork *work)
{
    g_clear_pointer(&work->mailboxes, g_ptr_array_unref);
}

static bool
is_any(SpoolDb *db, const char *text, SpoolSqlArgs args, bool *out_any, GError **error)
{
    SpoolSqlNumber one;

    if (!spool_sql_number(db->sql, text, args, &one, error))
        return false;
    *out_any = one.found;
    return true;
}

static bool
list_moves(SpoolDb *db, const char *name, GPtrArray *mailboxes, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = true;

    if (!spool_sql_query(db->sql,
                         "SELECT l.mailbox FROM mailbox_lease l WHERE l.node = $1 AND EXISTS"
                         " (SELECT 1 FROM arrival a WHERE a.mailbox = l.mailbox"
                         " AND a.place = 'due')",
                         SQL_ARGS(SQL_TEXT(name)), &rows, error))
        return false;
    while (row) {
        if (!spool_sql_next(&rows, &row, error))
            return false;
        if (row)
            g_ptr_array_add(mailboxes, g_strdup(spool_sql_text(&rows, 0)));
    }
    return true;
}

/* The role that has it is to give it away. */
static bool
add_surplus(SpoolDb *db, const char *name, GPtrArray *mailboxes, GError **error)
{
    char *surplus = NULL;

    if (!spool_lease_surplus(db, name, &surplus, error))
        return false;
    if (surplus != NULL)
        g_ptr_array_add(mailboxes, surplus);
    return true;
}

bool
spool_node_work(SpoolDb *db, const char *name, SpoolNodeWork *out_work, GError **error)
{
    g_autoptr(GPtrArray) mailboxes = g_ptr_array_new_with_free_func(g_free);
    SpoolSqlArgs now = SQL_ARGS(SQL_INT(spool_now()));
    bool mails = false, replies = false, records = false;

    if (!is_any(db, "SELECT 1 FROM mail WHERE state = 'received' LIMIT 1", SQL_NO_ARGS, &mails,
                error) ||
        !is_any(db, "SELECT 1 FROM outbox WHERE due <= $1 LIMIT 1", now, &replies, error) ||
        !is_any(db, "SELECT 1 FROM handover WHERE due <= $1 LIMIT 1", now, &records, error) ||
        !list_moves(db, name, mailboxes, error) || !add_surplus(db, name, mailboxes, error))
        return false;
    *out_work = (SpoolNodeWork){mails, replies || records, g_steal_pointer(&mailboxes)};
    return true;
}
