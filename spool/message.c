/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/message.c - every mail we have accepted, kept once and found again.
 *
 * A mail, its key, its chunks and its arrival are rows of one commit, so that a
 * crash leaves all of them or none.
 *
 * Runs in:  mailbox (put), intake and staff pages (entries).
 * Source:   doc/spool.md, "When a mail is ours"
 */
#include "config.h"

#include "spool/audit.h"
#include "spool/content.h"
#include "spool/message.h"
#include "spool/private.h"

/* A mail about to be stored. */
typedef struct {
    const SpoolArrival *arrival;
    SpoolContent content;
    guint64 size; /* of the whole mail, though the content may be its headers alone */
    bool unread;
    GBytes *hash;
} NewMail;

static bool
insert_mail(SpoolDb *db, const NewMail *mail, gint64 *out_id, GError **error)
{
    SpoolSqlNumber id;
    gsize length = spool_content_length(&mail->content);

    if (!spool_sql_number(db->sql,
                          "INSERT INTO mail (state, content, mailbox, received, stored, size,"
                          " chunks, unread)"
                          " VALUES ('received', $1, $2, $3, $4, $5, $6, $7) RETURNING id",
                          SQL_ARGS(SQL_BYTES(mail->hash), SQL_TEXT(mail->arrival->mailbox),
                                   SQL_INT(mail->arrival->received), SQL_INT(spool_now()),
                                   SQL_INT((gint64)mail->size),
                                   SQL_INT((gint64)spool_content_chunks(length)),
                                   SQL_INT(mail->unread)),
                          &id, error))
        return false;
    if (!spool_content_insert(db, id.value, &mail->content, error))
        return false;
    *out_id = id.value;
    return true;
}

static bool
insert_arrival(SpoolDb *db, gint64 mail_id, const SpoolArrival *arrival, const char *place,
               GError **error)
{
    return spool_sql_run(db->sql,
                         "INSERT INTO arrival (mail_id, mailbox, uidvalidity, uid, received,"
                         " stored, place) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                         SQL_ARGS(SQL_INT(mail_id), SQL_TEXT(arrival->mailbox),
                                  SQL_INT(arrival->uidvalidity), SQL_INT(arrival->uid),
                                  SQL_INT(arrival->received), SQL_INT(spool_now()),
                                  SQL_TEXT(place)),
                         NULL, error);
}

static bool
audit_mail(SpoolDb *db, gint64 mail_id, const char *act, const NewMail *mail, GError **error)
{
    g_autofree char *object = g_strdup_printf("mail:%" G_GINT64_FORMAT, mail_id);
    g_autofree char *hash = spool_crypt_hex(mail->hash);
    g_autofree char *detail =
        g_strdup_printf("{\"content\":\"%s\",\"size\":%" G_GUINT64_FORMAT "}", hash, mail->size);

    return spool_audit_append(db, "mailbox", act, object, detail, error);
}

/* The same bytes again: an arrival more, and no mail more. */
static bool
add_copy(SpoolDb *db, gint64 mail_id, const NewMail *mail, GError **error)
{
    SpoolSqlNumber decided;

    if (!spool_sql_number(db->sql, "SELECT decided FROM mail WHERE id = $1",
                          SQL_ARGS(SQL_INT(mail_id)), &decided, error))
        return false;
    const char *place = mail->unread ? "kept" : decided.found ? "due" : "inbox";

    /* What stays in the inbox is not waited for. */
    if (!mail->unread && !spool_message_step(db, mail_id, SPOOL_MAIL_CAME_AGAIN, error))
        return false;
    return insert_arrival(db, mail_id, mail->arrival, place, error) &&
           audit_mail(db, mail_id, "came-again", mail, error);
}

static bool
find_mail(SpoolDb *db, const NewMail *mail, SpoolSqlNumber *out_id, GError **error)
{
    return spool_sql_number(db->sql, "SELECT id FROM mail WHERE content = $1",
                            SQL_ARGS(SQL_BYTES(mail->hash)), out_id, error);
}

static bool
find_arrival(SpoolDb *db, const SpoolArrival *arrival, SpoolSqlNumber *out_id, GError **error)
{
    return spool_sql_number(
        db->sql,
        "SELECT mail_id FROM arrival"
        " WHERE mailbox = $1 AND uidvalidity = $2 AND uid = $3",
        SQL_ARGS(SQL_TEXT(arrival->mailbox), SQL_INT(arrival->uidvalidity), SQL_INT(arrival->uid)),
        out_id, error);
}

