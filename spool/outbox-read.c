/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/outbox-read.c - replies as the courier sends and staff are shown them.
 *
 * Runs in:  courier, command line, staff pages.
 * Source:   doc/spool.md, "Replies"
 */
#include "config.h"

#include "spool/outbox.h"
#include "spool/private.h"

void
spool_reply_free(SpoolReply *reply)
{
    if (reply == NULL)
        return;
    g_free(reply->reference);
    g_free(reply->to);
    g_free(reply->template);
    g_free(reply->params_json);
    g_free(reply->in_reply_to);
    g_free(reply->message_id);
    g_free(reply);
}

static bool
open_reply(SpoolDb *db, gint64 generation, GBytes *sealed, SpoolReply *reply, GError **error)
{
    g_auto(SpoolMailKey) key = {0};
    g_auto(GStrv) texts = NULL;
    g_autofree char *place = spool_outbox_place("sealed", generation);

    if (!spool_message_key(db, reply->mail_id, &key, error) ||
        !spool_text_open(&key, place, sealed, 3, &texts, error))
        return false;
    reply->to = g_strdup(texts[0]);
    reply->in_reply_to = g_strdup(texts[1]);
    reply->params_json = g_strdup(texts[2]);
    return true;
}

bool
spool_outbox_load(SpoolDb *db, gint64 id, gint64 generation, SpoolReply **out_reply, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(SpoolReply) reply = g_new0(SpoolReply, 1);
    bool found = false;

    if (!spool_sql_query(db->sql,
                         "SELECT o.token, o.template, o.message_id, o.attempts, o.unsure,"
                         " r.reference, m.received, o.sealed, o.queued, o.mail_id FROM outbox o"
                         " JOIN record r ON r.id = o.record_id JOIN mail m ON m.id = o.mail_id"
                         " WHERE o.id = $1",
                         SQL_ARGS(SQL_INT(id)), &rows, error) ||
        !spool_sql_next(&rows, &found, error))
        return false;
    g_assert(found);
    g_autoptr(GBytes) sealed = spool_sql_bytes(&rows, 7);

    reply->id = id;
    reply->mail_id = spool_sql_int(&rows, 9);
    reply->token = spool_sql_int(&rows, 0);
    reply->template = g_strdup(spool_sql_text(&rows, 1));
    reply->message_id = g_strdup(spool_sql_text(&rows, 2));
    reply->attempts = (guint)spool_sql_int(&rows, 3);
    reply->was_uncertain = spool_sql_int(&rows, 4) > 0;
    reply->reference = g_strdup(spool_sql_text(&rows, 5));
    reply->received = spool_sql_int(&rows, 6);
    reply->queued = spool_sql_int(&rows, 8);
    if (!open_reply(db, generation, sealed, reply, error))
        return false;
    *out_reply = g_steal_pointer(&reply);
    return true;
}

#define COLUMNS                                                                                    \
    "SELECT o.id, o.mail_id, o.generation, r.reference, o.template, o.state, o.message_id,"        \
    " o.attempts, o.queued, o.updated, o.sealed, o.response, o.bounce, o.record_id, "

void
spool_outbox_row_free(SpoolOutboxRow *row)
{
    if (row == NULL)
        return;
    g_free(row->reference);
    g_free(row->to);
    g_free(row->template);
    g_free(row->state);
    g_free(row->message_id);
    g_free(row->response);
    g_free(row->bounce);
    g_clear_pointer(&row->sent, g_bytes_unref);
    g_free(row);
}

static void
free_row(gpointer row)
{
    spool_outbox_row_free(row);
}

/* Fill in what is sealed. */
static bool
open_row(SpoolDb *db, const SpoolSqlRows *rows, SpoolOutboxRow *row, GError **error)
{
    g_auto(SpoolMailKey) key = {0};
    gint64 generation = spool_sql_int(rows, 2);
    g_autofree char *place = spool_outbox_place("sealed", generation);
    g_autofree char *response_place = spool_outbox_place("response", generation);
    g_autofree char *sent_place = spool_outbox_place("sent", generation);
    g_autoptr(GBytes) sealed = spool_sql_bytes(rows, 10);
    g_autoptr(GBytes) response = spool_sql_bytes(rows, 11);
    g_autoptr(GBytes) sent = spool_sql_bytes(rows, 14);
    g_auto(GStrv) texts = NULL, answers = NULL;

    if (!spool_message_key(db, spool_sql_int(rows, 1), &key, error) ||
        !spool_text_open(&key, place, sealed, 3, &texts, error))
        return false;
    row->to = g_strdup(texts[0]);
    if (g_bytes_get_size(response) > 0) {
        if (!spool_text_open(&key, response_place, response, 1, &answers, error))
            return false;
        row->response = g_strdup(answers[0]);
    }
    return g_bytes_get_size(sent) == 0 ||
           spool_crypt_open(&key, sent_place, sent, &row->sent, error);
}

