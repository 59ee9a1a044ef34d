/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/content.c - a mail's bytes as the database keeps them: sealed, chunk by chunk.
 *
 * A mail may be of 100 MiB: never is more than a megabyte of it in memory here.
 *
 * Runs in:  mailbox (insert), intake, staff pages and command line (read).
 * Source:   doc/spool.md, "What is encrypted"
 */
#include "config.h"

#include "spool/content.h"

#include <string.h>

#include "spool/message.h"

/* Chunks asked for at once: PostgreSQL's answer to one statement is in memory whole. */
#define CHUNKS_AT_ONCE 16

/* Names the chunk, and all that must agree for a mail to be whole. */
static char *
chunk_place(guint64 number, guint64 count, guint64 length)
{
    return g_strdup_printf("chunk.sealed %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT
                           " of %" G_GUINT64_FORMAT,
                           number, count, length);
}

guint64
spool_content_chunks(gsize length)
{
    return (length + SPOOL_CHUNK_LENGTH - 1) / SPOOL_CHUNK_LENGTH;
}

gsize
spool_content_length(const SpoolContent *content)
{
    return content->stage != NULL ? spool_stage_size(content->stage)
                                  : g_bytes_get_size(content->bytes);
}

/* ---- keeping ---- */

static bool
plain_chunk(const SpoolContent *content, guint64 number, GBytes **out_plain, GError **error)
{
    gsize length, start = number * SPOOL_CHUNK_LENGTH;

    if (content->stage != NULL)
        return spool_stage_chunk(content->stage, number, out_plain, error);
    length = g_bytes_get_size(content->bytes);
    *out_plain =
        g_bytes_new_from_bytes(content->bytes, start, MIN(SPOOL_CHUNK_LENGTH, length - start));
    return true;
}

static bool
insert_chunk(SpoolDb *db, const SpoolMailKey *key, guint64 number, const SpoolContent *content,
             GError **error)
{
    gsize length = spool_content_length(content);
    g_autofree char *place = chunk_place(number, spool_content_chunks(length), length);
    g_autoptr(GBytes) plain = NULL;
    g_autoptr(GBytes) sealed = NULL;

    return plain_chunk(content, number, &plain, error) &&
           spool_crypt_seal(key, place, plain, &sealed, error) &&
           spool_sql_run(
               db->sql, "INSERT INTO chunk (mail_id, number, sealed) VALUES ($1, $2, $3)",
               SQL_ARGS(SQL_INT(key->mail_id), SQL_INT((gint64)number), SQL_BYTES(sealed)), NULL,
               error);
}

bool
spool_content_insert(SpoolDb *db, gint64 mail_id, const SpoolContent *content, GError **error)
{
    guint64 count = spool_content_chunks(spool_content_length(content));
    g_auto(SpoolMailKey) key = {0};
    g_autoptr(GBytes) wrapped = NULL;

    if (!spool_crypt_mail_key_new(db->keys, mail_id, &key, &wrapped, error) ||
        !spool_sql_run(db->sql, "INSERT INTO mail_key (mail_id, wrapped) VALUES ($1, $2)",
                       SQL_ARGS(SQL_INT(mail_id), SQL_BYTES(wrapped)), NULL, error))
        return false;
    for (guint64 number = 0; number < count; number++)
        if (!insert_chunk(db, &key, number, content, error))
            return false;
    return true;
}

/* ---- reading ---- */

/* A mail that is handed out. */
typedef struct {
    SpoolDb *db;
    SpoolMailKey key;
    guint64 count; /* of its chunks */
    gsize length;
    guint64 number; /* the chunk whose turn it is */
    gsize done;     /* bytes handed out */
    SpoolMessageTake take;
    void *user;
} Reading;

static void
reading_clear(Reading *reading)
{
    spool_mail_key_clear(&reading->key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_clear)

static bool
incomplete(gint64 id, GError **error)
{
    return spool_throw(error, SPOOL_ERROR_CORRUPT,
                       "mail %" G_GINT64_FORMAT ": chunks are missing or too many", id);
}

/* How many chunks a mail has. */
static bool
stored_chunks(SpoolDb *db, gint64 id, guint64 *out_count, GError **error)
{
    SpoolSqlNumber count;

    if (!spool_sql_number(db->sql, "SELECT chunks FROM mail WHERE id = $1", SQL_ARGS(SQL_INT(id)),
                          &count, error))
        return false;
    if (!count.found)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "no mail %" G_GINT64_FORMAT, id);
    if (count.value < 0 || (guint64)count.value > spool_content_chunks(SPOOL_MESSAGE_MAX))
        return spool_throw(error, SPOOL_ERROR_CORRUPT,
                           "mail %" G_GINT64_FORMAT " is said to have %" G_GINT64_FORMAT " chunks",
                           id, count.value);
    *out_count = (guint64)count.value;
    return true;
}

