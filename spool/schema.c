/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/schema.c - how an older spool becomes a newer one, and an empty database a spool.
 *
 * A migration and the number that says it was made commit together.
 *
 * Runs in:  every role, when it opens the spool.
 * Source:   doc/spool.md, "The tables"
 */
#include "config.h"

#include <openssl/crypto.h>

#include "spool/private.h"
#include "spool/search.h"

#define SALT_LENGTH 16
/* From this version on all that staff typed is found. */
#define ALL_TYPED_IS_FOUND 11

/* Another role may make the tables between two looks: only inside a transaction does "no version
 * row, but other tables" mean what it seems to. */
static bool
check_ours(SpoolSql *sql, GError **error)
{
    bool empty = false;

    if (!spool_sql_is_empty(sql, &empty, error))
        return false;
    return empty || spool_throw(error, SPOOL_ERROR_SCHEMA,
                                "the database belongs to another program: check the spool's url");
}

static bool
read_meta(SpoolSql *sql, gint64 *out_version, GBytes **out_salt, GBytes **out_check, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (!spool_sql_query(sql, "SELECT version, salt, key_check FROM spool_meta WHERE id = 1",
                         SQL_NO_ARGS, &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    if (!row)
        return spool_throw(error, SPOOL_ERROR_SCHEMA, "the spool has lost its version row");
    *out_version = spool_sql_int(&rows, 0);
    *out_salt = spool_sql_bytes(&rows, 1);
    *out_check = spool_sql_bytes(&rows, 2);
    return true;
}

/* The row that every spool has, at version 0: no table yet. */
static bool
make_meta(SpoolSql *sql, GBytes *master_key, GError **error)
{
    guint8 random[SALT_LENGTH];
    g_autoptr(SpoolKeys) keys = NULL;

    if (!spool_crypt_random(random, sizeof random, error))
        return false;
    g_autoptr(GBytes) salt = g_bytes_new(random, sizeof random);

    if (!spool_crypt_keys_new(master_key, salt, &keys, error))
        return false;
    g_autoptr(GBytes) check = spool_crypt_check(keys);

    return spool_sql_script(sql,
                            "CREATE TABLE spool_meta ("
                            " id BIGINT PRIMARY KEY,"
                            " version BIGINT NOT NULL,"
                            " salt @BLOB@ NOT NULL,"
                            " key_check @BLOB@ NOT NULL)",
                            error) &&
           spool_sql_run(sql,
                         "INSERT INTO spool_meta (id, version, salt, key_check)"
                         " VALUES (1, 0, $1, $2)",
                         SQL_ARGS(SQL_BYTES(salt), SQL_BYTES(check)), NULL, error);
}

static bool
check_version(gint64 version, GError **error)
{
    if (version < 0 || version > SPOOL_SCHEMA_VERSION)
        return spool_throw(error, SPOOL_ERROR_SCHEMA,
                           "the spool has version %" G_GINT64_FORMAT ", this Postern knows %d: "
                           "install the newer Postern again",
                           version, SPOOL_SCHEMA_VERSION);
    return true;
}

static bool
check_key(GBytes *master_key, GBytes *salt, GBytes *check, SpoolKeys **out_keys, GError **error)
{
    g_autoptr(SpoolKeys) keys = NULL;

    if (!spool_crypt_keys_new(master_key, salt, &keys, error))
        return false;
    g_autoptr(GBytes) ours = spool_crypt_check(keys);
    gsize length = g_bytes_get_size(ours);

    if (g_bytes_get_size(check) != length ||
        CRYPTO_memcmp(g_bytes_get_data(ours, NULL), g_bytes_get_data(check, NULL), length) != 0)
        return spool_throw(error, SPOOL_ERROR_KEY,
                           "this spool was made with another master key: check master-key-file");
    *out_keys = g_steal_pointer(&keys);
    return true;
}

/* What a script cannot: it needs the keys. */
static bool
migrate_sealed(SpoolSql *sql, SpoolKeys *keys, gint64 version, GError **error)
{
    SpoolDb db = {.sql = sql, .keys = keys, .depth = 1, .notes_fd = -1};

    return version == 0 || version >= ALL_TYPED_IS_FOUND || spool_search_mend(&db, error);
}

static bool
migrate_from(SpoolSql *sql, gint64 version, GError **error)
{
    for (; version < SPOOL_SCHEMA_VERSION; version++) {
        if (!spool_sql_script(sql, spool_schema_versions[version], error))
            return false;
        if (version == 0 && !spool_sql_append_only(sql, "audit", error))
            return false;
    }
    return spool_sql_run(sql, "UPDATE spool_meta SET version = $1 WHERE id = 1",
                         SQL_ARGS(SQL_INT(SPOOL_SCHEMA_VERSION)), NULL, error);
}

/* Inside a transaction, as another role may be doing the same. */
static bool
migrate(SpoolSql *sql, GBytes *master_key, GError **error)
{
    g_autoptr(GBytes) salt = NULL, check = NULL;
    g_autoptr(SpoolKeys) keys = NULL;
    gint64 version = 0;
    bool has = false;

    if (!spool_sql_has_table(sql, "spool_meta", &has, error) ||
        (!has && (!check_ours(sql, error) || !make_meta(sql, master_key, error))))
        return false;
    return read_meta(sql, &version, &salt, &check, error) && check_version(version, error) &&
           check_key(master_key, salt, check, &keys, error) && migrate_from(sql, version, error) &&
           migrate_sealed(sql, keys, version, error);
}

bool
spool_schema_open(SpoolSql *sql, GBytes *master_key, SpoolKeys **out_keys, GError **error)
{
    g_autoptr(GBytes) salt = NULL, check = NULL;
    gint64 version = 0;
    bool has = false;

    if (!spool_sql_has_table(sql, "spool_meta", &has, error))
        return false;
    if (has && !read_meta(sql, &version, &salt, &check, error))
        return false;
    if (!check_version(version, error))
        return false;
    if (version == SPOOL_SCHEMA_VERSION)
        return check_key(master_key, salt, check, out_keys, error);

    if (!spool_sql_begin(sql, error))
        return false;
    if (!migrate(sql, master_key, error) || !spool_sql_commit(sql, error)) {
        spool_sql_rollback(sql);
        return false;
    }
    return spool_schema_open(sql, master_key, out_keys, error);
}