/* A server that was restored from a backup gives numbers out again under the same UIDVALIDITY:
 * other bytes at a known place are another mail.  One that was never fetched whole is what it was.
 */
static bool
is_same_mail(SpoolDb *db, gint64 mail_id, const NewMail *mail, bool *out_same, GError **error)
{
    SpoolSqlNumber same;

    if (!spool_sql_number(db->sql,
                          "SELECT 1 FROM mail WHERE id = $1 AND (content = $2 OR unread <> 0)",
                          SQL_ARGS(SQL_INT(mail_id), SQL_BYTES(mail->hash)), &same, error))
        return false;
    *out_same = same.found || mail->unread;
    return true;
}

/* The mail that was at this place is there no more. */
static bool
give_up_place(SpoolDb *db, gint64 mail_id, const NewMail *mail, GError **error)
{
    return spool_sql_run(db->sql,
                         "DELETE FROM arrival WHERE mailbox = $1 AND uidvalidity = $2 AND uid = $3",
                         SQL_ARGS(SQL_TEXT(mail->arrival->mailbox),
                                  SQL_INT(mail->arrival->uidvalidity), SQL_INT(mail->arrival->uid)),
                         NULL, error) &&
           spool_message_settle(db, mail_id, error) &&
           audit_mail(db, mail_id, "number-reused", mail, error);
}

/* *out_known: the mail that this arrival stands for already; not found when it is new. */
static bool
known_arrival(SpoolDb *db, const NewMail *mail, SpoolSqlNumber *out_known, GError **error)
{
    bool same = false;

    if (!find_arrival(db, mail->arrival, out_known, error))
        return false;
    if (!out_known->found)
        return true;
    if (!is_same_mail(db, out_known->value, mail, &same, error))
        return false;
    out_known->found = same;
    return same || give_up_place(db, out_known->value, mail, error);
}

static bool
put(SpoolDb *db, const NewMail *mail, gint64 *out_id, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    SpoolSqlNumber known;
    gint64 id = 0;

    if (!spool_txn_begin(&txn, db, error) || !known_arrival(db, mail, &known, error))
        return false;
    if (known.found) {
        *out_id = known.value;
        return spool_txn_commit(&txn, error);
    }
    if (!find_mail(db, mail, &known, error))
        return false;
    if (known.found) {
        id = known.value;
        if (!add_copy(db, id, mail, error))
            return false;
    } else if (!insert_mail(db, mail, &id, error) ||
               !insert_arrival(db, id, mail->arrival, mail->unread ? "kept" : "inbox", error) ||
               !audit_mail(db, id, "kept", mail, error)) {
        return false;
    }
    if (!spool_txn_commit(&txn, error))
        return false;
    *out_id = id;
    return true;
}

bool
spool_message_put(SpoolDb *db, const SpoolArrival *arrival, GBytes *raw, gint64 *out_id,
                  GError **error)
{
    gsize length = 0;
    const void *data = g_bytes_get_data(raw, &length);

    if (length > SPOOL_MESSAGE_MAX)
        return spool_throw(error, SPOOL_ERROR_TOO_BIG, "mail is %zu bytes, limit is %u", length,
                           SPOOL_MESSAGE_MAX);
    g_autoptr(GBytes) hash = spool_crypt_hash(db->keys, "mail", data, length);
    NewMail mail = {arrival, {raw, NULL}, length, false, hash};

    return put(db, &mail, out_id, error);
}

bool
spool_message_put_stage(SpoolDb *db, const SpoolArrival *arrival, SpoolStage *stage, gint64 *out_id,
                        GError **error)
{
    gsize length = spool_stage_size(stage);

    if (length > SPOOL_MESSAGE_MAX)
        return spool_throw(error, SPOOL_ERROR_TOO_BIG, "mail is %zu bytes, limit is %u", length,
                           SPOOL_MESSAGE_MAX);
    g_autoptr(GBytes) hash = spool_stage_hash(stage);
    NewMail mail = {arrival, {NULL, stage}, length, false, hash};

    return put(db, &mail, out_id, error);
}