/* The length that the sealed chunks add up to; each of them was sealed for this very length. */
static bool
stored_length(SpoolDb *db, gint64 id, guint64 count, gsize *out_length, GError **error)
{
    gint64 overhead = (gint64)(count * SPOOL_CRYPT_OVERHEAD);
    SpoolSqlNumber sum;

    if (!spool_sql_number(db->sql, "SELECT SUM(length(sealed)) FROM chunk WHERE mail_id = $1",
                          SQL_ARGS(SQL_INT(id)), &sum, error))
        return false;
    if (sum.value < overhead || sum.value - overhead > SPOOL_MESSAGE_MAX)
        return incomplete(id, error);
    *out_length = (gsize)(sum.value - overhead);
    return true;
}

static bool
open_reading(Reading *reading, gint64 id, GError **error)
{
    return stored_chunks(reading->db, id, &reading->count, error) &&
           spool_message_key(reading->db, id, &reading->key, error) &&
           stored_length(reading->db, id, reading->count, &reading->length, error);
}

static bool
hand_out(Reading *reading, const SpoolSqlRows *rows, GError **error)
{
    g_autofree char *place = chunk_place(reading->number, reading->count, reading->length);
    gsize length = 0;
    const void *data = spool_sql_blob(rows, 1, &length);
    g_autoptr(GBytes) sealed = g_bytes_new_static(data, length);
    g_autoptr(GBytes) plain = NULL;

    if (!spool_crypt_open(&reading->key, place, sealed, &plain, error))
        return false;
    data = g_bytes_get_data(plain, &length);
    reading->number++;
    reading->done += length;
    return reading->take(reading->user, data, length, error);
}

/* Some chunks from the one whose turn it is. */
static bool
hand_out_some(Reading *reading, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    const guint64 from = reading->number, to = MIN(from + CHUNKS_AT_ONCE, reading->count);
    bool row = false;

    if (!spool_sql_query(
            reading->db->sql,
            "SELECT number, sealed FROM chunk WHERE mail_id = $1"
            " AND number >= $2 AND number < $3 ORDER BY number",
            SQL_ARGS(SQL_INT(reading->key.mail_id), SQL_INT((gint64)from), SQL_INT((gint64)to)),
            &rows, error))
        return false;
    while (reading->number < to) {
        if (!spool_sql_next(&rows, &row, error))
            return false;
        if (!row || spool_sql_int(&rows, 0) != (gint64)reading->number)
            return incomplete(reading->key.mail_id, error);
        if (!hand_out(reading, &rows, error))
            return false;
    }
    return true;
}

static bool
hand_out_all(Reading *reading, GError **error)
{
    while (reading->number < reading->count)
        if (!hand_out_some(reading, error))
            return false;
    return reading->done == reading->length || incomplete(reading->key.mail_id, error);
}

bool
spool_message_pieces(SpoolDb *db, gint64 id, SpoolMessageTake take, void *user, GError **error)
{
    g_auto(Reading) reading = {.db = db, .take = take, .user = user};

    return open_reading(&reading, id, error) && hand_out_all(&reading, error);
}

/* Where all of it goes. */
typedef struct {
    guint8 *data;
    gsize length, room;
} Whole;

static bool
take_whole(void *user, const void *data, gsize length, GError **error)
{
    Whole *whole = user;

    if (length > whole->room - whole->length)
        return spool_throw(error, SPOOL_ERROR_CORRUPT, "a chunk is longer than it was");
    memcpy(whole->data + whole->length, data, length);
    whole->length += length;
    return true;
}

bool
spool_message_raw(SpoolDb *db, gint64 id, GBytes **out_raw, GError **error)
{
    Whole whole = {NULL, 0, 0};
    g_auto(Reading) reading = {.db = db, .take = take_whole, .user = &whole};

    if (!open_reading(&reading, id, error))
        return false;
    whole.room = reading.length;
    whole.data = g_malloc(whole.room + 1);
    g_autoptr(GBytes) raw = g_bytes_new_take(whole.data, whole.room);

    if (!hand_out_all(&reading, error))
        return false;
    *out_raw = g_steal_pointer(&raw);
    return true;
}
