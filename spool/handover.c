/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/handover.c - records on their way to another system.
 *
 *   queue --> QUEUED --- claimed ---> SENDING --- taken ------> DONE
 *               ^                      |  ^  '--- given up ---> FAILED (a task)
 *               '---- try again -------'  '- claimed: the lease before ended
 *
 * Runs in:  staff pages (queue); courier (claim, finish).
 * Source:   doc/review.md, "Handing over"
 */
#include "config.h"

#include "spool/audit.h"
#include "spool/handover.h"
#include "spool/private.h"
#include "spool/task.h"

#define DELIVERY_BYTES 16u

void
spool_handover_free(SpoolHandover *handover)
{
    if (handover == NULL)
        return;
    g_free(handover->delivery);
    g_clear_pointer(&handover->body, g_bytes_unref);
    g_free(handover);
}

void
spool_handover_row_free(SpoolHandoverRow *row)
{
    if (row == NULL)
        return;
    g_free(row->reference);
    g_free(row->state);
    g_free(row->response);
    g_free(row);
}

static void
free_row(gpointer row)
{
    spool_handover_row_free(row);
}

/* Such as msg_0123456789abcdef0123456789abcdef. */
static bool
make_delivery(char **out_delivery, GError **error)
{
    guint8 random[DELIVERY_BYTES];
    GString *text;

    if (!spool_crypt_random(random, sizeof random, error))
        return false;
    text = g_string_new("msg_");
    for (guint i = 0; i < DELIVERY_BYTES; i++)
        g_string_append_printf(text, "%02x", random[i]);
    *out_delivery = g_string_free(text, FALSE);
    return true;
}

static char *
place_of(const char *delivery)
{
    return g_strdup_printf("handover.sealed %s", delivery);
}

bool
spool_handover_queue(SpoolDb *db, gint64 record_id, GBytes *body, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_auto(SpoolMailKey) key = {0};
    g_autofree char *delivery = NULL, *place = NULL;
    g_autoptr(GBytes) sealed = NULL;
    gint64 now = spool_now();

    if (g_bytes_get_size(body) > SPOOL_HANDOVER_MAX)
        return spool_throw(error, SPOOL_ERROR_TOO_BIG, "a record too large to hand over");
    if (!make_delivery(&delivery, error))
        return false;
    place = place_of(delivery);
    return spool_txn_begin(&txn, db, error) && spool_act_key(db, record_id, &key, error) &&
           spool_crypt_seal(&key, place, body, &sealed, error) &&
           spool_sql_run(
               db->sql,
               "INSERT INTO handover (record_id, delivery, state, due, queued, updated,"
               " sealed) VALUES ($1, $2, 'queued', $3, $3, $3, $4)",
               SQL_ARGS(SQL_INT(record_id), SQL_TEXT(delivery), SQL_INT(now), SQL_BYTES(sealed)),
               NULL, error) &&
           spool_txn_commit(&txn, error);
}

