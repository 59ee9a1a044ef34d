/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/db.c - one connection to the spool, and its transactions.
 *
 * Runs in:  every role; one connection a process, opened after fork.
 * Source:   doc/spool.md
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "spool/private.h"
#include "spool/sql-backend.h"

bool
spool_db_open(const char *url, GBytes *master_key, SpoolDb **out_db, GError **error)
{
    g_autoptr(SpoolDb) db = g_new0(SpoolDb, 1);

    db->notes_fd = -1;
    if (g_str_has_prefix(url, "sqlite:"))
        db->notes = g_strconcat(url + strlen("sqlite:"), "-sent", NULL);
    if (!spool_sql_open(url, &db->sql, error) ||
        !spool_schema_open(db->sql, master_key, &db->keys, error))
        return false;
    *out_db = g_steal_pointer(&db);
    return true;
}

bool
spool_db_is_shared(const char *url)
{
    return g_str_has_prefix(url, "postgresql://");
}

bool
spool_db_is_remote(const char *url)
{
    return spool_db_is_shared(url) && spool_postgres_is_remote(url);
}

char *
spool_db_named_url(const char *url, const char *node)
{
    g_autofree char *escaped = g_uri_escape_string(node, NULL, FALSE);

    if (!spool_db_is_shared(url))
        return g_strdup(url);
    return g_strdup_printf("%s%capplication_name=postern%%40%s", url,
                           strchr(url, '?') != NULL ? '&' : '?', escaped);
}

void
spool_db_close(SpoolDb *db)
{
    if (db == NULL)
        return;
    if (db->depth > 0)
        spool_sql_rollback(db->sql);
    spool_sql_close(db->sql);
    spool_crypt_keys_free(db->keys);
    if (db->notes_fd >= 0)
        close(db->notes_fd);
    g_free(db->notes);
    g_free(db->served);
    g_free(db);
}

static void
enter(SpoolTxn *txn, SpoolDb *db)
{
    if (db->depth++ == 0) {
        db->doomed = false;
        db->audit = (SpoolAuditEnd){0};
    }
    txn->db = db;
    txn->changes = spool_sql_changes(db->sql);
}

bool
spool_txn_begin(SpoolTxn *txn, SpoolDb *db, GError **error)
{
    if (db->depth == 0 && !spool_sql_begin(db->sql, error))
        return false;
    enter(txn, db);
    return true;
}

bool
spool_txn_begin_reading(SpoolTxn *txn, SpoolDb *db, GError **error)
{
    if (db->depth == 0 && !spool_sql_begin_reading(db->sql, error))
        return false;
    enter(txn, db);
    return true;
}

bool
spool_txn_commit(SpoolTxn *txn, GError **error)
{
    SpoolDb *db = txn->db;

    if (db->doomed)
        return spool_throw(error, SPOOL_ERROR_STATE,
                           "an act of this transaction failed half-way: all of it is undone");
    if (db->depth == 1 && (!spool_audit_seal(db, error) || !spool_sql_commit(db->sql, error)))
        return false;
    db->depth--;
    txn->db = NULL;
    return true;
}

void
spool_txn_clear(SpoolTxn *txn)
{
    SpoolDb *db = txn->db;

    if (db == NULL)
        return;
    txn->db = NULL;
    /* An inner act that had written nothing yet leaves the outer transaction whole. */
    if (spool_sql_changes(db->sql) != txn->changes)
        db->doomed = true;
    if (--db->depth == 0)
        spool_sql_rollback(db->sql);
}

gint64
spool_now(void)
{
    return g_get_real_time();
}
