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
#include "spool/outbox-note.h"
#include "spool/private.h"
#include "spool/task.h"

#define UNSURE_MAX 1
/* A reply is a few kilobytes; anything longer is not one of ours. */
#define SENT_MAX ((gsize)4 * 1024 * 1024)

/* A row of the outbox as far as moving it needs. */
typedef struct {
    gint64 id, mail_id, generation, unsure, token, due;
    bool alert;
    SpoolOutState state;
} Row;

/* What changes with a row's state. */
typedef struct {
    gint64 due;        /* when it must be looked at next; 0 for never */
    const char *owner; /* who has it now, NULL for nobody, or KEPT */
    int takes;         /* attempts more, each with a new token; -1: the last one does not count */
    GBytes *response;  /* sealed, or NULL for what is there; so with sent */
    GBytes *sent;
} Change;

#define KEPT "" /* the owner stays */

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
    out_row->due = spool_sql_int(rows, 7);
    return spool_state_out_parse(spool_sql_text(rows, 5), &out_row->state, error);
}

#define ROW "SELECT id, mail_id, generation, unsure, token, state, template, due FROM outbox "

/* The first row of a query that begins with ROW; its id is 0 when there is none. */
static bool
find_row(SpoolDb *db, const char *text, SpoolSqlArgs args, Row *out_row, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool found = false;

    *out_row = (Row){0};
    return spool_sql_query(db->sql, text, args, &rows, error) &&
           spool_sql_next(&rows, &found, error) && (!found || read_row(&rows, out_row, error));
}

/* All that changes in one statement, as each writes the whole row anew. */
static bool
save(SpoolDb *db, const Row *row, const Change *change, GError **error)
{
    return spool_sql_run(
        db->sql,
        "UPDATE outbox SET state = $1, due = $2, updated = $3, unsure = $4,"
        " owner = CASE WHEN $5 = '' THEN owner ELSE $5 END, attempts = attempts + $6,"
        " token = token + $7, response = COALESCE($8, response), sent = COALESCE($9, sent)"
        " WHERE id = $10",
        SQL_ARGS(SQL_TEXT(spool_state_out_word(row->state)),
                 change->due != 0 ? SQL_INT(change->due) : SQL_NULL, SQL_INT(spool_now()),
                 SQL_INT(row->unsure), SQL_TEXT(change->owner), SQL_INT(change->takes),
                 SQL_INT(MAX(change->takes, 0)), SQL_BYTES(change->response),
                 SQL_BYTES(change->sent), SQL_INT(row->id)),
        NULL, error);
}

