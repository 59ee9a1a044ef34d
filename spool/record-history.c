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
#define LOCKED_DAYS 7
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

/* The numbers of look_back()'s columns. */
enum {
    H_MESSAGE_ID,
    H_FINGERPRINT,
    H_TO_SENDER,
    H_LAST_SENT,
    H_BOUNCED,
    H_TO_DOMAIN,
    H_FIRST,
    H_LAST,
    H_BREAKER
};

#define TO_SENDER                                                                                  \
    " FROM outbox WHERE address = $4 AND queued > $5 AND state <> 'failed'"                        \
    " AND template <> 'alert'"

static void
read_history(const SpoolSqlRows *rows, SpoolHistory *history)
{
    const gint64 first = spool_sql_int(rows, H_FIRST), last = spool_sql_int(rows, H_LAST);

    history->record_by_message_id = spool_sql_int(rows, H_MESSAGE_ID);
    history->record_by_fingerprint = spool_sql_int(rows, H_FINGERPRINT);
    history->replies_to_sender_day = (guint)spool_sql_int(rows, H_TO_SENDER);
    history->last_sent = spool_sql_int(rows, H_LAST_SENT);
    history->bounced_before = !spool_sql_is_null(rows, H_BOUNCED);
    history->replies_to_domain_hour = (guint)spool_sql_int(rows, H_TO_DOMAIN);
    history->replies_hour = spool_sql_is_null(rows, H_FIRST) ? 0 : (guint)(last - first + 1);
    history->breaker = !spool_sql_is_null(rows, H_BREAKER);
}

/* All that is looked up by what the mail itself says, in one statement.
 *
 * H_BOUNCED: a reply that came back, until its time is over or somebody has ended the task about
 * it.  H_FIRST, H_LAST: replies are numbered as they are queued, so that two steps into indexes
 * count those of an hour; the few alerts are counted with them. */
static bool
look_back(SpoolDb *db, const SpoolHistoryKeys *keys, SpoolHistory *history, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GBytes) message_id = spool_text_hash_message_id(db, keys->message_id);
    g_autoptr(GBytes) fingerprint = spool_text_hash_fingerprint(db, keys->fingerprint);
    g_autoptr(GBytes) address = spool_text_hash_address(db, keys->from_address);
    g_autoptr(GBytes) domain = spool_text_hash_domain(db, keys->domain);
    const gint64 now = spool_now();
    bool row = false;

    if (!spool_sql_query(db->sql,
                         "SELECT"
                         " (SELECT COALESCE(attached_to, id) FROM record"
                         " WHERE message_id = $1 AND mail_id <> $2 ORDER BY id LIMIT 1),"
                         " (SELECT COALESCE(attached_to, id) FROM record"
                         " WHERE fingerprint = $3 AND mail_id <> $2 ORDER BY id LIMIT 1),"
                         " (SELECT COUNT(*)" TO_SENDER "),"
                         " (SELECT MAX(CASE WHEN state IN ('sent', 'sending', 'uncertain',"
                         " 'bounced') THEN updated ELSE 0 END)" TO_SENDER "),"
                         " (SELECT task.id FROM outbox JOIN task ON task.reply_id = outbox.id"
                         " WHERE outbox.address = $4 AND outbox.queued > $6"
                         " AND outbox.state = 'bounced' AND task.closed IS NULL LIMIT 1),"
                         " (SELECT COUNT(*) FROM outbox WHERE domain = $7 AND queued > $8),"
                         " (SELECT id FROM outbox WHERE queued > $8 ORDER BY queued, id LIMIT 1),"
                         " (SELECT MAX(id) FROM outbox),"
                         " (SELECT id FROM task WHERE what = 'breaker' AND opened > $8"
                         " AND closed IS NULL LIMIT 1)",
                         SQL_ARGS(SQL_BYTES(message_id), SQL_INT(keys->mail_id),
                                  SQL_BYTES(fingerprint), SQL_BYTES(address), SQL_INT(now - DAY),
                                  SQL_INT(now - BOUNCE_DAYS * DAY), SQL_BYTES(domain),
                                  SQL_INT(now - HOUR)),
                         &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    read_history(&rows, history);
    return true;
}

/* What a password that comes by itself may open.  Among several nobody can tell which, so none is
 * named.  The reply that each of them got is the step into an index that finds it. */
static bool
find_locked(SpoolDb *db, const SpoolHistoryKeys *keys, SpoolHistory *history, GError **error)
{
    g_autoptr(GBytes) address = spool_text_hash_address(db, keys->from_address);
    SpoolSqlNumber found = {0};

    if (!keys->password)
        return true;
    if (!spool_sql_number(db->sql,
                          "SELECT MAX(COALESCE(record.attached_to, record.id)) FROM outbox"
                          " JOIN record ON record.id = outbox.record_id"
                          " WHERE outbox.address = $1 AND outbox.queued > $2"
                          " AND outbox.template <> 'alert' AND record.kind = 'encrypted'"
                          " AND record.mail_id <> $3"
                          " HAVING COUNT(DISTINCT COALESCE(record.attached_to, record.id)) = 1",
                          SQL_ARGS(SQL_BYTES(address), SQL_INT(spool_now() - LOCKED_DAYS * DAY),
                                   SQL_INT(keys->mail_id)),
                          &found, error))
        return false;
    history->record_locked = found.value;
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
    if (history->record_by_fingerprint != 0)
        return history->record_by_fingerprint;
    return history->record_locked;
}

bool
spool_record_history(SpoolDb *db, const SpoolHistoryKeys *keys, SpoolHistory *out_history,
                     GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    SpoolHistory history = {0};

    if (!spool_txn_begin_reading(&txn, db, error) || !find_reply(db, keys, &history, error) ||
        !find_reference(db, keys->references, &history, error) ||
        !look_back(db, keys, &history, error) || !find_locked(db, keys, &history, error))
        return false;
    history.own_mark = keys->mark != NULL && spool_mark_is_ours(db, keys->message_id, keys->mark);
    history.record = first_set(&history);

    if (history.record != 0 && !describe(db, history.record, keys->from_address, &history, error))
        return false;
    if (!spool_txn_commit(&txn, error)) {
        spool_history_clear(&history);
        return false;
    }
    *out_history = history;
    return true;
}
