/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/audit.c - what was done, by whom and when, chained so that a change shows.
 *
 * The table refuses UPDATE and DELETE.  Each entry's SHA-256 covers the entry and
 * the hash before it; the last one is kept under a keyed hash, so that a chain cut
 * short or made anew without the master key is noticed as well.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md, "The audit"
 */
#include "config.h"

#include <string.h>

#include <openssl/crypto.h>

#include "spool/audit.h"
#include "spool/private.h"

#define HASH_LENGTH SPOOL_AUDIT_HASH_LENGTH

/* One entry, texts borrowed. */
typedef struct {
    gint64 id, at;
    const char *actor, *act, *object, *detail;
} Entry;

static void
add_text(GChecksum *checksum, const char *text)
{
    /* The length first, so that no two entries read alike.  NULL is not the empty text. */
    g_autofree char *length = text != NULL ? g_strdup_printf("%zu:", strlen(text)) : g_strdup("-:");

    g_checksum_update(checksum, (const guchar *)length, -1);
    if (text != NULL)
        g_checksum_update(checksum, (const guchar *)text, -1);
}

/* out: HASH_LENGTH bytes; may be the hash before. */
static void
chain(const guint8 *before, const Entry *entry, guint8 *out)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *numbers = g_strdup_printf(
        "postern audit 1 %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " ", entry->id, entry->at);
    gsize length = HASH_LENGTH;

    g_checksum_update(checksum, before, HASH_LENGTH);
    g_checksum_update(checksum, (const guchar *)numbers, -1);
    add_text(checksum, entry->actor);
    add_text(checksum, entry->act);
    add_text(checksum, entry->object);
    add_text(checksum, entry->detail);
    g_checksum_get_digest(checksum, out, &length);
}

/* The keyed hash of the last entry. */
static GBytes *
head_hash(SpoolDb *db, gint64 id, const guint8 *hash)
{
    guint8 data[sizeof(gint64) + HASH_LENGTH];
    gint64 big = GINT64_TO_BE(id);

    memcpy(data, &big, sizeof big);
    memcpy(data + sizeof big, hash, HASH_LENGTH);
    return spool_crypt_hash(db->keys, "audit-head", data, sizeof data);
}

static bool
copy_hash(SpoolSqlRows *rows, int column, guint8 *out, GError **error)
{
    gsize length = 0;
    const void *data = spool_sql_blob(rows, column, &length);

    if (length != HASH_LENGTH)
        return spool_throw(error, SPOOL_ERROR_AUDIT, "an audit entry has no hash");
    memcpy(out, data, HASH_LENGTH);
    return true;
}

/* Whether the mark of the last entry is the one that we made when we wrote it. */
static bool
is_marked(SpoolDb *db, gint64 last, const guint8 *hash, gint64 entry, GBytes *mark)
{
    g_autoptr(GBytes) ours = head_hash(db, last, hash);

    return entry == last && g_bytes_get_size(mark) == HASH_LENGTH &&
           CRYPTO_memcmp(g_bytes_get_data(mark, NULL), g_bytes_get_data(ours, NULL), HASH_LENGTH) ==
               0;
}

/* The last entry's number and hash; 0 and zeros for an empty chain.  Where entries were cut off, or
 * the chain made anew, a number is left out: else our next entry would make it look whole.  Nobody
 * else writes while this transaction does, so that it is looked up once. */
