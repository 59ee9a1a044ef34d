/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/sql.c - which backend answers, and what all do the same way.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md, "The SQL"
 */
#include "config.h"

#include <string.h>

#include "spool/sql-backend.h"

SpoolSqlValue
spool_sql_value_null(void)
{
    return (SpoolSqlValue){.type = SPOOL_SQL_NULL};
}

SpoolSqlValue
spool_sql_value_int(gint64 value)
{
    return (SpoolSqlValue){.type = SPOOL_SQL_INT, .number = value};
}

SpoolSqlValue
spool_sql_value_real(double value)
{
    return (SpoolSqlValue){.type = SPOOL_SQL_REAL, .real = value};
}

SpoolSqlValue
spool_sql_value_text(const char *value)
{
    if (value == NULL)
        return spool_sql_value_null();
    return (SpoolSqlValue){.type = SPOOL_SQL_TEXT, .data = value, .length = strlen(value)};
}

SpoolSqlValue
spool_sql_value_bytes(GBytes *value)
{
    gsize length = 0;

    if (value == NULL)
        return spool_sql_value_null();
    const void *data = g_bytes_get_data(value, &length);
    return spool_sql_value_blob(data, length);
}

SpoolSqlValue
spool_sql_value_blob(const void *data, gsize length)
{
    return (SpoolSqlValue){
        .type = SPOOL_SQL_BLOB, .data = length > 0 ? data : "", .length = length};
}

bool
spool_sql_run(SpoolSql *sql, const char *text, SpoolSqlArgs args, guint *out_changed,
              GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    guint64 before = spool_sql_changes(sql);
    bool row = true;

    if (!spool_sql_query(sql, text, args, &rows, error))
        return false;
    while (row)
        if (!spool_sql_next(&rows, &row, error))
            return false;
    if (out_changed != NULL)
        *out_changed = (guint)(spool_sql_changes(sql) - before);
    return true;
}

bool
spool_sql_number(SpoolSql *sql, const char *text, SpoolSqlArgs args, SpoolSqlNumber *out_number,
                 GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    SpoolSqlNumber number = {false, 0};
    bool row = false;

    if (!spool_sql_query(sql, text, args, &rows, error) || !spool_sql_next(&rows, &row, error))
        return false;
    if (row) {
        number.found = !spool_sql_is_null(&rows, 0);
        number.value = spool_sql_int(&rows, 0);
    }
    /* To the end, as a statement that changes rows is done only then. */
    while (row)
        if (!spool_sql_next(&rows, &row, error))
            return false;
    *out_number = number;
    return true;
}

GBytes *
spool_sql_bytes(const SpoolSqlRows *rows, int column)
{
    gsize length = 0;
    const void *data = spool_sql_blob(rows, column, &length);

    return g_bytes_new(data, length);
}

bool
spool_sql_open(const char *url, SpoolSql **out_sql, GError **error)
{
    if (g_str_has_prefix(url, "sqlite:"))
        return spool_sqlite_open(url, out_sql, error);
    if (g_str_has_prefix(url, "postgresql://"))
        return spool_postgres_open(url, out_sql, error);
    return spool_throw(error, SPOOL_ERROR_SCHEMA,
                       "the spool's url is neither sqlite:/absolute/path nor postgresql://...");
}

void
spool_sql_close(SpoolSql *sql)
{
    if (sql != NULL)
        sql->backend->close(sql);
}

bool
spool_sql_script(SpoolSql *sql, const char *text, GError **error)
{
    g_autoptr(GString) script = g_string_new(text);

    g_string_replace(script, "@ID@", sql->backend->id_word, 0);
    g_string_replace(script, "@BLOB@", sql->backend->blob_word, 0);
    g_string_replace(script, "@REAL@", sql->backend->real_word, 0);
    return sql->backend->script(sql, script->str, error);
}

bool
spool_sql_append_only(SpoolSql *sql, const char *table, GError **error)
{
    return sql->backend->append_only(sql, table, error);
}

bool
spool_sql_has_table(SpoolSql *sql, const char *table, bool *out_has, GError **error)
{
    return sql->backend->has_table(sql, table, out_has, error);
}

bool
spool_sql_is_empty(SpoolSql *sql, bool *out_empty, GError **error)
{
    return sql->backend->is_empty(sql, out_empty, error);
}

bool
spool_sql_begin(SpoolSql *sql, GError **error)
{
    return sql->backend->begin(sql, error);
}

bool
spool_sql_begin_reading(SpoolSql *sql, GError **error)
{
    return sql->backend->begin_reading(sql, error);
}

bool
spool_sql_commit(SpoolSql *sql, GError **error)
{
    return sql->backend->commit(sql, error);
}

void
spool_sql_rollback(SpoolSql *sql)
{
    sql->backend->rollback(sql);
}

bool
spool_sql_clock(SpoolSql *sql, gint64 *out_now, GError **error)
{
    return sql->backend->clock(sql, out_now, error);
}

bool
spool_sql_end_sessions(SpoolSql *sql, const char *name, GError **error)
{
    return sql->backend->end_sessions(sql, name, error);
}

guint64
spool_sql_changes(SpoolSql *sql)
{
    return sql->backend->changes(sql);
}

guint64
spool_sql_scanned(SpoolSql *sql)
{
    return sql->scanned;
}

bool
spool_sql_query(SpoolSql *sql, const char *text, SpoolSqlArgs args, SpoolSqlRows *out_rows,
                GError **error)
{
    return sql->backend->query(sql, text, args, out_rows, error);
}

bool
spool_sql_next(SpoolSqlRows *rows, bool *out_row, GError **error)
{
    return rows->sql->backend->next(rows, out_row, error);
}

void
spool_sql_rows_clear(SpoolSqlRows *rows)
{
    if (rows->statement != NULL)
        rows->sql->backend->rows_clear(rows);
}

bool
spool_sql_is_null(const SpoolSqlRows *rows, int column)
{
    return rows->sql->backend->is_null(rows, column);
}

gint64
spool_sql_int(const SpoolSqlRows *rows, int column)
{
    return rows->sql->backend->get_int(rows, column);
}

double
spool_sql_real(const SpoolSqlRows *rows, int column)
{
    return rows->sql->backend->get_real(rows, column);
}

const char *
spool_sql_text(const SpoolSqlRows *rows, int column)
{
    return rows->sql->backend->get_text(rows, column);
}

const void *
spool_sql_blob(const SpoolSqlRows *rows, int column, gsize *out_length)
{
    return rows->sql->backend->get_blob(rows, column, out_length);
}