/* Change the state, and what changes with it. */
static bool
step(SpoolDb *db, Row *row, SpoolOutEvent event, const Change *change, GError **error)
{
    return spool_state_out_next(row->state, event, &row->state, error) &&
           save(db, row, change, error);
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
give_up(SpoolDb *db, Row *row, const char *why, Change change, GError **error)
{
    change.due = 0;
    return step(db, row, SPOOL_OUT_REFUSED, &change, error) && audit_reply(db, row, why, error) &&
           not_told(db, row, why, error);
}

/* The final answer was lost.  change.due: when to send it once more, or 0. */
static bool
answer_lost(SpoolDb *db, Row *row, Change change, GError **error)
{
    row->unsure++;
    bool again = row->unsure <= UNSURE_MAX && change.due != 0;

    if (!again)
        change.due = 0;
    return step(db, row, SPOOL_OUT_ANSWER_LOST, &change, error) &&
           audit_reply(db, row, "uncertain", error) &&
           (again || not_told(db, row, "uncertain", error));
}

/* Who had this reply is dead or lost its lease: put it back to where that leaves it. */
static bool
recover(SpoolDb *db, Row *row, gint64 now, GError **error)
{
    const Change again = {.due = now, .owner = NULL}, done = {.owner = NULL};
    SpoolOutboxNoted noted = SPOOL_NOTED_NOTHING;

    if (row->state == SPOOL_OUT_CLAIMED)
        return step(db, row, SPOOL_OUT_GIVEN_BACK, &again, error);
    if (row->state != SPOOL_OUT_SENDING)
        return true;
    if (!spool_outbox_was_noted(db, row->id, row->token, &noted, error))
        return false;
    if (noted == SPOOL_NOTED_NOT_GIVEN)
        return step(db, row, SPOOL_OUT_GIVEN_BACK, &again, error);
    if (noted == SPOOL_NOTED_SENT)
        return step(db, row, SPOOL_OUT_ACCEPTED, &done, error) &&
               audit_reply(db, row, "sent", error) && spool_outbox_note_clear(db, row->id, error);
    return answer_lost(db, row, again, error);
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
first_due(SpoolDb *db, const Taker *taker, Row *out_row, GError **error)
{
    static const char *const queries[] = {
        ROW "WHERE urgent = 1 AND due <= $1 AND COALESCE(owner, '') <> $2 ORDER BY due, id LIMIT 1",
        ROW "WHERE due <= $1 AND COALESCE(owner, '') <> $2 ORDER BY due, id LIMIT 1",
    };

    *out_row = (Row){0};
    for (guint i = 0; i < G_N_ELEMENTS(queries) && out_row->id == 0; i++)
        if (!find_row(db, queries[i], SQL_ARGS(SQL_INT(taker->now), SQL_TEXT(taker->owner)),
                      out_row, error))
            return false;
    return true;
}

/* The next reply that may be taken; its id is 0 when there is none. */
static bool
next_row(SpoolDb *db, const Taker *taker, Row *out_row, GError **error)
{
    for (;;) {
        if (!first_due(db, taker, out_row, error))
            return false;
        if (out_row->id == 0)
            return true;
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
    return give_up(db, row, "damaged", (Change){.owner = NULL}, error);
}

/* Take one reply; *out_found is false when none is due. */
static bool
take_one(SpoolDb *db, const Taker *taker, SpoolReply **out_reply, bool *out_found, GError **error)
{
    Row row = {0};

    if (!next_row(db, taker, &row, error))
        return false;
    *out_found = row.id != 0;
    if (!*out_found)
        return true;
    const Change change = {.due = taker->lease, .owner = taker->owner, .takes = 1};

    return spool_state_out_next(row.state, SPOOL_OUT_TAKEN, &row.state, error) &&
           (!taker->start ||
            spool_state_out_next(row.state, SPOOL_OUT_STARTED, &row.state, error)) &&
           save(db, &row, &change, error) && load_or_give_up(db, &row, out_reply, error);
}

static bool
take(SpoolDb *db, const Taker *taker, SpoolReply **out_reply, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_autoptr(SpoolReply) reply = NULL;
    bool found = true;

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
spool_outbox_take(SpoolDb *db, const char *owner, guint lease_s, SpoolReply **out_reply,
                  GError **error)
{
    Taker taker = taker_now(owner, lease_s, false);

    return take(db, &taker, out_reply, error);
}

bool
spool_outbox_take_started(SpoolDb *db, const char *owner, guint lease_s, SpoolReply **out_reply,
                          GError **error)
{
    Taker taker = taker_now(owner, lease_s, true);

    return take(db, &taker, out_reply, error);
}

/* The row, if the reply is still ours. */
static bool
held_row(SpoolDb *db, const SpoolReply *reply, Row *out_row, GError **error)
{
    if (!find_row(db, ROW "WHERE id = $1 AND token = $2 AND state IN ('claimed', 'sending')",
                  SQL_ARGS(SQL_INT(reply->id), SQL_INT(reply->token)), out_row, error))
        return false;
    return out_row->id != 0 ||
           spool_throw(error, SPOOL_ERROR_STALE,
                       "reply %" G_GINT64_FORMAT " has gone to another courier", reply->id);
}

bool
spool_outbox_start(SpoolDb *db, const SpoolReply *reply, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    Change change = {.owner = KEPT};
    Row row = {0};

    if (!spool_txn_begin(&txn, db, error) || !held_row(db, reply, &row, error))
        return false;
    change.due = row.due;
    return step(db, &row, SPOOL_OUT_STARTED, &change, error) && spool_txn_commit(&txn, error);
}

bool
spool_outbox_release(SpoolDb *db, const SpoolReply *reply, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    const Change change = {.due = spool_now(), .owner = NULL, .takes = -1};
    Row row = {0};

    return spool_txn_begin(&txn, db, error) && held_row(db, reply, &row, error) &&
           step(db, &row, SPOOL_OUT_GIVEN_BACK, &change, error) && spool_txn_commit(&txn, error);
}

bool
spool_outbox_expire(SpoolDb *db, gint64 before, guint *out_expired, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    guint expired = 0;
    Row row;

    if (!spool_txn_begin(&txn, db, error))
        return false;
    do {
        if (!find_row(db,
                      ROW "WHERE due IS NOT NULL AND queued < $1"
                          " AND state IN ('queued', 'deferred') ORDER BY due, id LIMIT 1",
                      SQL_ARGS(SQL_INT(before)), &row, error))
            return false;
        if (row.id != 0 && (!spool_state_out_next(row.state, SPOOL_OUT_TAKEN, &row.state, error) ||
                            !give_up(db, &row, "expired", (Change){.owner = KEPT}, error)))
            return false;
        expired += row.id != 0;
    } while (row.id != 0);
    if (!spool_txn_commit(&txn, error))
        return false;
    *out_expired = expired;
    return true;
}

bool
spool_outbox_reclaim(SpoolDb *db, const char *owner, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    gint64 now = spool_now();
    Row row;

    if (!spool_txn_begin(&txn, db, error))
        return false;
    do {
        if (!find_row(db,
                      ROW "WHERE due IS NOT NULL AND state IN ('claimed', 'sending')"
                          " AND owner = COALESCE($1, owner) ORDER BY due, id LIMIT 1",
                      SQL_ARGS(SQL_TEXT(owner)), &row, error) ||
            (row.id != 0 && !recover(db, &row, now, error)))
            return false;
    } while (row.id != 0);
    if (!spool_txn_commit(&txn, error))
        return false;
    /* Only now: what the courier before us left was to be judged by its own notes. */
    spool_outbox_note_begin(db);
    return true;
}

typedef struct {
    GBytes *response, *sent;
} Sealed;

static void
sealed_clear(Sealed *sealed)
{
    g_clear_pointer(&sealed->response, g_bytes_unref);
    g_clear_pointer(&sealed->sent, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sealed, sealed_clear)

/* The server's answer and what was sent, as they are kept. */
static bool
seal_result(SpoolDb *db, const Row *row, const SpoolReplyResult *result, Sealed *out_sealed,
            GError **error)
{
    g_auto(SpoolMailKey) key = {0};
    g_autofree char *place = spool_outbox_place("response", row->generation);
    g_autofree char *sent_place = spool_outbox_place("sent", row->generation);

    return spool_message_key(db, row->mail_id, &key, error) &&
           spool_text_seal(&key, place, SPOOL_TEXTS(result->response), &out_sealed->response,
                           error) &&
           (result->sent == NULL ||
            spool_crypt_seal(&key, sent_place, result->sent, &out_sealed->sent, error));
}

static bool
apply(SpoolDb *db, Row *row, SpoolReplyOutcome outcome, Change change, GError **error)
{
    switch (outcome) {
    case SPOOL_REPLY_SENT:
        change.due = 0;
        return step(db, row, SPOOL_OUT_ACCEPTED, &change, error) &&
               audit_reply(db, row, "sent", error);
    case SPOOL_REPLY_DEFERRED:
        return step(db, row, SPOOL_OUT_REFUSED_NOW, &change, error) &&
               audit_reply(db, row, "deferred", error);
    case SPOOL_REPLY_FAILED:
        return give_up(db, row, "failed", change, error);
    case SPOOL_REPLY_UNCERTAIN:
    default:
        return answer_lost(db, row, change, error);
    }
}

bool
spool_outbox_finish(SpoolDb *db, const SpoolReply *reply, const SpoolReplyResult *result,
                    GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_auto(Sealed) sealed = {0};
    Change change = {.due = result->retry_at};
    Row row = {0};

    /* It would be waiting for ever, and nobody told. */
    if (result->outcome == SPOOL_REPLY_DEFERRED && result->retry_at <= 0)
        return spool_throw(error, SPOOL_ERROR_STATE, "a deferred reply without its next time");
    if (result->sent != NULL && g_bytes_get_size(result->sent) > SENT_MAX)
        return spool_throw(error, SPOOL_ERROR_TOO_BIG, "a reply of %zu bytes",
                           g_bytes_get_size(result->sent));
    if (!spool_txn_begin(&txn, db, error) || !held_row(db, reply, &row, error) ||
        !seal_result(db, &row, result, &sealed, error))
        return false;
    change.response = sealed.response;
    change.sent = sealed.sent;
    return apply(db, &row, result->outcome, change, error) &&
           spool_outbox_note_clear(db, reply->id, error) && spool_txn_commit(&txn, error);
}

/* Digits and dots of RFC 3463, or "". */
static const char *
status_code(const char *status)
{
    gsize length = status != NULL ? strlen(status) : 0;

    return length >= 5 && length <= 9 && strspn(status, "0123456789.") == length ? status : "";
}

bool
spool_outbox_bounced(SpoolDb *db, gint64 reply_id, const char *status, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    const char *code = status_code(status);
    g_autofree char *detail = g_strchomp(g_strconcat("bounced ", code, NULL));
    Row row;

    if (!spool_txn_begin(&txn, db, error) ||
        !find_row(db, ROW "WHERE id = $1 AND state IN ('sent', 'uncertain')",
                  SQL_ARGS(SQL_INT(reply_id)), &row, error))
        return false;
    if (row.id == 0)
        return spool_txn_commit(&txn, error);
    return step(db, &row, SPOOL_OUT_CAME_BACK, &(Change){.owner = KEPT}, error) &&
           spool_sql_run(db->sql, "UPDATE outbox SET bounce = $1 WHERE id = $2",
                         SQL_ARGS(SQL_TEXT(code), SQL_INT(reply_id)), NULL, error) &&
           audit_reply(db, &row, "bounced", error) && not_told(db, &row, detail, error) &&
           spool_txn_commit(&txn, error);
}