/* Two large mails are the same one when size and headers are.  Without headers nothing tells, and
 * each place in a mailbox counts as a mail. */
static GBytes *
unread_hash(SpoolDb *db, const SpoolArrival *arrival, GBytes *headers, guint64 size)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(headers, &length);
    g_autoptr(GString) all = g_string_new(NULL);

    g_string_append_printf(all, "%" G_GUINT64_FORMAT "\n", size);
    if (length == 0)
        g_string_append_printf(all, "%u %u %s", arrival->uidvalidity, arrival->uid,
                               arrival->mailbox);
    else
        g_string_append_len(all, data, (gssize)length);
    return spool_crypt_hash(db->keys, length == 0 ? "unread-place" : "unread", all->str, all->len);
}

bool
spool_message_put_unread(SpoolDb *db, const SpoolArrival *arrival, GBytes *headers, guint64 size,
                         gint64 *out_id, GError **error)
{
    if (g_bytes_get_size(headers) > SPOOL_MESSAGE_MAX)
        return spool_throw(error, SPOOL_ERROR_TOO_BIG, "headers are %zu bytes, limit is %u",
                           g_bytes_get_size(headers), SPOOL_MESSAGE_MAX);
    g_autoptr(GBytes) hash = unread_hash(db, arrival, headers, size);
    NewMail mail = {arrival, {headers, NULL}, MIN(size, G_MAXINT64), true, hash};

    return put(db, &mail, out_id, error);
}

bool
spool_message_enter(SpoolDb *db, const SpoolEntry *entry, SpoolClaim *out_claim, GError **error)
{
    gsize length = 0;
    const void *data = g_bytes_get_data(entry->raw, &length);
    g_autoptr(GBytes) hash = spool_crypt_hash(db->keys, "mail", data, length);
    SpoolArrival nowhere = {.mailbox = entry->mailbox, .received = entry->received};
    NewMail mail = {&nowhere, {entry->raw, NULL}, length, false, hash};
    SpoolSqlNumber known;
    gint64 id = 0;

    g_assert(db->depth > 0);
    if (length > SPOOL_MESSAGE_MAX)
        return spool_throw(error, SPOOL_ERROR_TOO_BIG, "the entry is too long");
    if (!find_mail(db, &mail, &known, error))
        return false;
    if (known.found)
        return spool_throw(error, SPOOL_ERROR_STATE, "the same was entered before");
    if (!insert_mail(db, &mail, &id, error) ||
        !spool_message_step(db, id, SPOOL_MAIL_CLAIMED, error) ||
        !spool_sql_run(db->sql, "UPDATE mail SET token = 1 WHERE id = $1", SQL_ARGS(SQL_INT(id)),
                       NULL, error))
        return false;
    *out_claim = (SpoolClaim){
        .id = id, .token = 1, .mailbox = g_strdup(entry->mailbox), .received = nowhere.received};
    return true;
}

bool
spool_message_key(SpoolDb *db, gint64 mail_id, SpoolMailKey *out_key, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (!spool_sql_query(db->sql, "SELECT wrapped FROM mail_key WHERE mail_id = $1",
                         SQL_ARGS(SQL_INT(mail_id)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    if (!row)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "mail %" G_GINT64_FORMAT " has no key",
                           mail_id);
    g_autoptr(GBytes) wrapped = spool_sql_bytes(&rows, 0);

    return spool_crypt_mail_key_open(db->keys, mail_id, wrapped, out_key, error);
}

bool
spool_message_step(SpoolDb *db, gint64 mail_id, SpoolMailEvent event, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    SpoolMailState from, to;
    bool row = false;

    if (!spool_sql_query(db->sql, "SELECT state FROM mail WHERE id = $1",
                         SQL_ARGS(SQL_INT(mail_id)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    if (!row)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "no mail %" G_GINT64_FORMAT, mail_id);
    if (!spool_state_mail_parse(spool_sql_text(&rows, 0), &from, error) ||
        !spool_state_mail_next(from, event, &to, error))
        return false;
    return to == from ||
           spool_sql_run(db->sql, "UPDATE mail SET state = $1 WHERE id = $2",
                         SQL_ARGS(SQL_TEXT(spool_state_mail_word(to)), SQL_INT(mail_id)), NULL,
                         error);
}
