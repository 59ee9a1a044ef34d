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

#include <stdlib.h>

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

/* The mailboxes in which mails wait, one step into the index for each; owned. */
static bool
waiting_mailboxes(SpoolDb *db, GPtrArray *names, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = true;

    if (!spool_sql_query(db->sql,
                         "WITH RECURSIVE waiting (name) AS ("
                         " SELECT MIN(mailbox) FROM mail WHERE state = 'received' UNION ALL"
                         " SELECT (SELECT MIN(mailbox) FROM mail"
                         " WHERE state = 'received' AND mailbox > waiting.name)"
                         " FROM waiting WHERE waiting.name IS NOT NULL)"
                         " SELECT name FROM waiting WHERE name IS NOT NULL",
                         SQL_NO_ARGS, &rows, error))
        return false;
    while (row) {
        if (!spool_sql_next(&rows, &row, error))
            return false;
        if (row)
            g_ptr_array_add(names, g_strdup(spool_sql_text(&rows, 0)));
    }
    return true;
}

/* Oldest first. */
static gint
by_age(gconstpointer a, gconstpointer b)
{
    const SpoolClaim *left = a, *right = b;

    if (left->received != right->received)
        return left->received < right->received ? -1 : 1;
    return left->id < right->id ? -1 : left->id > right->id;
}

static SpoolClaim
read_claim(const SpoolSqlRows *rows)
{
    return (SpoolClaim){.id = spool_sql_int(rows, 0),
                        .token = spool_sql_int(rows, 1),
                        .attempts = (guint)spool_sql_int(rows, 2),
                        .mailbox = g_strdup(spool_sql_text(rows, 3)),
                        .received = spool_sql_int(rows, 4),
                        .unread = spool_sql_int(rows, 5) != 0};
}

/* What is claimed, and for whom. */
typedef struct {
    SpoolDb *db;
    const char *owner;
    gint64 lease;
    GArray *claims;
} Claiming;

/* A statement that claims the mails which another one, in brackets after it, chooses by $4 and $5.
 */
#define CLAIM(which)                                                                               \
    "UPDATE mail SET state = $1, owner = $2, lease = $3, token = token + 1,"                       \
    " attempts = attempts + 1 WHERE id IN (" which                                                 \
    ") RETURNING id, token, attempts, mailbox, received, unread"

/* from: the state that all of them are in. */
static bool
claim(Claiming *claiming, SpoolMailState from, const char *text, const SpoolSqlValue *which,
      GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    const guint before = claiming->claims->len;
    SpoolMailState to;
    bool row = true;

    if (!spool_state_mail_next(from, SPOOL_MAIL_CLAIMED, &to, error) ||
        !spool_sql_query(claiming->db->sql, text,
                         SQL_ARGS(SQL_TEXT(spool_state_mail_word(to)), SQL_TEXT(claiming->owner),
                                  SQL_INT(claiming->lease), which[0], which[1]),
                         &rows, error))
        return false;
    while (row) {
        if (!spool_sql_next(&rows, &row, error))
            return false;
        if (row) {
            SpoolClaim claimed = read_claim(&rows);

            g_array_append_val(claiming->claims, claimed);
        }
    }
    if (claiming->claims->len > before)
        qsort(&g_array_index(claiming->claims, SpoolClaim, before), claiming->claims->len - before,
              sizeof(SpoolClaim), by_age);
    return true;
}

/* From each mailbox the same number, oldest first, beginning after the one that was served last: a
 * full mailbox keeps no other one waiting. */
static bool
claim_in_turn(Claiming *claiming, guint max, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    SpoolDb *db = claiming->db;
    guint first = 0;

    if (!waiting_mailboxes(db, names, error))
        return false;
    while (first < names->len && g_strcmp0(names->pdata[first], db->served) <= 0)
        first++;
    for (guint i = 0; i < names->len && claiming->claims->len < max; i++) {
        const char *name = names->pdata[(first + i) % names->len];
        guint share = MIN(MAX(max / names->len, 1), max - claiming->claims->len);
        const SpoolSqlValue which[] = {SQL_TEXT(name), SQL_INT(share)};

        if (!claim(claiming, SPOOL_MAIL_RECEIVED,
                   CLAIM("SELECT id FROM mail WHERE state = 'received' AND mailbox = $4"
                         " ORDER BY received, id LIMIT $5"),
                   which, error))
            return false;
        g_free(db->served);
        db->served = g_strdup(name);
    }
    return true;
}

bool
spool_message_claim(SpoolDb *db, const char *owner, guint max, guint lease_s, GArray **out_claims,
                    GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_autoptr(GArray) claims = g_array_new(FALSE, TRUE, sizeof(SpoolClaim));
    const gint64 now = spool_now();
    Claiming claiming = {db, owner, now + lease_s * SPOOL_SECOND, claims};
    const SpoolSqlValue ended[] = {SQL_INT(now), SQL_INT(1)};

    g_array_set_clear_func(claims, clear_claim);
    /* Inside another transaction the attempt would not be on disk before the reader starts. */
    if (db->depth > 0)
        return spool_throw(error, SPOOL_ERROR_STATE, "a claim must be a transaction of its own");
    if (!spool_txn_begin(&txn, db, error) ||
        !claim(&claiming, SPOOL_MAIL_READING,
               CLAIM("SELECT id FROM mail WHERE state = 'reading' AND lease <= $4"
                     " ORDER BY lease LIMIT $5"),
               ended, error))
        return false;
    if (claims->len == 0 && !claim_in_turn(&claiming, max, error))
        return false;
    if (!spool_txn_commit(&txn, error))
        return false;
    *out_claims = g_steal_pointer(&claims);
    return true;
}

/* SPOOL_ERROR_STALE unless the claim is still the mail's last one. */
static bool
holds(SpoolDb *db, const SpoolClaim *claim, GError **error)
{
    SpoolSqlNumber held;

    if (!spool_sql_number(db->sql,
                          "SELECT 1 FROM mail WHERE id = $1 AND state = 'reading' AND token = $2",
                          SQL_ARGS(SQL_INT(claim->id), SQL_INT(claim->token)), &held, error))
        return false;
    return held.found || spool_message_lost(claim, error);
}

bool
spool_message_release(SpoolDb *db, const SpoolClaim *claim, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    return spool_txn_begin(&txn, db, error) && holds(db, claim, error) &&
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
spool_message_lost(const SpoolClaim *claim, GError **error)
{
    return spool_throw(error, SPOOL_ERROR_STALE,
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