/* The row that is due first, sealed still. */
static bool
next_row(SpoolDb *db, SpoolHandover **out_handover, GBytes **out_sealed, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (!spool_sql_query(db->sql,
                         "SELECT id, token, record_id, delivery, attempts, queued, sealed"
                         " FROM handover WHERE due <= $1 ORDER BY due, id LIMIT 1",
                         SQL_ARGS(SQL_INT(spool_now())), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    if (!row)
        return true;
    SpoolHandover *handover = g_new0(SpoolHandover, 1);

    *handover = (SpoolHandover){.id = spool_sql_int(&rows, 0),
                                .token = spool_sql_int(&rows, 1) + 1,
                                .record_id = spool_sql_int(&rows, 2),
                                .delivery = g_strdup(spool_sql_text(&rows, 3)),
                                .attempts = (guint)spool_sql_int(&rows, 4) + 1,
                                .queued = spool_sql_int(&rows, 5)};
    *out_sealed = spool_sql_bytes(&rows, 6);
    *out_handover = handover;
    return true;
}

static bool
set_state(SpoolDb *db, const SpoolHandover *handover, const char *state, gint64 due, GError **error)
{
    return spool_sql_run(db->sql,
                         "UPDATE handover SET state = $1, due = $2, updated = $3, token = $4,"
                         " attempts = $5 WHERE id = $6",
                         SQL_ARGS(SQL_TEXT(state), due != 0 ? SQL_INT(due) : SQL_NULL,
                                  SQL_INT(spool_now()), SQL_INT(handover->token),
                                  SQL_INT(handover->attempts), SQL_INT(handover->id)),
                         NULL, error);
}

static bool
audit(SpoolDb *db, const SpoolHandover *handover, const char *act, GError **error)
{
    g_autofree char *object = g_strdup_printf("record:%" G_GINT64_FORMAT, handover->record_id);
    g_autofree char *detail = g_strdup_printf("{\"handover\":%" G_GINT64_FORMAT "}", handover->id);

    return spool_audit_append(db, "courier", act, object, detail, error);
}

/* It will never arrive: somebody must enter it there by hand. */
static bool
give_up(SpoolDb *db, const SpoolHandover *handover, const char *why, GError **error)
{
    SpoolTask task = {.what = (char *)SPOOL_TASK_NOT_EXPORTED, .detail = (char *)why};
    SpoolSqlNumber mail;

    if (!spool_sql_number(db->sql, "SELECT mail_id FROM record WHERE id = $1",
                          SQL_ARGS(SQL_INT(handover->record_id)), &mail, error))
        return false;
    task.mail_id = mail.value;
    return set_state(db, handover, "failed", 0, error) &&
           audit(db, handover, "not-delivered", error) && spool_task_open(db, &task, NULL, error);
}

/* What cannot be opened must not hold up those behind it: given up, which staff see. */
static bool
open_or_give_up(SpoolDb *db, SpoolHandover *handover, GBytes *sealed, GError **error)
{
    g_auto(SpoolMailKey) key = {0};
    g_autofree char *place = place_of(handover->delivery);
    g_autoptr(GError) problem = NULL;

    if (spool_act_key(db, handover->record_id, &key, &problem) &&
        spool_crypt_open(&key, place, sealed, &handover->body, &problem))
        return true;
    if (g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_CORRUPT) ||
        g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_NOT_FOUND))
        return give_up(db, handover, "damaged", error);
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
}

/* *out_handover is NULL when none is due, and one without a body when it was given up. */
static bool
claim_one(SpoolDb *db, const char *owner, guint lease_s, SpoolHandover **out_handover,
          GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_autoptr(SpoolHandover) handover = NULL;
    g_autoptr(GBytes) sealed = NULL;

    if (!spool_txn_begin(&txn, db, error) || !next_row(db, &handover, &sealed, error))
        return false;
    if (handover != NULL &&
        (!set_state(db, handover, "sending", spool_now() + lease_s * SPOOL_SECOND, error) ||
         !spool_sql_run(db->sql, "UPDATE handover SET owner = $1 WHERE id = $2",
                        SQL_ARGS(SQL_TEXT(owner), SQL_INT(handover->id)), NULL, error) ||
         !open_or_give_up(db, handover, sealed, error)))
        return false;
    if (!spool_txn_commit(&txn, error))
        return false;
    *out_handover = g_steal_pointer(&handover);
    return true;
}

bool
spool_handover_claim(SpoolDb *db, const char *owner, guint lease_s, SpoolHandover **out_handover,
                     GError **error)
{
    if (db->depth > 0)
        return spool_throw(error, SPOOL_ERROR_STATE, "a claim must be a transaction of its own");
    for (;;) {
        g_autoptr(SpoolHandover) handover = NULL;

        if (!claim_one(db, owner, lease_s, &handover, error))
            return false;
        if (handover == NULL || handover->body != NULL) {
            *out_handover = g_steal_pointer(&handover);
            return true;
        }
    }
}

