/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/outbox.c - replies waiting to be sent, and what became of them.
 *
 * The column "due" says when a reply must be looked at: its turn, or the end of the
 * lease of who has it.  The column "unsure" counts how often it may have left without
 * our knowing; at the second time it waits for a person.
 *
 * Runs in:  courier; command line and staff pages (reads).
 * Source:   doc/spool.md, "Replies"; RFC 1047
 */
#include "config.h"

#include <string.h>

#include "spool/audit.h"
#include "spool/outbox.h"
#include "spool/private.h"
#include "spool/task.h"

#define UNSURE_MAX 1
/* A reply is a few kilobytes; anything longer is not one of ours. */
#define SENT_MAX ((gsize)4 * 1024 * 1024)

/* A row of the outbox as far as moving it needs. */
typedef struct {
    gint64 id, mail_id, generation, unsure, token;
    bool alert;
    SpoolOutState state;
} Row;

char *
spool_outbox_place(const char *column, gint64 generation)
{
    return g_strdup_printf("outbox.%s %" G_GINT64_FORMAT, column, generation);
}

static bool
read_row(const SpoolSqlRows *rows, Row *out_row, GError **error)
{
    out_row->id = spool_sql_int(rows, 0);
    out_row->mail_id = spool_sql_int(rows, 1);
    out_row->generation = spool_sql_int(rows, 2);
    out_row->unsure = spool_sql_int(rows, 3);
    out_row->token = spool_sql_int(rows, 4);
    out_row->alert = g_strcmp0(spool_sql_text(rows, 6), SPOOL_OUTBOX_ALERT) == 0;
    return spool_state_out_parse(spool_sql_text(rows, 5), &out_row->state, error);
}

#define ROW "SELECT id, mail_id, generation, unsure, token, state, template FROM outbox "

/* Change the state, and when it must be looked at next (0 for never). */
static bool
step(SpoolDb *db, Row *row, SpoolOutEvent event, gint64 due, GError **error)
{
    SpoolOutState to;

    if (!spool_state_out_next(row->state, event, &to, error) ||
        !spool_sql_run(db->sql,
                       "UPDATE outbox SET state = $1, due = $2, updated = $3, unsure = $4"
                       " WHERE id = $5",
                       SQL_ARGS(SQL_TEXT(spool_state_out_word(to)),
                                due != 0 ? SQL_INT(due) : SQL_NULL, SQL_INT(spool_now()),
                                SQL_INT(row->unsure), SQL_INT(row->id)),
                       NULL, error))
        return false;
    row->state = to;
    return true;
}

static bool
audit_reply(SpoolDb *db, const Row *row, const char *act, GError **error)
{
    g_autofree char *object = g_strdup_printf("reply:%" G_GINT64_FORMAT, row->id);
    g_autofree char *detail =
        g_strdup_printf("{\"mail\":%" G_GINT64_FORMAT ",\"state\":\"%s\",\"unsure\":%d}",
                        row->mail_id, spool_state_out_word(row->state), (int)row->unsure);

    return spool_audit_append(db, "courier", act, object, detail, error);
}

/* Whoever wrote to us does not know that we have it, or whoever is on duty that there is danger:
 * somebody must tell them. */
static bool
not_told(SpoolDb *db, const Row *row, const char *detail, GError **error)
{
    const SpoolTask task = {
        .what = (char *)(row->alert ? SPOOL_TASK_DUTY_NOT_TOLD : SPOOL_TASK_NOT_TOLD),
        .mail_id = row->mail_id,
        .reply_id = row->id,
        .detail = (char *)detail};

    return spool_task_open(db, &task, NULL, error);
}

/* It will never leave, for a reason that is one fixed word. */
static bool
give_up(SpoolDb *db, Row *row, const char *why, GError **error)
{
    return step(db, row, SPOOL_OUT_REFUSED, 0, error) && audit_reply(db, row, why, error) &&
           not_told(db, row, why, error);
}

/* The final answer was lost.  due: when to send it once more, or 0. */
static bool
answer_lost(SpoolDb *db, Row *row, gint64 due, GError **error)
{
    row->unsure++;
    bool again = row->unsure <= UNSURE_MAX && due != 0;

    return step(db, row, SPOOL_OUT_ANSWER_LOST, again ? due : 0, error) &&
           audit_reply(db, row, "uncertain", error) &&
           (again || not_told(db, row, "uncertain", error));
}

