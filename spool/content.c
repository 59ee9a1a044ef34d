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
    SpoolSqlRows rows;
    bool row;      /* one is at hand: that chunk, if all is well */
    guint64 until; /* and none of rows is of this number */
    SpoolMessageTake take;
    void *user;
} Reading;

static void
reading_clear(Reading *reading)
{
    spool_sql_rows_clear(&reading->rows);
    spool_mail_key_clear(&reading->key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_clear)

/* The numbers of look_up()'s columns. */
enum { C_NUMBER, C_SEALED, C_COUNT, C_WRAPPED, C_LAST_LENGTH };

static bool
incomplete(gint64 id, GError **error)
{
    return spool_throw(error, SPOOL_ERROR_CORRUPT,
                       "mail %" G_GINT64_FORMAT ": chunks are missing or too many", id);
}

static bool
step(Reading *reading, GError **error)
{
    return spool_sql_next(&reading->rows, &reading->row, error);
}

/* Some chunks from the one whose turn it is; with them, as most mails have one chunk, all that else
 * must be known.  A mail without chunks is a row without a number. */
static bool
look_up(Reading *reading, GError **error)
{
    const gint64 from = (gint64)reading->number;

    reading->until = reading->number + CHUNKS_AT_ONCE;
    spool_sql_rows_clear(&reading->rows);
    return spool_sql_query(
               reading->db->sql,
               "SELECT c.number, c.sealed, m.chunks, k.wrapped, (SELECT length(last.sealed)"
               " FROM chunk last WHERE last.mail_id = m.id AND last.number = m.chunks - 1)"
               " FROM mail m LEFT JOIN mail_key k ON k.mail_id = m.id"
               " LEFT JOIN chunk c ON c.mail_id = m.id AND c.number >= $2 AND c.number < $3"
               " WHERE m.id = $1 ORDER BY c.number",
               SQL_ARGS(SQL_INT(reading->key.mail_id), SQL_INT(from),
                        SQL_INT(from + CHUNKS_AT_ONCE)),
               &reading->rows, error) &&
           step(reading, error);
}

/* How long the mail is; each of its chunks was sealed for this very length. */
static bool
stored_length(const Reading *reading, gsize *out_length, GError **error)
{
    const gint64 last = spool_sql_int(&reading->rows, C_LAST_LENGTH);

    *out_length = 0;
    if (reading->count == 0)
        return true;
    if (last < (gint64)SPOOL_CRYPT_OVERHEAD ||
        last > (gint64)(SPOOL_CHUNK_LENGTH + SPOOL_CRYPT_OVERHEAD))
        return incomplete(reading->key.mail_id, error);
    *out_length = (reading->count - 1) * SPOOL_CHUNK_LENGTH + (gsize)last - SPOOL_CRYPT_OVERHEAD;
    return true;
}

static bool
open_reading(Reading *reading, gint64 id, GError **error)
{
    gint64 count;

    reading->key.mail_id = id;
    if (!look_up(reading, error))
        return false;
    if (!reading->row)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "no mail %" G_GINT64_FORMAT, id);
    if (spool_sql_is_null(&reading->rows, C_WRAPPED))
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "mail %" G_GINT64_FORMAT " has no key",
                           id);
    count = spool_sql_int(&reading->rows, C_COUNT);
    if (count < 0 || (guint64)count > spool_content_chunks(SPOOL_MESSAGE_MAX))
        return spool_throw(error, SPOOL_ERROR_CORRUPT,
                           "mail %" G_GINT64_FORMAT " is said to have %" G_GINT64_FORMAT " chunks",
                           id, count);
    g_autoptr(GBytes) wrapped = spool_sql_bytes(&reading->rows, C_WRAPPED);

    reading->count = (guint64)count;
    return stored_length(reading, &reading->length, error) &&
           spool_crypt_mail_key_open(reading->db->keys, id, wrapped, &reading->key, error);
}

static bool
hand_out(Reading *reading, GError **error)
{
    g_autofree char *place = chunk_place(reading->number, reading->count, reading->length);
    gsize length = 0;
    const void *data = spool_sql_blob(&reading->rows, C_SEALED, &length);
    g_autoptr(GBytes) sealed = g_bytes_new_static(data, length);
    g_autoptr(GBytes) plain = NULL;

    if (!spool_crypt_open(&reading->key, place, sealed, &plain, error))
        return false;
    data = g_bytes_get_data(plain, &length);
    reading->number++;
    reading->done += length;
    return reading->take(reading->user, data, length, error);
}

/* Is the row at hand the chunk whose turn it is? */
static bool
is_next(const Reading *reading)
{
    return reading->row && !spool_sql_is_null(&reading->rows, C_NUMBER) &&
           spool_sql_int(&reading->rows, C_NUMBER) == (gint64)reading->number;
}

static bool
hand_out_all(Reading *reading, GError **error)
{
    while (reading->number < reading->count) {
        if (reading->number == reading->until && !look_up(reading, error))
            return false;
        if (!is_next(reading))
            return incomplete(reading->key.mail_id, error);
        if (!hand_out(reading, error) || !step(reading, error))
            return false;
    }
    return (reading->done == reading->length && !is_next(reading)) ||
           incomplete(reading->key.mail_id, error);
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