bool
spool_handover_reclaim(SpoolDb *db, const char *owner, GError **error)
{
    return spool_sql_run(db->sql,
                         "UPDATE handover SET due = $1 WHERE state = 'sending' AND owner = $2"
                         " AND due > $1",
                         SQL_ARGS(SQL_INT(spool_now()), SQL_TEXT(owner)), NULL, error);
}

static bool
still_ours(SpoolDb *db, const SpoolHandover *handover, GError **error)
{
    SpoolSqlNumber found;

    return spool_sql_number(db->sql,
                            "SELECT id FROM handover WHERE id = $1 AND token = $2"
                            " AND state = 'sending'",
                            SQL_ARGS(SQL_INT(handover->id), SQL_INT(handover->token)), &found,
                            error) &&
           (found.found ||
            spool_throw(error, SPOOL_ERROR_STALE, "handover %" G_GINT64_FORMAT " was taken over",
                        handover->id));
}

static bool
settle(SpoolDb *db, const SpoolHandover *handover, const SpoolHandoverResult *result,
       GError **error)
{
    if (result->outcome == SPOOL_HANDOVER_AGAIN)
        return set_state(db, handover, "queued", result->retry_at, error);
    if (result->outcome == SPOOL_HANDOVER_FAILED)
        return give_up(db, handover, result->response, error);
    return set_state(db, handover, "done", 0, error) && audit(db, handover, "delivered", error);
}

bool
spool_handover_finish(SpoolDb *db, const SpoolHandover *handover, const SpoolHandoverResult *result,
                      GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    return spool_txn_begin(&txn, db, error) && still_ours(db, handover, error) &&
           settle(db, handover, result, error) &&
           spool_sql_run(db->sql, "UPDATE handover SET response = $1 WHERE id = $2",
                         SQL_ARGS(SQL_TEXT(result->response), SQL_INT(handover->id)), NULL,
                         error) &&
           spool_txn_commit(&txn, error);
}

bool
spool_handover_next_due(SpoolDb *db, gint64 *out_at, GError **error)
{
    SpoolSqlNumber at;

    if (!spool_sql_number(db->sql, "SELECT MIN(due) FROM handover WHERE due IS NOT NULL",
                          SQL_NO_ARGS, &at, error))
        return false;
    *out_at = at.value;
    return true;
}

static SpoolHandoverRow *
read_row(const SpoolSqlRows *rows)
{
    SpoolHandoverRow *row = g_new0(SpoolHandoverRow, 1);

    *row = (SpoolHandoverRow){.id = spool_sql_int(rows, 0),
                              .record_id = spool_sql_int(rows, 1),
                              .queued = spool_sql_int(rows, 2),
                              .updated = spool_sql_int(rows, 3),
                              .reference = g_strdup(spool_sql_text(rows, 4)),
                              .state = g_strdup(spool_sql_text(rows, 5)),
                              .response = g_strdup(spool_sql_text(rows, 6)),
                              .attempts = (guint)spool_sql_int(rows, 7)};
    return row;
}

bool
spool_handover_list_for(SpoolDb *db, gint64 account, guint max, GPtrArray **out_rows,
                        GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(free_row);
    bool more = true;

    if (!spool_sql_query(
            db->sql,
            "SELECT o.id, o.record_id, o.queued, o.updated, r.reference, o.state,"
            " o.response, o.attempts FROM handover o JOIN record r ON r.id ="
            " o.record_id WHERE NOT " SPOOL_HIDDEN("= o.record_id") " ORDER BY o.id DESC LIMIT $2",
            SQL_ARGS(SQL_INT(account), SQL_INT(max)), &rows, error))
        return false;
    while (more) {
        if (!spool_sql_next(&rows, &more, error))
            return false;
        if (more)
            g_ptr_array_add(all, read_row(&rows));
    }
    *out_rows = g_steal_pointer(&all);
    return true;
}