static bool
find_end(SpoolDb *db, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    SpoolAuditEnd end = {.known = true};
    bool row = false;

    if (db->audit.known)
        return true;
    if (!spool_sql_query(db->sql,
                         "SELECT (SELECT id FROM audit ORDER BY id DESC LIMIT 1),"
                         " (SELECT hash FROM audit ORDER BY id DESC LIMIT 1),"
                         " (SELECT entry FROM audit_head WHERE id = 1),"
                         " (SELECT hash FROM audit_head WHERE id = 1)",
                         SQL_NO_ARGS, &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    end.id = spool_sql_int(&rows, 0);
    if (end.id != 0 && !copy_hash(&rows, 1, end.hash, error))
        return false;
    gint64 entry = spool_sql_int(&rows, 2);
    g_autoptr(GBytes) mark = spool_sql_bytes(&rows, 3);

    if ((end.id != 0 || entry != 0) && !is_marked(db, end.id, end.hash, entry, mark))
        end.id = MAX(end.id, entry) + 1;
    db->audit = end;
    return true;
}

static bool
insert(SpoolDb *db, const Entry *entry, const guint8 *hash, GError **error)
{
    return spool_sql_run(db->sql,
                         "INSERT INTO audit (id, at, actor, act, object, detail, hash)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                         SQL_ARGS(SQL_INT(entry->id), SQL_INT(entry->at), SQL_TEXT(entry->actor),
                                  SQL_TEXT(entry->act), SQL_TEXT(entry->object),
                                  SQL_TEXT(entry->detail), SQL_BLOB(hash, HASH_LENGTH)),
                         NULL, error);
}

bool
spool_audit_seal(SpoolDb *db, GError **error)
{
    const SpoolAuditEnd *end = &db->audit;

    if (!end->longer)
        return true;
    g_autoptr(GBytes) head = head_hash(db, end->id, end->hash);

    return spool_sql_run(db->sql,
                         "INSERT INTO audit_head (id, entry, hash) VALUES (1, $1, $2)"
                         " ON CONFLICT (id) DO UPDATE"
                         " SET entry = excluded.entry, hash = excluded.hash",
                         SQL_ARGS(SQL_INT(end->id), SQL_BYTES(head)), NULL, error);
}

bool
spool_audit_append(SpoolDb *db, const char *actor, const char *act, const char *object,
                   const char *detail_json, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    Entry entry = {0, spool_now(), actor, act, object, detail_json};
    SpoolAuditEnd end = {.known = true, .longer = true};

    if (!spool_txn_begin(&txn, db, error) || !find_end(db, error))
        return false;
    end.id = entry.id = db->audit.id + 1;
    chain(db->audit.hash, &entry, end.hash);
    if (!insert(db, &entry, end.hash, error))
        return false;
    db->audit = end;
    return spool_txn_commit(&txn, error);
}

static bool
check_entry(SpoolSqlRows *rows, gint64 expected, guint8 *hash, GError **error)
{
    Entry entry = {spool_sql_int(rows, 0),  spool_sql_int(rows, 1),  spool_sql_text(rows, 2),
                   spool_sql_text(rows, 3), spool_sql_text(rows, 4), spool_sql_text(rows, 5)};
    gsize length = 0;
    const void *stored = spool_sql_blob(rows, 6, &length);

    if (entry.id != expected)
        return spool_throw(error, SPOOL_ERROR_AUDIT,
                           "audit entry %" G_GINT64_FORMAT
                           " is missing: the next one there is %" G_GINT64_FORMAT,
                           expected, entry.id);
    chain(hash, &entry, hash);
    if (length != HASH_LENGTH || memcmp(stored, hash, HASH_LENGTH) != 0)
        return spool_throw(error, SPOOL_ERROR_AUDIT,
                           "audit entry %" G_GINT64_FORMAT " was changed, or the one before it",
                           entry.id);
    return true;
}

/* last, hash: where the chain ends. */
static bool
check_head(SpoolDb *db, gint64 last, const guint8 *hash, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (!spool_sql_query(db->sql, "SELECT entry, hash FROM audit_head WHERE id = 1", SQL_NO_ARGS,
                         &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    if (!row)
        return last == 0 || spool_throw(error, SPOOL_ERROR_AUDIT,
                                        "the mark of the last audit entry was removed");
    gint64 entry = spool_sql_int(&rows, 0);
    g_autoptr(GBytes) head = spool_sql_bytes(&rows, 1);

    if (entry > last)
        return spool_throw(error, SPOOL_ERROR_AUDIT,
                           "audit entries %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                           " were cut off the end",
                           last + 1, entry);
    if (!is_marked(db, last, hash, entry, head))
        return spool_throw(error, SPOOL_ERROR_AUDIT,
                           "audit entry %" G_GINT64_FORMAT
                           " is not the last one we wrote: the chain was made anew",
                           last);
    return true;
}

static bool
check_chain(SpoolDb *db, gint64 *out_last, guint8 *hash, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = true;
    gint64 last = 0;

    memset(hash, 0, HASH_LENGTH);
    if (!spool_sql_query(db->sql,
                         "SELECT id, at, actor, act, object, detail, hash FROM audit ORDER BY id",
                         SQL_NO_ARGS, &rows, error))
        return false;
    while (row) {
        if (!spool_sql_next(&rows, &row, error) ||
            (row && !check_entry(&rows, last + 1, hash, error)))
            return false;
        last += row ? 1 : 0;
    }
    *out_last = last;
    return true;
}

bool
spool_audit_verify(SpoolDb *db, guint64 *out_count, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    guint8 hash[HASH_LENGTH];
    gint64 last = 0;

    /* Chain and head must be of the same moment. */
    if (!spool_txn_begin_reading(&txn, db, error) || !check_chain(db, &last, hash, error) ||
        !check_head(db, last, hash, error) || !spool_txn_commit(&txn, error))
        return false;
    *out_count = (guint64)last;
    return true;
}

void
spool_audit_row_free(SpoolAuditRow *row)
{
    if (row == NULL)
        return;
    g_free(row->actor);
    g_free(row->act);
    g_free(row->object);
    g_free(row->detail);
    g_free(row);
}

static void
free_row(gpointer row)
{
    spool_audit_row_free(row);
}

bool
spool_audit_list(SpoolDb *db, gint64 before, guint max, GPtrArray **out_rows, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(free_row);
    bool more = true;

    if (!spool_sql_query(db->sql,
                         "SELECT id, at, actor, act, object, detail FROM audit"
                         " WHERE $1 = 0 OR id < $1 ORDER BY id DESC LIMIT $2",
                         SQL_ARGS(SQL_INT(before), SQL_INT(max)), &rows, error))
        return false;
    while (more) {
        if (!spool_sql_next(&rows, &more, error))
            return false;
        if (!more)
            break;
        SpoolAuditRow *row = g_new0(SpoolAuditRow, 1);

        *row = (SpoolAuditRow){.id = spool_sql_int(&rows, 0),
                               .at = spool_sql_int(&rows, 1),
                               .actor = g_strdup(spool_sql_text(&rows, 2)),
                               .act = g_strdup(spool_sql_text(&rows, 3)),
                               .object = g_strdup(spool_sql_text(&rows, 4)),
                               .detail = g_strdup(spool_sql_text(&rows, 5))};
        g_ptr_array_add(all, row);
    }
    *out_rows = g_steal_pointer(&all);
    return true;
}
