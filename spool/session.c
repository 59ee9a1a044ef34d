/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/session.c - who is signed in.
 *
 * Runs in:  staff pages.
 * Source:   doc/review.md, "People"
 */
#include "config.h"

#include <string.h>

#include "spool/audit.h"
#include "spool/private.h"
#include "spool/session.h"

#define TOKEN_BYTES 32u
#define TOKEN_TEXT 43u
/* Noting each request would be a write for each picture of a page. */
#define SEEN_EVERY (30 * SPOOL_SECOND)

void
spool_session_free(SpoolSession *session)
{
    if (session == NULL)
        return;
    spool_account_free(session->account);
    g_free(session->csrf);
    g_free(session);
}

static GBytes *
hash_token(SpoolDb *db, const char *token)
{
    return spool_crypt_hash(db->keys, "session", token, strlen(token));
}

static char *
csrf_of(SpoolDb *db, const char *token)
{
    g_autoptr(GBytes) hash = spool_crypt_hash(db->keys, "csrf", token, strlen(token));

    return spool_crypt_url_text(g_bytes_get_data(hash, NULL), SPOOL_CRYPT_HASH_LENGTH);
}

/* Sessions that ended by the clock leave no row behind. */
static bool
sweep(SpoolDb *db, GError **error)
{
    return spool_sql_run(
        db->sql, "DELETE FROM session WHERE seen < $1",
        SQL_ARGS(SQL_INT(spool_now() - (gint64)SPOOL_SESSION_HOURS * 3600 * SPOOL_SECOND)), NULL,
        error);
}

bool
spool_session_begin(SpoolDb *db, gint64 account_id, bool full, char **out_token, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_autofree char *object = g_strdup_printf("account:%" G_GINT64_FORMAT, account_id);
    guint8 random[TOKEN_BYTES];
    gint64 now = spool_now();

    if (!spool_crypt_random(random, sizeof random, error))
        return false;
    g_autofree char *token = spool_crypt_url_text(random, sizeof random);
    g_autoptr(GBytes) hash = hash_token(db, token);

    if (!spool_txn_begin(&txn, db, error) || !sweep(db, error) ||
        !spool_sql_run(db->sql,
                       "INSERT INTO session (token, account_id, stage, started, seen)"
                       " VALUES ($1, $2, $3, $4, $5)",
                       SQL_ARGS(SQL_BYTES(hash), SQL_INT(account_id),
                                SQL_TEXT(full ? "full" : "password"), SQL_INT(now), SQL_INT(now)),
                       NULL, error) ||
        (full && !spool_audit_append(db, "review", "signed-in", object, NULL, error)) ||
        !spool_txn_commit(&txn, error))
        return false;
    *out_token = g_steal_pointer(&token);
    return true;
}

/* What the row of a session says. */
typedef struct {
    gint64 account_id, started, seen;
    bool found, full;
} Row;

static bool
read_row(SpoolDb *db, GBytes *hash, Row *out_row, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;

    if (!spool_sql_query(db->sql,
                         "SELECT account_id, started, seen, stage FROM session WHERE token = $1",
                         SQL_ARGS(SQL_BYTES(hash)), &rows, error) ||
        !spool_sql_next(&rows, &out_row->found, error))
        return false;
    if (!out_row->found)
        return true;
    out_row->account_id = spool_sql_int(&rows, 0);
    out_row->started = spool_sql_int(&rows, 1);
    out_row->seen = spool_sql_int(&rows, 2);
    out_row->full = g_strcmp0(spool_sql_text(&rows, 3), "full") == 0;
    return true;
}

static bool
note_seen(SpoolDb *db, GBytes *hash, const Row *row, gint64 now, GError **error)
{
    return now - row->seen < SEEN_EVERY ||
           spool_sql_run(db->sql, "UPDATE session SET seen = $1 WHERE token = $2",
                         SQL_ARGS(SQL_INT(now), SQL_BYTES(hash)), NULL, error);
}

bool
spool_session_get(SpoolDb *db, const char *token, guint quiet_s, SpoolSession **out_session,
                  GError **error)
{
    gint64 now = spool_now(), longest = (gint64)SPOOL_SESSION_HOURS * 3600 * SPOOL_SECOND;
    g_autoptr(SpoolSession) session = g_new0(SpoolSession, 1);
    Row row = {0};

    *out_session = NULL;
    if (token == NULL || strlen(token) != TOKEN_TEXT)
        return true;
    g_autoptr(GBytes) hash = hash_token(db, token);

    if (!read_row(db, hash, &row, error))
        return false;
    if (!row.found)
        return true;
    if (now - row.seen > (gint64)quiet_s * SPOOL_SECOND || now - row.started > longest)
        return spool_session_end(db, token, error);
    if (!note_seen(db, hash, &row, now, error) ||
        !spool_account_get(db, row.account_id, &session->account, error))
        return false;
    if (session->account->disabled)
        return spool_session_end(db, token, error);
    session->full = row.full;
    session->csrf = csrf_of(db, token);
    *out_session = g_steal_pointer(&session);
    return true;
}

bool
spool_session_end(SpoolDb *db, const char *token, GError **error)
{
    g_autoptr(GBytes) hash = hash_token(db, token);

    return spool_sql_run(db->sql, "DELETE FROM session WHERE token = $1", SQL_ARGS(SQL_BYTES(hash)),
                         NULL, error);
}

bool
spool_session_end_all(SpoolDb *db, gint64 account_id, GError **error)
{
    return spool_sql_run(db->sql, "DELETE FROM session WHERE account_id = $1",
                         SQL_ARGS(SQL_INT(account_id)), NULL, error);
}