/* Who had this reply is dead or lost its lease: put it back to where that leaves it. */
static bool
recover(SpoolDb *db, Row *row, gint64 now, GError **error)
{
    bool noted = false;

    if (row->state == SPOOL_OUT_CLAIMED)
        return step(db, row, SPOOL_OUT_GIVEN_BACK, now, error);
    if (row->state != SPOOL_OUT_SENDING)
        return true;
    if (!spool_outbox_was_noted(db, row->id, row->token, &noted, error))
        return false;
    if (noted)
        return step(db, row, SPOOL_OUT_ACCEPTED, 0, error) && audit_reply(db, row, "sent", error) &&
               spool_outbox_note_clear(db, row->id, error);
    return answer_lost(db, row, now, error);
}

/* Who takes replies, and how. */
typedef struct {
    const char *owner;
    gint64 now, lease;
    bool start;
} Taker;

/* The first that is due of those that cannot wait, or of all; but what the taker has at hand is not
 * taken from it when a clock jumps over the end of its lease. */
static bool
first_due(SpoolDb *db, const Taker *taker, SpoolSqlRows *rows, bool *out_found, GError **error)
{
    static const char *const queries[] = {
        ROW "WHERE urgent = 1 AND due <= $1 AND COALESCE(owner, '') <> $2 ORDER BY due, id LIMIT 1",
        ROW "WHERE due <= $1 AND COALESCE(owner, '') <> $2 ORDER BY due, id LIMIT 1",
    };

    *out_found = false;
    for (guint i = 0; i < G_N_ELEMENTS(queries) && !*out_found; i++) {
        spool_sql_rows_clear(rows);
        if (!spool_sql_query(db->sql, queries[i],
                             SQL_ARGS(SQL_INT(taker->now), SQL_TEXT(taker->owner)), rows, error) ||
            !spool_sql_next(rows, out_found, error))
            return false;
    }
    return true;
}

/* The next reply that may be taken; *out_found is false when there is none. */
static bool
next_row(SpoolDb *db, const Taker *taker, Row *out_row, bool *out_found, GError **error)
{
    for (;;) {
        g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;

        if (!first_due(db, taker, &rows, out_found, error))
            return false;
        if (!*out_found)
            return true;
        if (!read_row(&rows, out_row, error))
            return false;
        spool_sql_rows_clear(&rows);
        if (!recover(db, out_row, taker->now, error))
            return false;
        /* Sent, or uncertain for the second time: it is due no more, so the next look finds
         * another. */
        if (out_row->state != SPOOL_OUT_SENT && out_row->unsure <= UNSURE_MAX)
            return true;
    }
}

/* A reply that cannot be opened must not hold up those behind it: it is given up, which staff
 * see.  *out_reply is NULL then. */
static bool
load_or_give_up(SpoolDb *db, Row *row, SpoolReply **out_reply, GError **error)
{
    g_autoptr(GError) problem = NULL;

    if (spool_outbox_load(db, row->id, row->generation, out_reply, &problem))
        return true;
    if (!g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_CORRUPT) &&
        !g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return false;
    }
    *out_reply = NULL;
    return give_up(db, row, "damaged", error);
}

/* Take one reply; *out_found is false when none is due. */
static bool
take_one(SpoolDb *db, const Taker *taker, SpoolReply **out_reply, bool *out_found, GError **error)
{
    Row row = {0};

    if (!next_row(db, taker, &row, out_found, error))
        return false;
    if (!*out_found)
        return true;
    if (!step(db, &row, SPOOL_OUT_TAKEN, taker->lease, error) ||
        (taker->start && !step(db, &row, SPOOL_OUT_STARTED, taker->lease, error)))
        return false;
    return spool_sql_run(db->sql,
                         "UPDATE outbox SET token = token + 1, attempts = attempts + 1, owner = $1"
                         " WHERE id = $2",
                         SQL_ARGS(SQL_TEXT(taker->owner), SQL_INT(row.id)), NULL, error) &&
           load_or_give_up(db, &row, out_reply, error);
}

static bool
take(SpoolDb *db, const Taker *taker, SpoolReply **out_reply, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_autoptr(SpoolReply) reply = NULL;
    bool found = true;

    /* Inside another transaction the attempt would not be on disk before the mail leaves. */
    if (taker->start && db->depth > 0)
        return spool_throw(error, SPOOL_ERROR_STATE, "a claim must be a transaction of its own");
    if (!spool_txn_begin(&txn, db, error))
        return false;
    while (found && reply == NULL)
        if (!take_one(db, taker, &reply, &found, error))
            return false;
    if (!spool_txn_commit(&txn, error))
        return false;
    *out_reply = g_steal_pointer(&reply);
    return true;
}