static bool
read_row(SpoolDb *db, const SpoolSqlRows *rows, SpoolOutboxRow **out_row, GError **error)
{
    g_autoptr(SpoolOutboxRow) row = g_new0(SpoolOutboxRow, 1);
    SpoolOutState state;

    if (!spool_state_out_parse(spool_sql_text(rows, 5), &state, error) ||
        !open_row(db, rows, row, error))
        return false;
    row->id = spool_sql_int(rows, 0);
    row->record_id = spool_sql_int(rows, 13);
    row->reference = g_strdup(spool_sql_text(rows, 3));
    row->template = g_strdup(spool_sql_text(rows, 4));
    row->state = g_strdup(spool_state_out_shown(state));
    row->message_id = g_strdup(spool_sql_text(rows, 6));
    row->bounce = g_strdup(spool_sql_text(rows, 12));
    row->attempts = (guint)spool_sql_int(rows, 7);
    row->queued = spool_sql_int(rows, 8);
    row->updated = spool_sql_int(rows, 9);
    *out_row = g_steal_pointer(&row);
    return true;
}

static bool
collect(SpoolDb *db, SpoolSqlRows *rows, GPtrArray **out_rows, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(free_row);
    bool more = true;

    while (more) {
        SpoolOutboxRow *row = NULL;

        if (!spool_sql_next(rows, &more, error) || (more && !read_row(db, rows, &row, error)))
            return false;
        if (more)
            g_ptr_array_add(all, row);
    }
    *out_rows = g_steal_pointer(&all);
    return true;
}

bool
spool_outbox_list(SpoolDb *db, guint max, GPtrArray **out_rows, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;

    return spool_sql_query(db->sql,
                           COLUMNS "NULL FROM outbox o JOIN record r ON r.id = o.record_id"
                                   " ORDER BY o.id DESC LIMIT $1",
                           SQL_ARGS(SQL_INT(max)), &rows, error) &&
           collect(db, &rows, out_rows, error);
}

#define SEEN                                                                                       \
    COLUMNS "NULL FROM outbox o JOIN record r ON r.id = o.record_id"                               \
            " WHERE NOT " SPOOL_HIDDEN("= o.record_id") " AND NOT " SPOOL_HIDDEN(                  \
                "IN (SELECT hr.id FROM record hr WHERE hr.mail_id = o.mail_id)") " AND ($2 = 0 "   \
                                                                                 "OR o.id < $2)"
#define TROUBLE "('failed', 'uncertain', 'bounced')"

bool
spool_outbox_list_for(SpoolDb *db, const SpoolOutboxFilter *filter, GPtrArray **out_rows,
                      GError **error)
{
    static const char trouble[] = SEEN " AND o.state IN " TROUBLE " ORDER BY o.id DESC LIMIT $3";
    static const char rest[] = SEEN " AND o.state NOT IN " TROUBLE " ORDER BY o.id DESC LIMIT $3";
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;

    return spool_sql_query(
               db->sql, filter->trouble ? trouble : rest,
               SQL_ARGS(SQL_INT(filter->account), SQL_INT(filter->before), SQL_INT(filter->max)),
               &rows, error) &&
           collect(db, &rows, out_rows, error);
}

bool
spool_outbox_of_mail(SpoolDb *db, gint64 mail_id, GPtrArray **out_rows, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;

    return spool_sql_query(db->sql,
                           COLUMNS "NULL FROM outbox o JOIN record r ON r.id = o.record_id"
                                   " WHERE o.mail_id = $1 ORDER BY o.id",
                           SQL_ARGS(SQL_INT(mail_id)), &rows, error) &&
           collect(db, &rows, out_rows, error);
}

bool
spool_outbox_get(SpoolDb *db, gint64 id, SpoolOutboxRow **out_row, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool found = false;

    if (!spool_sql_query(db->sql,
                         COLUMNS "o.sent FROM outbox o JOIN record r ON r.id = o.record_id"
                                 " WHERE o.id = $1",
                         SQL_ARGS(SQL_INT(id)), &rows, error) ||
        !spool_sql_next(&rows, &found, error))
        return false;
    if (!found)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "no reply %" G_GINT64_FORMAT, id);
    return read_row(db, &rows, out_row, error);
}
