/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/sql-backend.h - what a database must bring to be behind spool/sql.h.
 *
 * Private to spool/sql.c and the backends.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md, "The SQL"
 */
#ifndef SPOOL_SQL_BACKEND_H
#define SPOOL_SQL_BACKEND_H

#include "spool/sql.h"

/* Each function does what the one of that name in spool/sql.h says. */
typedef struct {
    const char
        *id_word; /* what @ID@, @BLOB@ and @REAL@ of a script stand for; script() gets these */
    const char *blob_word;
    const char *real_word;
    void (*close)(SpoolSql *sql);
    bool (*script)(SpoolSql *sql, const char *text, GError **error);
    bool (*append_only)(SpoolSql *sql, const char *table, GError **error);
    bool (*has_table)(SpoolSql *sql, const char *table, bool *out_has, GError **error);
    bool (*is_empty)(SpoolSql *sql, bool *out_empty, GError **error);
    bool (*begin)(SpoolSql *sql, GError **error);
    bool (*begin_reading)(SpoolSql *sql, GError **error);
    bool (*commit)(SpoolSql *sql, GError **error);
    void (*rollback)(SpoolSql *sql);
    bool (*clock)(SpoolSql *sql, gint64 *out_now, GError **error);
    bool (*end_sessions)(SpoolSql *sql, const char *name, GError **error);
    guint64 (*changes)(SpoolSql *sql);
    bool (*query)(SpoolSql *sql, const char *text, SpoolSqlArgs args, SpoolSqlRows *out_rows,
                  GError **error);
    bool (*next)(SpoolSqlRows *rows, bool *out_row, GError **error);
    void (*rows_clear)(SpoolSqlRows *rows);
    bool (*is_null)(const SpoolSqlRows *rows, int column);
    gint64 (*get_int)(const SpoolSqlRows *rows, int column);
    double (*get_real)(const SpoolSqlRows *rows, int column);
    const char *(*get_text)(const SpoolSqlRows *rows, int column);
    const void *(*get_blob)(const SpoolSqlRows *rows, int column, gsize *out_length);
} SpoolSqlBackend;

struct SpoolSql {
    const SpoolSqlBackend *backend;
    void *handle;           /* the library's connection */
    char *name;             /* for messages; no secret in it */
    GHashTable *statements; /* text's address -> the backend's */
    guint64 changes;        /* where the library does not count them itself */
    guint64 scanned;
};

/* The two that there are; see spool_sql_open(). */
bool spool_sqlite_open(const char *url, SpoolSql **out_sql, GError **error);
bool spool_postgres_open(const char *url, SpoolSql **out_sql, GError **error);

/* Whether the server is reached by a socket of the Internet. */
bool spool_postgres_is_remote(const char *url);

#endif
