/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/postgres-private.h - what the files of the PostgreSQL backend share.
 *
 * Private to spool/postgres*.c.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md, "PostgreSQL"
 */
#ifndef SPOOL_POSTGRES_PRIVATE_H
#define SPOOL_POSTGRES_PRIVATE_H

#include <libpq-fe.h>

#include "spool/sql-backend.h"

typedef PGresult SpoolPgResult;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpoolPgResult, PQclear)

typedef struct {
    SpoolSql base;
    bool open;         /* a transaction of ours */
    guint last_number; /* of a prepared statement */
} SpoolPostgres;

/* spool/postgres-error.c: say what went wrong and what to do; false.  result: of the failed
 * command, or NULL when there is none. */
bool spool_postgres_fail(SpoolSql *sql, const PGresult *result, GError **error);

/* spool/postgres-rows.c: a statement and its rows. */
bool spool_postgres_query(SpoolSql *sql, const char *text, SpoolSqlArgs args,
                          SpoolSqlRows *out_rows, GError **error);
bool spool_postgres_next(SpoolSqlRows *rows, bool *out_row, GError **error);
void spool_postgres_rows_clear(SpoolSqlRows *rows);
void spool_postgres_statement_free(gpointer statement);

/* spool/postgres-column.c: columns of the present row. */
typedef struct {
    PGresult *result;
    int row; /* -1 before the first */
} SpoolPgRows;
bool spool_postgres_is_null(const SpoolSqlRows *rows, int column);
gint64 spool_postgres_int(const SpoolSqlRows *rows, int column);
double spool_postgres_real(const SpoolSqlRows *rows, int column);
const char *spool_postgres_text(const SpoolSqlRows *rows, int column);
const void *spool_postgres_blob(const SpoolSqlRows *rows, int column, gsize *out_length);

/* Types of the server that we send and read; from its pg_type.dat, and fixed for ever. */
enum {
    SPOOL_PG_BOOL = 16,
    SPOOL_PG_BYTEA = 17,
    SPOOL_PG_INT8 = 20,
    SPOOL_PG_INT2 = 21,
    SPOOL_PG_INT4 = 23,
    SPOOL_PG_TEXT = 25,
    SPOOL_PG_FLOAT8 = 701
};

#endif
