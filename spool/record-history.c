/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/record-history.c - what earlier mails say about a new one.
 *
 * Each look-up is one step into an index, however many mails there are.
 *
 * Runs in:  intake.
 * Source:   doc/spool.md, "What is hashed"
 */
#include "config.h"

#include <string.h>

#include "spool/mark.h"
#include "spool/private.h"
#include "spool/record.h"
#include "spool/reference.h"

#define HOUR (3600 * SPOOL_SECOND)
#define DAY (24 * HOUR)
#define BOUNCE_DAYS 60 /* then a bounce says nothing about the address any more */
/* A hostile References field may name any number of ids. */
#define IDS_MAX 1000u

void
spool_history_clear(SpoolHistory *history)
{
    g_clear_pointer(&history->reference, g_free);
}

/* The reply of ours that has this Message-ID; leaves the history as it is when there is none. */
static bool
by_reply(SpoolDb *db, const char *id, SpoolHistory *history, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autofree char *lower = g_ascii_strdown(id, -1);
    bool found = false;
    gsize length = strlen(g_strstrip(lower));
    char *bare = lower;

    if (length >= 2 && lower[0] == '<' && lower[length - 1] == '>') {
        lower[length - 1] = '\0';
        bare++;
    }
    if (!spool_sql_query(db->sql, "SELECT record_id, id FROM outbox WHERE message_id = $1",
                         SQL_ARGS(SQL_TEXT(bare)), &rows, error) ||
        !spool_sql_next(&rows, &found, error))
        return false;
    if (found) {
        history->record_by_reply = spool_sql_int(&rows, 0);
        history->reply_id = spool_sql_int(&rows, 1);
    }
    return true;
}

/* The reply it answers or returns: by the address it came to, which is proof, or by an id. */
static bool
find_reply(SpoolDb *db, const SpoolHistoryKeys *keys, SpoolHistory *history, GError **error)
{
    guint count = keys->ids != NULL ? MIN(keys->ids->len, IDS_MAX) : 0;

    if (keys->bounced != NULL && !by_reply(db, keys->bounced, history, error))
        return false;
    history->by_bounce_address = history->record_by_reply != 0;
    for (guint i = 0; i < count && history->record_by_reply == 0; i++)
        if (!by_reply(db, g_ptr_array_index(keys->ids, i), history, error))
            return false;
    return true;
}

static bool
by_reference(SpoolDb *db, const char *text, gint64 *out_record, GError **error)
{
    g_autofree char *reference = spool_reference_canonical(text);
    SpoolSqlNumber found;

    if (reference == NULL)
        return true;
    g_autofree char *code = spool_reference_code(reference);

    if (!spool_sql_number(db->sql, "SELECT id FROM record WHERE code = $1 AND reference = $2",
                          SQL_ARGS(SQL_TEXT(code), SQL_TEXT(reference)), &found, error))
        return false;
    *out_record = found.value;
    return true;
}

static bool
find_reference(SpoolDb *db, const GPtrArray *references, SpoolHistory *history, GError **error)
{
    guint count = references != NULL ? MIN(references->len, IDS_MAX) : 0;
    SpoolSqlNumber last = {0};

    for (guint i = 0; i < count && history->record_by_reference == 0; i++)
        if (!by_reference(db, g_ptr_array_index(references, i), &history->record_by_reference,
                          error))
            return false;
    if (history->record_by_reference == 0 || history->reply_id != 0)
        return true;
    if (!spool_sql_number(db->sql,
                          "SELECT id FROM outbox WHERE record_id = $1 AND template <> 'alert'"
                          " ORDER BY generation DESC LIMIT 1",
                          SQL_ARGS(SQL_INT(history->record_by_reference)), &last, error))
        return false;
    history->reply_id = last.value;
    return true;
}

static bool
by_message_id(SpoolDb *db, gint64 mail_id, const char *message_id, gint64 *out_record,
              GError **error)
{
    g_autoptr(GBytes) hash = spool_text_hash_message_id(db, message_id);
    SpoolSqlNumber found;

    if (!spool_sql_number(db->sql,
                          "SELECT COALESCE(attached_to, id) FROM record"
                          " WHERE message_id = $1 AND mail_id <> $2 ORDER BY id LIMIT 1",
                          SQL_ARGS(SQL_BYTES(hash), SQL_INT(mail_id)), &found, error))
        return false;
    *out_record = found.value;
    return true;
}

static bool
by_fingerprint(SpoolDb *db, gint64 mail_id, const char *fingerprint, gint64 *out_record,
               GError **error)
{
    g_autoptr(GBytes) hash = spool_text_hash_fingerprint(db, fingerprint);
    SpoolSqlNumber found;

    if (!spool_sql_number(db->sql,
                          "SELECT COALESCE(attached_to, id) FROM record"
                          " WHERE fingerprint = $1 AND mail_id <> $2 ORDER BY id LIMIT 1",
                          SQL_ARGS(SQL_BYTES(hash), SQL_INT(mail_id)), &found, error))
        return false;
    *out_record = found.value;
    return true;
}

