/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/sql.h - the database behind spool/, whichever it is.
 *
 * Nothing outside spool/ includes this, and only the file of a backend knows
 * which database answers.  SQL texts use the common subset of SQLite and PostgreSQL.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md, "The SQL"
 */
#ifndef SPOOL_SQL_H
#define SPOOL_SQL_H

#include "spool/error.h"

typedef struct SpoolSql SpoolSql;

/* One parameter.  Text and bytes are borrowed until the statement's first step has returned. */
typedef struct {
    enum { SPOOL_SQL_NULL, SPOOL_SQL_INT, SPOOL_SQL_REAL, SPOOL_SQL_TEXT, SPOOL_SQL_BLOB } type;
    gint64 number;
    double real;
    const void *data;
    gsize length;
} SpoolSqlValue;

/* The parameters $1, $2 ... of one statement. */
typedef struct {
    const SpoolSqlValue *values;
    guint count;
} SpoolSqlArgs;

#define SQL_ARGS(...)                                                                              \
    ((SpoolSqlArgs){(const SpoolSqlValue[]){__VA_ARGS__},                                          \
                    sizeof((const SpoolSqlValue[]){__VA_ARGS__}) / sizeof(SpoolSqlValue)})
#define SQL_NO_ARGS ((SpoolSqlArgs){NULL, 0})
#define SQL_NULL spool_sql_value_null()
#define SQL_INT(value) spool_sql_value_int(value)
#define SQL_REAL(value) spool_sql_value_real(value)
#define SQL_TEXT(value) spool_sql_value_text(value)   /* NULL becomes SQL's NULL */
#define SQL_BYTES(value) spool_sql_value_bytes(value) /* a GBytes; NULL becomes SQL's NULL */
#define SQL_BLOB(data, length) spool_sql_value_blob(data, length)
/* What the macros above make; text, bytes and data are borrowed until the statement has run. */
SpoolSqlValue spool_sql_value_null(void);
SpoolSqlValue spool_sql_value_int(gint64 value);
SpoolSqlValue spool_sql_value_real(double value);
SpoolSqlValue spool_sql_value_text(const char *value);
SpoolSqlValue spool_sql_value_bytes(GBytes *value);
SpoolSqlValue spool_sql_value_blob(const void *data, gsize length);

/* The rows of one running statement; ends with spool_sql_rows_clear(). */
typedef struct {
    SpoolSql *sql;
    void *statement; /* the backend's */
} SpoolSqlRows;
#define SPOOL_SQL_ROWS_INIT                                                                        \
    {                                                                                              \
        NULL, NULL                                                                                 \
    }
void spool_sql_rows_clear(SpoolSqlRows *rows);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpoolSqlRows, spool_sql_rows_clear)

/* Connect.  url: sqlite:/path; borrowed.
 * Errors: SPOOL_ERROR_BUSY, _IO, _FULL, _CORRUPT; _SCHEMA for a url that no backend knows. */
bool spool_sql_open(const char *url, SpoolSql **out_sql, GError **error);
void spool_sql_close(SpoolSql *sql);

/* Run SQL of several statements, with the words @ID@ (a key that numbers itself), @BLOB@ and
 * @REAL@ replaced by the backend's own. */
bool spool_sql_script(SpoolSql *sql, const char *text, GError **error);

/* Make a table refuse UPDATE and DELETE. */
bool spool_sql_append_only(SpoolSql *sql, const char *table, GError **error);

/* Whether a table of that name is there; and whether there is none at all. */
bool spool_sql_has_table(SpoolSql *sql, const char *table, bool *out_has, GError **error);
bool spool_sql_is_empty(SpoolSql *sql, bool *out_empty, GError **error);

/* Start, end, undo a transaction that may write.  Rolling back never fails. */
bool spool_sql_begin(SpoolSql *sql, GError **error);
/* Start one that only reads: all of it sees the same moment, and nobody waits for it. */
bool spool_sql_begin_reading(SpoolSql *sql, GError **error);
bool spool_sql_commit(SpoolSql *sql, GError **error);
void spool_sql_rollback(SpoolSql *sql);

/* The database's clock, which all who share it read alike: microseconds since 1970 UTC. */
bool spool_sql_clock(SpoolSql *sql, gint64 *out_now, GError **error);

/* End all connections that were opened under that name (spool_db_named_url()), and what they had
 * begun; nothing where nobody else can have one. */
bool spool_sql_end_sessions(SpoolSql *sql, const char *name, GError **error);

/* Rows changed since the connection was opened: tells whether anything was written in between. */
guint64 spool_sql_changes(SpoolSql *sql);

/* Rows read in going through a table from end to end, or indexed for one statement only, since the
 * connection was opened.  A statement without its index shows here; tests look. */
guint64 spool_sql_scanned(SpoolSql *sql);

/* Start a statement.  text: static, as prepared statements are kept by its address. */
bool spool_sql_query(SpoolSql *sql, const char *text, SpoolSqlArgs args, SpoolSqlRows *out_rows,
                     GError **error);
/* Go to the next row; *out_row is false when there is none left. */
bool spool_sql_next(SpoolSqlRows *rows, bool *out_row, GError **error);
/* Run a statement to its end.  out_changed: rows it changed, or NULL. */
bool spool_sql_run(SpoolSql *sql, const char *text, SpoolSqlArgs args, guint *out_changed,
                   GError **error);
/* Run a statement that returns at most one row of one number.  NULL counts as not found. */
typedef struct {
    bool found;
    gint64 value; /* 0 when not found */
} SpoolSqlNumber;
bool spool_sql_number(SpoolSql *sql, const char *text, SpoolSqlArgs args,
                      SpoolSqlNumber *out_number, GError **error);

/* Columns of the present row, from 0.  NULL reads as 0, NULL, and no bytes.
 * Text and blobs are borrowed until the next step. */
bool spool_sql_is_null(const SpoolSqlRows *rows, int column);
gint64 spool_sql_int(const SpoolSqlRows *rows, int column);
double spool_sql_real(const SpoolSqlRows *rows, int column);
const char *spool_sql_text(const SpoolSqlRows *rows, int column);
const void *spool_sql_blob(const SpoolSqlRows *rows, int column, gsize *out_length);
GBytes *spool_sql_bytes(const SpoolSqlRows *rows, int column); /* a copy; owned */

#endif
