/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/postgres-rows.c - statements of PostgreSQL, prepared once, and their rows.
 *
 * The whole answer is in memory when a statement has run, so that another may run
 * while its rows are read: what can be long is asked for in parts.
 *
 * Runs in:  every role.
 * Source:   https://www.postgresql.org/docs/current/libpq-exec.html
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "spool/postgres-private.h"

#define PARAMETERS_MAX 64

/* A statement that the server knows under its number. */
typedef struct {
    char name[16];
    Oid types[PARAMETERS_MAX]; /* 0: only NULL so far, and the server has found the type */
} Statement;

/* Parameters as libpq wants them. */
typedef struct {
    const char *values[PARAMETERS_MAX];
    int lengths[PARAMETERS_MAX];
    int formats[PARAMETERS_MAX];
    guint64 numbers[PARAMETERS_MAX]; /* the highest byte first */
    char *texts[PARAMETERS_MAX];     /* those that had to be repaired; owned */
} Parameters;

static void
parameters_clear(Parameters *parameters)
{
    for (guint i = 0; i < PARAMETERS_MAX; i++)
        g_free(parameters->texts[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Parameters, parameters_clear)

void
spool_postgres_statement_free(gpointer statement)
{
    g_free(statement);
}

static Oid
type_of(const SpoolSqlValue *value)
{
    static const Oid types[] = {
        [SPOOL_SQL_INT] = SPOOL_PG_INT8,
        [SPOOL_SQL_REAL] = SPOOL_PG_FLOAT8,
        [SPOOL_SQL_TEXT] = SPOOL_PG_TEXT,
        [SPOOL_SQL_BLOB] = SPOOL_PG_BYTEA,
    };

    return value->type == SPOOL_SQL_NULL ? 0 : types[value->type];
}

static void
set_number(Parameters *parameters, guint i, const void *eight_bytes)
{
    guint64 number;

    memcpy(&number, eight_bytes, sizeof number);
    parameters->numbers[i] = GUINT64_TO_BE(number);
    parameters->values[i] = (const char *)&parameters->numbers[i];
    parameters->lengths[i] = sizeof number;
}

/* The server takes nothing for a text but UTF-8 without NUL. */
static void
set_text(Parameters *parameters, guint i, const SpoolSqlValue *value)
{
    const char *text = value->data;
    gsize length = value->length;

    if (!g_utf8_validate(text, (gssize)length, NULL)) {
        parameters->texts[i] = g_utf8_make_valid(text, (gssize)length);
        text = parameters->texts[i];
        length = strlen(text);
    }
    parameters->values[i] = text;
    parameters->lengths[i] = (int)length;
}

static void
set_parameter(Parameters *parameters, guint i, const SpoolSqlValue *value)
{
    parameters->formats[i] = 1;
    switch (value->type) {
    case SPOOL_SQL_INT:
        set_number(parameters, i, &value->number);
        break;
    case SPOOL_SQL_REAL:
        set_number(parameters, i, &value->real);
        break;
    case SPOOL_SQL_TEXT:
        set_text(parameters, i, value);
        break;
    case SPOOL_SQL_BLOB:
        parameters->values[i] = value->data;
        parameters->lengths[i] = (int)value->length;
        break;
    case SPOOL_SQL_NULL:
    default:
        break;
    }
}

/* Whether it was prepared for these types. */
static bool
fits(const Statement *statement, SpoolSqlArgs args)
{
    for (guint i = 0; i < args.count; i++) {
        Oid type = type_of(&args.values[i]);

        if (type != 0 && type != statement->types[i])
            return false;
    }
    return true;
}

/* The server may forget one that another takes the place of. */
static bool
deallocate(SpoolSql *sql, const Statement *statement, GError **error)
{
    g_autofree char *text = g_strdup_printf("DEALLOCATE %s", statement->name);
    g_autoptr(SpoolPgResult) result = PQexec(sql->handle, text);

    return PQresultStatus(result) == PGRES_COMMAND_OK || spool_postgres_fail(sql, result, error);
}

/* before: the same for other types, or NULL; what is NULL now keeps the type that it had. */
static bool
prepare(SpoolSql *sql, const char *text, SpoolSqlArgs args, const Statement *before,
        Statement **out_statement, GError **error)
{
    SpoolPostgres *postgres = (SpoolPostgres *)sql;
    Statement *statement = g_new0(Statement, 1);

    g_snprintf(statement->name, sizeof statement->name, "p%u", ++postgres->last_number);
    for (guint i = 0; i < args.count; i++) {
        statement->types[i] = type_of(&args.values[i]);
        if (statement->types[i] == 0 && before != NULL)
            statement->types[i] = before->types[i];
    }
    g_autoptr(SpoolPgResult) result =
        PQprepare(sql->handle, statement->name, text, (int)args.count, statement->types);

    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        g_free(statement);
        return spool_postgres_fail(sql, result, error);
    }
    if (before != NULL && !deallocate(sql, before, error)) {
        g_free(statement);
        return false;
    }
    g_hash_table_insert(sql->statements, (gpointer)text, statement);
    *out_statement = statement;
    return true;
}

static bool
take_statement(SpoolSql *sql, const char *text, SpoolSqlArgs args, Statement **out_statement,
               GError **error)
{
    Statement *statement = g_hash_table_lookup(sql->statements, text);

    if (statement == NULL || !fits(statement, args))
        return prepare(sql, text, args, statement, out_statement, error);
    *out_statement = statement;
    return true;
}

/* For an INSERT, UPDATE or DELETE; a SELECT says how many it has read. */
static guint64
count_changed(PGresult *result)
{
    return g_str_has_prefix(PQcmdStatus(result), "SELECT")
               ? 0
               : g_ascii_strtoull(PQcmdTuples(result), NULL, 10);
}

bool
spool_postgres_query(SpoolSql *sql, const char *text, SpoolSqlArgs args, SpoolSqlRows *out_rows,
                     GError **error)
{
    g_auto(Parameters) parameters = {0};
    Statement *statement = NULL;

    g_assert(args.count <= PARAMETERS_MAX);
    if (!take_statement(sql, text, args, &statement, error))
        return false;
    for (guint i = 0; i < args.count; i++) {
        g_assert(args.values[i].length <= G_MAXINT);
        set_parameter(&parameters, i, &args.values[i]);
    }
    g_autoptr(SpoolPgResult) result =
        PQexecPrepared(sql->handle, statement->name, (int)args.count, parameters.values,
                       parameters.lengths, parameters.formats, 1);
    ExecStatusType status = PQresultStatus(result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return spool_postgres_fail(sql, result, error);
    sql->changes += count_changed(result);
    SpoolPgRows *rows = g_new0(SpoolPgRows, 1);

    *rows = (SpoolPgRows){g_steal_pointer(&result), -1};
    out_rows->sql = sql;
    out_rows->statement = rows;
    return true;
}

bool
spool_postgres_next(SpoolSqlRows *rows, bool *out_row, GError **error)
{
    SpoolPgRows *now = rows->statement;

    (void)error; /* what can fail has failed before */
    now->row = MIN(now->row + 1, PQntuples(now->result));
    *out_row = now->row < PQntuples(now->result);
    return true;
}

void
spool_postgres_rows_clear(SpoolSqlRows *rows)
{
    SpoolPgRows *now = rows->statement;

    rows->statement = NULL;
    PQclear(now->result);
    g_free(now);
}