static Taker
taker_now(const char *owner, guint lease_s, bool start)
{
    gint64 now = spool_now();

    return (Taker){owner, now, now + lease_s * SPOOL_SECOND, start};
}

bool
spool_outbox_claim(SpoolDb *db, const char *owner, guint lease_s, SpoolReply **out_reply,
                   GError **error)
{
    Taker taker = taker_now(owner, lease_s, true);

    return take(db, &taker, out_reply, error);
}

bool
spool_outbox_take(SpoolDb *db, const char *owner, guint lease_s, SpoolReply **out_reply,
                  GError **error)
{
    Taker taker = taker_now(owner, lease_s, false);

    return take(db, &taker, out_reply, error);
}

/* The row, if the reply is still ours. */
static bool
held_row(SpoolDb *db, const SpoolReply *reply, Row *out_row, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool found = false;

    if (!spool_sql_query(db->sql,
                         ROW "WHERE id = $1 AND token = $2 AND state IN ('claimed', 'sending')",
                         SQL_ARGS(SQL_INT(reply->id), SQL_INT(reply->token)), &rows, error) ||
        !spool_sql_next(&rows, &found, error))
        return false;
    if (!found)
        return spool_throw(error, SPOOL_ERROR_STALE,
                           "reply %" G_GINT64_FORMAT " has gone to another courier", reply->id);
    return read_row(&rows, out_row, error);
}

bool
spool_outbox_start(SpoolDb *db, const SpoolReply *reply, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    SpoolSqlNumber due;
    Row row = {0};

    return spool_txn_begin(&txn, db, error) && held_row(db, reply, &row, error) &&
           spool_sql_number(db->sql, "SELECT due FROM outbox WHERE id = $1",
                            SQL_ARGS(SQL_INT(reply->id)), &due, error) &&
           step(db, &row, SPOOL_OUT_STARTED, due.value, error) && spool_txn_commit(&txn, error);
}

bool
spool_outbox_release(SpoolDb *db, const SpoolReply *reply, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    Row row = {0};

    return spool_txn_begin(&txn, db, error) && held_row(db, reply, &row, error) &&
           step(db, &row, SPOOL_OUT_GIVEN_BACK, spool_now(), error) &&
           spool_sql_run(db->sql,
                         "UPDATE outbox SET attempts = attempts - 1, owner = NULL WHERE id = $1",
                         SQL_ARGS(SQL_INT(reply->id)), NULL, error) &&
           spool_txn_commit(&txn, error);
}

/* The oldest reply that waits since before a time; *out_found is false when there is none. */
static bool
next_old(SpoolDb *db, gint64 before, Row *out_row, bool *out_found, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;

    return spool_sql_query(db->sql,
                           ROW "WHERE due IS NOT NULL AND queued < $1"
                               " AND state IN ('queued', 'deferred') ORDER BY due, id LIMIT 1",
                           SQL_ARGS(SQL_INT(before)), &rows, error) &&
           spool_sql_next(&rows, out_found, error) &&
           (!*out_found || read_row(&rows, out_row, error));
}

bool
spool_outbox_expire(SpoolDb *db, gint64 before, guint *out_expired, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    guint expired = 0;
    bool found = true;

    if (!spool_txn_begin(&txn, db, error))
        return false;
    while (found) {
        Row row = {0};

        if (!next_old(db, before, &row, &found, error))
            return false;
        if (found &&
            (!step(db, &row, SPOOL_OUT_TAKEN, 0, error) || !give_up(db, &row, "expired", error)))
            return false;
        expired += found;
    }
    if (!spool_txn_commit(&txn, error))
        return false;
    *out_expired = expired;
    return true;
}

bool
spool_outbox_reclaim(SpoolDb *db, const char *owner, GError **error)
{
    /* Still known, as it was perhaps a clock that was ahead which made them due. */
    g_autofree char *dead = g_strconcat("late ", owner, NULL);
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    return spool_txn_begin(&txn, db, error) &&
           spool_sql_run(db->sql,
                         "UPDATE outbox SET due = $1, owner = $3 WHERE owner IN ($2, $3)"
                         " AND due IS NOT NULL AND state IN ('claimed', 'sending')",
                         SQL_ARGS(SQL_INT(spool_now()), SQL_TEXT(owner), SQL_TEXT(dead)), NULL,
                         error) &&
           spool_txn_commit(&txn, error);
}

