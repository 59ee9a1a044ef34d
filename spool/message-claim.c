/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/message-claim.c - which received mail is read next, and by whom.
 *
 * A claim is a lease with a token that only grows: who comes back after the lease
 * has gone to another shows an old token and changes nothing.
 *
 * Runs in:  intake.
 * Source:   doc/spool.md, "Claims"
 */
#include "config.h"

#include "spool/message.h"
#include "spool/private.h"

/* Counting further than this tells nobody more, and would cost each look more. */
#define BACKLOG_MAX "10000"

void
spool_claim_clear(SpoolClaim *claim)
{
    g_clear_pointer(&claim->mailbox, g_free);
}

static void
clear_claim(gpointer claim)
{
    spool_claim_clear(claim);
}

/* Ids of mails that may be claimed, as gint64. */
static bool
collect(SpoolDb *db, const char *text, SpoolSqlArgs args, GArray *ids, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = true;

    if (!spool_sql_query(db->sql, text, args, &rows, error))
        return false;
    while (row) {
        if (!spool_sql_next(&rows, &row, error))
            return false;
        if (row) {
            gint64 id = spool_sql_int(&rows, 0);

            g_array_append_val(ids, id);
        }
    }
    return true;
}

/* The first mailbox after another in which mails wait, or NULL; owned. */
static bool
next_mailbox(SpoolDb *db, const char *after, char **out_name, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (!spool_sql_query(db->sql,
                         "SELECT MIN(mailbox) FROM mail WHERE state = 'received' AND mailbox > $1",
                         SQL_ARGS(SQL_TEXT(after)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    *out_name = row ? g_strdup(spool_sql_text(&rows, 0)) : NULL;
    return true;
}

static bool
waiting_mailboxes(SpoolDb *db, GPtrArray *names, GError **error)
{
    char *name = NULL;

    if (!next_mailbox(db, "", &name, error))
        return false;
    while (name != NULL) {
        g_ptr_array_add(names, name);
        if (!next_mailbox(db, names->pdata[names->len - 1], &name, error))
            return false;
    }
    return true;
}

/* From each mailbox the same number, oldest first, beginning after the one that was served last: a
 * full mailbox keeps no other one waiting. */
static bool
collect_in_turn(SpoolDb *db, guint max, GArray *ids, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    guint first = 0;

    if (!waiting_mailboxes(db, names, error))
        return false;
    while (first < names->len && g_strcmp0(names->pdata[first], db->served) <= 0)
        first++;
    for (guint i = 0; i < names->len && ids->len < max; i++) {
        const char *name = names->pdata[(first + i) % names->len];
        guint share = MIN(MAX(max / names->len, 1), max - ids->len);

        if (!collect(db,
                     "SELECT id FROM mail WHERE state = 'received' AND mailbox = $1"
                     " ORDER BY received, id LIMIT $2",
                     SQL_ARGS(SQL_TEXT(name), SQL_INT(share)), ids, error))
            return false;
        g_free(db->served);
        db->served = g_strdup(name);
    }
    return true;
}

static bool
claim_one(SpoolDb *db, gint64 id, const char *owner, gint64 lease, GArray *claims, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (!spool_message_step(db, id, SPOOL_MAIL_CLAIMED, error) ||
        !spool_sql_query(db->sql,
                         "UPDATE mail SET token = token + 1, attempts = attempts + 1,"
                         " owner = $1, lease = $2 WHERE id = $3"
                         " RETURNING token, attempts, mailbox, received, unread",
                         SQL_ARGS(SQL_TEXT(owner), SQL_INT(lease), SQL_INT(id)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    g_assert(row);
    SpoolClaim claim = {.id = id,
                        .token = spool_sql_int(&rows, 0),
                        .attempts = (guint)spool_sql_int(&rows, 1),
                        .mailbox = g_strdup(spool_sql_text(&rows, 2)),
                        .received = spool_sql_int(&rows, 3),
                        .unread = spool_sql_int(&rows, 4) != 0};

    g_array_append_val(claims, claim);
    return spool_sql_next(&rows, &row, error);
}

bool
spool_message_claim(SpoolDb *db, const char *owner, guint max, guint lease_s, GArray **out_claims,
                    GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GArray) claims = g_array_new(FALSE, TRUE, sizeof(SpoolClaim));
    gint64 now = spool_now(), lease = now + lease_s * SPOOL_SECOND;

    g_array_set_clear_func(claims, clear_claim);
    /* Inside another transaction the attempt would not be on disk before the reader starts. */
    if (db->depth > 0)
        return spool_throw(error, SPOOL_ERROR_STATE, "a claim must be a transaction of its own");
    if (!spool_txn_begin(&txn, db, error) ||
        !collect(db,
                 "SELECT id FROM mail WHERE state = 'reading' AND lease <= $1"
                 " ORDER BY lease LIMIT 1",
                 SQL_ARGS(SQL_INT(now)), ids, error))
        return false;
    if (ids->len == 0 && !collect_in_turn(db, max, ids, error))
        return false;
    for (guint i = 0; i < ids->len; i++)
        if (!claim_one(db, g_array_index(ids, gint64, i), owner, lease, claims, error))
            return false;
    if (!spool_txn_commit(&txn, error))
        return false;
    *out_claims = g_steal_pointer(&claims);
    return true;
}

bool
spool_message_release(SpoolDb *db, const SpoolClaim *claim, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    return spool_txn_begin(&txn, db, error) && spool_message_holds(db, claim, error) &&
           spool_message_step(db, claim->id, SPOOL_MAIL_RELEASED, error) &&
           spool_sql_run(db->sql,
                         "UPDATE mail SET attempts = attempts - 1, owner = NULL, lease = NULL"
                         " WHERE id = $1",
                         SQL_ARGS(SQL_INT(claim->id)), NULL, error) &&
           spool_txn_commit(&txn, error);
}

bool
spool_message_reclaim(SpoolDb *db, const char *owner, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    return spool_txn_begin(&txn, db, error) &&
           spool_sql_run(db->sql,
                         "UPDATE mail SET lease = 0 WHERE state = 'reading' AND owner = $1",
                         SQL_ARGS(SQL_TEXT(owner)), NULL, error) &&
           spool_txn_commit(&txn, error);
}

bool
spool_message_holds(SpoolDb *db, const SpoolClaim *claim, GError **error)
{
    SpoolSqlNumber held;

    if (!spool_sql_number(db->sql,
                          "SELECT 1 FROM mail WHERE id = $1 AND state = 'reading' AND token = $2",
                          SQL_ARGS(SQL_INT(claim->id), SQL_INT(claim->token)), &held, error))
        return false;
    return held.found ||
           spool_throw(error, SPOOL_ERROR_STALE,
                       "mail %" G_GINT64_FORMAT " has gone to another reader", claim->id);
}

bool
spool_message_backlog(SpoolDb *db, guint *out_count, gint64 *out_oldest, GError **error)
{
    SpoolSqlNumber waiting, reading, oldest_waiting, oldest_reading;

    if (!spool_sql_number(db->sql,
                          "SELECT COUNT(*) FROM (SELECT 1 FROM mail WHERE state = 'received'"
                          " LIMIT " BACKLOG_MAX ") AS waiting",
                          SQL_NO_ARGS, &waiting, error) ||
        !spool_sql_number(db->sql, "SELECT COUNT(*) FROM mail WHERE state = 'reading'", SQL_NO_ARGS,
                          &reading, error) ||
        !spool_sql_number(db->sql, "SELECT MIN(received) FROM mail WHERE state = 'received'",
                          SQL_NO_ARGS, &oldest_waiting, error) ||
        !spool_sql_number(db->sql, "SELECT MIN(received) FROM mail WHERE state = 'reading'",
                          SQL_NO_ARGS, &oldest_reading, error))
        return false;
    gint64 oldest = oldest_waiting.value;

    if (oldest_reading.found && (!oldest_waiting.found || oldest_reading.value < oldest))
        oldest = oldest_reading.value;
    *out_count = (guint)(waiting.value + reading.value);
    *out_oldest = oldest;
    return true;
}