static bool
count_to_address(SpoolDb *db, const char *address, SpoolHistory *history, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GBytes) hash = spool_text_hash_address(db, address);
    bool row = false;

    if (!spool_sql_query(db->sql,
                         "SELECT COUNT(*), MAX(CASE WHEN state IN ('sent', 'sending', 'uncertain',"
                         " 'bounced') THEN updated ELSE 0 END) FROM outbox"
                         " WHERE address = $1 AND queued > $2 AND state <> 'failed'"
                         " AND template <> 'alert'",
                         SQL_ARGS(SQL_BYTES(hash), SQL_INT(spool_now() - DAY)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    history->replies_to_sender_day = (guint)spool_sql_int(&rows, 0);
    history->last_sent = spool_sql_int(&rows, 1);
    return true;
}

/* A reply that came back, until its time is over or somebody has ended the task about it. */
static bool
find_bounced(SpoolDb *db, const char *address, SpoolHistory *history, GError **error)
{
    g_autoptr(GBytes) hash = spool_text_hash_address(db, address);
    SpoolSqlNumber task;

    if (!spool_sql_number(db->sql,
                          "SELECT task.id FROM outbox JOIN task ON task.reply_id = outbox.id"
                          " WHERE outbox.address = $1 AND outbox.queued > $2"
                          " AND outbox.state = 'bounced' AND task.closed IS NULL LIMIT 1",
                          SQL_ARGS(SQL_BYTES(hash), SQL_INT(spool_now() - BOUNCE_DAYS * DAY)),
                          &task, error))
        return false;
    history->bounced_before = task.found;
    return true;
}

static bool
count_to_domain(SpoolDb *db, const char *domain, SpoolHistory *history, GError **error)
{
    g_autoptr(GBytes) hash = spool_text_hash_domain(db, domain);
    SpoolSqlNumber count = {0};

    if (hash != NULL &&
        !spool_sql_number(db->sql, "SELECT COUNT(*) FROM outbox WHERE domain = $1 AND queued > $2",
                          SQL_ARGS(SQL_BYTES(hash), SQL_INT(spool_now() - HOUR)), &count, error))
        return false;
    history->replies_to_domain_hour = (guint)count.value;
    return true;
}

/* Replies are numbered as they are queued, so that two steps into indexes count them; the few
 * alerts are counted with them. */
static bool
count_all(SpoolDb *db, SpoolHistory *history, GError **error)
{
    gint64 since = spool_now() - HOUR;
    SpoolSqlNumber first, last, breaker;

    if (!spool_sql_number(db->sql,
                          "SELECT id FROM outbox WHERE queued > $1 ORDER BY queued, id LIMIT 1",
                          SQL_ARGS(SQL_INT(since)), &first, error) ||
        !spool_sql_number(db->sql, "SELECT MAX(id) FROM outbox", SQL_NO_ARGS, &last, error) ||
        !spool_sql_number(db->sql,
                          "SELECT id FROM task WHERE what = 'breaker' AND opened > $1"
                          " AND closed IS NULL LIMIT 1",
                          SQL_ARGS(SQL_INT(since)), &breaker, error))
        return false;
    history->replies_hour = first.found ? (guint)(last.value - first.value + 1) : 0;
    history->breaker = breaker.found;
    return true;
}

/* The reference of a record, and whether this address sent it. */
static bool
describe(SpoolDb *db, gint64 record_id, const char *address, SpoolHistory *history, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GBytes) hash = spool_text_hash_address(db, address);
    bool row = false;

    if (!spool_sql_query(db->sql, "SELECT reference, address FROM record WHERE id = $1",
                         SQL_ARGS(SQL_INT(record_id)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    if (!row)
        return true;
    g_autoptr(GBytes) theirs = spool_sql_bytes(&rows, 1);

    history->reference = g_strdup(spool_sql_text(&rows, 0));
    history->same_sender = hash != NULL && g_bytes_equal(hash, theirs);
    return true;
}

static gint64
first_set(const SpoolHistory *history)
{
    if (history->record_by_reply != 0)
        return history->record_by_reply;
    if (history->record_by_reference != 0)
        return history->record_by_reference;
    if (history->record_by_message_id != 0)
        return history->record_by_message_id;
    return history->record_by_fingerprint;
}

bool
spool_record_history(SpoolDb *db, const SpoolHistoryKeys *keys, SpoolHistory *out_history,
                     GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    SpoolHistory history = {0};

    if (!spool_txn_begin_reading(&txn, db, error) || !find_reply(db, keys, &history, error) ||
        !find_reference(db, keys->references, &history, error) ||
        !by_message_id(db, keys->mail_id, keys->message_id, &history.record_by_message_id, error) ||
        !by_fingerprint(db, keys->mail_id, keys->fingerprint, &history.record_by_fingerprint,
                        error) ||
        !count_to_address(db, keys->from_address, &history, error) ||
        !find_bounced(db, keys->from_address, &history, error) ||
        !count_to_domain(db, keys->domain, &history, error) || !count_all(db, &history, error))
        return false;
    history.own_mark = keys->mark != NULL && spool_mark_is_ours(db, keys->message_id, keys->mark);
    gint64 first = first_set(&history);

    if (first != 0 && !describe(db, first, keys->from_address, &history, error))
        return false;
    if (!spool_txn_commit(&txn, error)) {
        spool_history_clear(&history);
        return false;
    }
    *out_history = history;
    return true;
}