/* Keep the server's answer and what was sent. */
static bool
keep_results(SpoolDb *db, const Row *row, const char *response, GBytes *sent, GError **error)
{
    g_auto(SpoolMailKey) key = {0};
    g_autofree char *place = spool_outbox_place("response", row->generation);
    g_autofree char *sent_place = spool_outbox_place("sent", row->generation);
    g_autoptr(GBytes) sealed = NULL, sealed_sent = NULL;

    if (!spool_message_key(db, row->mail_id, &key, error) ||
        !spool_text_seal(&key, place, SPOOL_TEXTS(response), &sealed, error))
        return false;
    if (sent != NULL && !spool_crypt_seal(&key, sent_place, sent, &sealed_sent, error))
        return false;
    return spool_sql_run(db->sql,
                         "UPDATE outbox SET response = $1, sent = COALESCE($2, sent), owner = NULL"
                         " WHERE id = $3",
                         SQL_ARGS(SQL_BYTES(sealed), SQL_BYTES(sealed_sent), SQL_INT(row->id)),
                         NULL, error);
}

static bool
apply(SpoolDb *db, Row *row, SpoolReplyOutcome outcome, gint64 retry_at, GError **error)
{
    switch (outcome) {
    case SPOOL_REPLY_SENT:
        return step(db, row, SPOOL_OUT_ACCEPTED, 0, error) && audit_reply(db, row, "sent", error);
    case SPOOL_REPLY_DEFERRED:
        return step(db, row, SPOOL_OUT_REFUSED_NOW, retry_at, error) &&
               audit_reply(db, row, "deferred", error);
    case SPOOL_REPLY_FAILED:
        return give_up(db, row, "failed", error);
    case SPOOL_REPLY_UNCERTAIN:
    default:
        return answer_lost(db, row, retry_at, error);
    }
}

bool
spool_outbox_finish(SpoolDb *db, const SpoolReply *reply, const SpoolReplyResult *result,
                    GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    Row row = {0};

    /* It would be waiting for ever, and nobody told. */
    if (result->outcome == SPOOL_REPLY_DEFERRED && result->retry_at <= 0)
        return spool_throw(error, SPOOL_ERROR_STATE, "a deferred reply without its next time");
    if (result->sent != NULL && g_bytes_get_size(result->sent) > SENT_MAX)
        return spool_throw(error, SPOOL_ERROR_TOO_BIG, "a reply of %zu bytes",
                           g_bytes_get_size(result->sent));
    return spool_txn_begin(&txn, db, error) && held_row(db, reply, &row, error) &&
           keep_results(db, &row, result->response, result->sent, error) &&
           apply(db, &row, result->outcome, result->retry_at, error) &&
           spool_outbox_note_clear(db, reply->id, error) && spool_txn_commit(&txn, error);
}

/* Digits and dots of RFC 3463, or "". */
static const char *
status_code(const char *status)
{
    gsize length = status != NULL ? strlen(status) : 0;

    return length >= 5 && length <= 9 && strspn(status, "0123456789.") == length ? status : "";
}

/* The row of a reply that has left and may have come back; *out_found is false for any other. */
static bool
sent_row(SpoolDb *db, gint64 reply_id, Row *out_row, bool *out_found, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;

    return spool_sql_query(db->sql, ROW "WHERE id = $1 AND state IN ('sent', 'uncertain')",
                           SQL_ARGS(SQL_INT(reply_id)), &rows, error) &&
           spool_sql_next(&rows, out_found, error) &&
           (!*out_found || read_row(&rows, out_row, error));
}

bool
spool_outbox_bounced(SpoolDb *db, gint64 reply_id, const char *status, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    const char *code = status_code(status);
    g_autofree char *detail = g_strchomp(g_strconcat("bounced ", code, NULL));
    bool found = false;
    Row row = {0};

    if (!spool_txn_begin(&txn, db, error) || !sent_row(db, reply_id, &row, &found, error))
        return false;
    if (!found)
        return spool_txn_commit(&txn, error);
    return step(db, &row, SPOOL_OUT_CAME_BACK, 0, error) &&
           spool_sql_run(db->sql, "UPDATE outbox SET bounce = $1 WHERE id = $2",
                         SQL_ARGS(SQL_TEXT(code), SQL_INT(reply_id)), NULL, error) &&
           audit_reply(db, &row, "bounced", error) && not_told(db, &row, detail, error) &&
           spool_txn_commit(&txn, error);
}

bool
spool_outbox_next_due(SpoolDb *db, gint64 *out_at, GError **error)
{
    SpoolSqlNumber due;

    if (!spool_sql_number(db->sql, "SELECT MIN(due) FROM outbox WHERE due IS NOT NULL", SQL_NO_ARGS,
                          &due, error))
        return false;
    *out_at = due.value;
    return true;
}
