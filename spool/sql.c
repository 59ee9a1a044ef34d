/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/sql.c - what every backend does the same way.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md, "The SQL"
 */
#include "config.h"

#include <string.h>

#include "spool/sql.h"

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
