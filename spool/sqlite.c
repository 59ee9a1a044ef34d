/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/sqlite.c - the spool in one SQLite file.
 *
 * A commit is on disk when it returns (WAL with synchronous=FULL).  All calls of
 * SQLite are in this file.
 *
 * Runs in:  every role; a connection never crosses a fork.
 * Source:   https://www.sqlite.org/wal.html, https://www.sqlite.org/rescode.html
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "spool/owner.h"
#include "spool/sql-backend.h"

/* How long a role waits for another's commit before it says SPOOL_ERROR_BUSY. */
#define BUSY_TIMEOUT_MS 15000
#define BUSY_PAUSE_MS 1
/* Roles that open a new spool at the same time: SQLite does not wait for the change to WAL. */
#define WAL_TRIES 100
#define WAL_PAUSE_MS 50

typedef struct {
    sqlite3_stmt *stmt;
    bool busy;
    bool kept; /* in the table of statements; otherwise ends with its rows */
} Statement;

/* clang-format off */
static const struct {
    int code; /* a primary result code of SQLite */
    SpoolError error;
    const char *advice;
} failures[] = {
    { SQLITE_FULL,     SPOOL_ERROR_FULL,    "no room on its disk: free some; mail waits in the inbox meanwhile" },
    { SQLITE_BUSY,     SPOOL_ERROR_BUSY,    "another process is writing: trying again is enough" },
    { SQLITE_LOCKED,   SPOOL_ERROR_BUSY,    "another process is writing: trying again is enough" },
    { SQLITE_CORRUPT,  SPOOL_ERROR_CORRUPT, "the file is damaged: stop, keep a copy, restore the backup" },
    { SQLITE_NOTADB,   SPOOL_ERROR_CORRUPT, "the file is not a database: check the url, or restore the backup" },
    { SQLITE_IOERR,    SPOOL_ERROR_IO,      "the disk failed: check it and the kernel's log" },
    { SQLITE_CANTOPEN, SPOOL_ERROR_IO,      "cannot open it: check that the folder is there and writable" },
    { SQLITE_READONLY, SPOOL_ERROR_IO,      "cannot write it: check owner and mode of the file and its folder" },
    { SQLITE_PERM,     SPOOL_ERROR_IO,      "cannot write it: check owner and mode of the file and its folder" },
    { SQLITE_CONSTRAINT, SPOOL_ERROR_STATE, "a rule of the schema was broken: please report this" },
};
/* clang-format on */

/* Say what went wrong with the database, and what to do. */
static bool
fail(SpoolSql *sql, GError **error)
{
    int code = sqlite3_errcode(sql->handle) & 0xff;
    int cause = sqlite3_system_errno(sql->handle);

    /* Growing the shared memory file fails as IOERR, yet the cure is that of a full disk. */
    if (code == SQLITE_IOERR && (cause == ENOSPC || cause == EDQUOT))
        code = SQLITE_FULL;
    for (guint i = 0; i < G_N_ELEMENTS(failures); i++)
        if (failures[i].code == code)
            return spool_throw(error, failures[i].error, "spool %s: %s (%s, code %d)", sql->name,
                               failures[i].advice, sqlite3_errmsg(sql->handle),
                               sqlite3_extended_errcode(sql->handle));
    return spool_throw(error, SPOOL_ERROR_IO, "spool %s: %s (code %d)", sql->name,
                       sqlite3_errmsg(sql->handle), sqlite3_extended_errcode(sql->handle));
}

static void
statement_free(gpointer data)
{
    Statement *statement = data;

    sqlite3_finalize(statement->stmt);
    g_free(statement);
}

/* Make the file ourselves: nobody else may read it, and its name is on disk before any mail is. */
static bool
create_file(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);

    if (file < 0)
        return spool_throw(error, SPOOL_ERROR_IO, "spool %s: %s: check the folder and its owner",
                           path, g_strerror(errno));
    close(file);
    int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = dir >= 0 && fsync(dir) == 0;

    if (dir >= 0)
        close(dir);
    return synced ||
           spool_throw(error, SPOOL_ERROR_IO, "spool folder %s: %s", folder, g_strerror(errno));
}

static bool
exec(SpoolSql *sql, const char *text, GError **error)
{
    return sqlite3_exec(sql->handle, text, NULL, NULL, NULL) == SQLITE_OK || fail(sql, error);
}

/* The one answer of a pragma or a count, as text. */
static bool
exec_answer(SpoolSql *sql, const char *text, char **out_answer, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (!spool_sql_query(sql, text, SQL_NO_ARGS, &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    *out_answer = g_strdup(row ? spool_sql_text(&rows, 0) : "");
    return true;
}

static bool
use_wal(SpoolSql *sql, GError **error)
{
    g_autofree char *mode = NULL;
    g_autoptr(GError) problem = NULL;
    bool ok = exec_answer(sql, "PRAGMA journal_mode=WAL", &mode, &problem);

    for (guint i = 0; i < WAL_TRIES && g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_BUSY);
         i++) {
        g_clear_error(&problem);
        g_usleep(WAL_PAUSE_MS * 1000);
        ok = exec_answer(sql, "PRAGMA journal_mode=WAL", &mode, &problem);
    }
    if (!ok) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return false;
    }
    return g_strcmp0(mode, "wal") == 0 ||
           spool_throw(error, SPOOL_ERROR_IO,
                       "spool %s: its file system has no shared memory for SQLite's WAL: "
                       "use a local disk",
                       sql->name);
}

/* Another role is writing.  SQLite's own pauses grow to a tenth of a second, and whoever writes
 * often takes the lock again meanwhile. */
static int
wait_turn(void *unused, int tries)
{
    (void)unused;
    g_usleep(BUSY_PAUSE_MS * 1000);
    return tries < BUSY_TIMEOUT_MS / BUSY_PAUSE_MS;
}

static bool
configure(SpoolSql *sql, GError **error)
{
    sqlite3_busy_handler(sql->handle, wait_turn, NULL);
    if (!exec(sql, "PRAGMA page_size=8192", error) || !use_wal(sql, error))
        return false;
    sqlite3_db_config(sql->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(sql->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(sql->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    return exec(sql,
                "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
                "PRAGMA secure_delete=ON; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;"
                "PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=4000;"
                "PRAGMA cache_size=-8192",
                error);
}

static void
close_connection(SpoolSql *sql)
{
    g_hash_table_unref(sql->statements);
    sqlite3_close(sql->handle);
    g_free(sql->name);
    g_free(sql);
}

static bool
append_only(SpoolSql *sql, const char *table, GError **error)
{
    g_autofree char *text = g_strdup_printf("CREATE TRIGGER %s_no_update BEFORE UPDATE ON %s BEGIN"
                                            " SELECT RAISE(ABORT, '%s is append-only'); END;"
                                            "CREATE TRIGGER %s_no_delete BEFORE DELETE ON %s BEGIN"
                                            " SELECT RAISE(ABORT, '%s is append-only'); END;",
                                            table, table, table, table, table, table);

    return exec(sql, text, error);
}

static bool
has_table(SpoolSql *sql, const char *table, bool *out_has, GError **error)
{
    SpoolSqlNumber one;

    if (!spool_sql_number(sql, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1",
                          SQL_ARGS(SQL_TEXT(table)), &one, error))
        return false;
    *out_has = one.found;
    return true;
}

static bool
is_empty(SpoolSql *sql, bool *out_empty, GError **error)
{
    SpoolSqlNumber one;

    if (!spool_sql_number(sql, "SELECT 1 FROM sqlite_master LIMIT 1", SQL_NO_ARGS, &one, error))
        return false;
    *out_empty = !one.found;
    return true;
}

static bool
begin(SpoolSql *sql, GError **error)
{
    /* The write lock first: one that is asked for half-way cannot be waited for. */
    return spool_sql_run(sql, "BEGIN IMMEDIATE", SQL_NO_ARGS, NULL, error);
}

static bool
begin_reading(SpoolSql *sql, GError **error)
{
    return spool_sql_run(sql, "BEGIN DEFERRED", SQL_NO_ARGS, NULL, error);
}

static bool
commit(SpoolSql *sql, GError **error)
{
    return spool_sql_run(sql, "COMMIT", SQL_NO_ARGS, NULL, error);
}

static void
rollback(SpoolSql *sql)
{
    /* After a full disk SQLite has rolled back by itself. */
    if (!sqlite3_get_autocommit(sql->handle))
        sqlite3_exec(sql->handle, "ROLLBACK", NULL, NULL, NULL);
}

/* All that share the file share the machine. */
static bool
read_clock(SpoolSql *sql, gint64 *out_now, GError **error)
{
    (void)sql;
    (void)error;
    *out_now = g_get_real_time();
    return true;
}

static bool
end_sessions(SpoolSql *sql, const char *name, GError **error)
{
    (void)sql;
    (void)name;
    (void)error;
    return true;
}

static guint64
changes(SpoolSql *sql)
{
    return (guint64)sqlite3_total_changes64(sql->handle);
}

/* SQLite numbers $1 by first appearance and ?1 by its number; PostgreSQL knows only $1. */
static bool
prepare(SpoolSql *sql, const char *text, Statement **out_statement, GError **error)
{
    g_autofree char *own = g_strdelimit(g_strdup(text), "$", '?');
    sqlite3_stmt *stmt = NULL;

    if (sqlite3_prepare_v3(sql->handle, own, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) !=
        SQLITE_OK)
        return fail(sql, error);
    *out_statement = g_new0(Statement, 1);
    (*out_statement)->stmt = stmt;
    return true;
}

static bool
take_statement(SpoolSql *sql, const char *text, Statement **out_statement, GError **error)
{
    Statement *statement = g_hash_table_lookup(sql->statements, text);
    bool kept = statement == NULL;

    if (statement == NULL || statement->busy) {
        if (!prepare(sql, text, &statement, error))
            return false;
        statement->kept = kept;
        if (kept)
            g_hash_table_insert(sql->statements, (gpointer)text, statement);
    }
    statement->busy = true;
    *out_statement = statement;
    return true;
}

static int
bind(sqlite3_stmt *stmt, int index, const SpoolSqlValue *value)
{
    switch (value->type) {
    case SPOOL_SQL_INT:
        return sqlite3_bind_int64(stmt, index, value->number);
    case SPOOL_SQL_REAL:
        return sqlite3_bind_double(stmt, index, value->real);
    case SPOOL_SQL_TEXT:
        return sqlite3_bind_text64(stmt, index, value->data, value->length, SQLITE_TRANSIENT,
                                   SQLITE_UTF8);
    case SPOOL_SQL_BLOB:
        return sqlite3_bind_blob64(stmt, index, value->data, value->length, SQLITE_STATIC);
    case SPOOL_SQL_NULL:
    default:
        return sqlite3_bind_null(stmt, index);
    }
}

static bool
query(SpoolSql *sql, const char *text, SpoolSqlArgs args, SpoolSqlRows *out_rows, GError **error)
{
    Statement *statement = NULL;

    if (!take_statement(sql, text, &statement, error))
        return false;
    out_rows->sql = sql;
    out_rows->statement = statement;
    g_assert((guint)sqlite3_bind_parameter_count(statement->stmt) == args.count);
    for (guint i = 0; i < args.count; i++)
        if (bind(statement->stmt, (int)i + 1, &args.values[i]) != SQLITE_OK)
            return fail(sql, error);
    return true;
}

static bool
next(SpoolSqlRows *rows, bool *out_row, GError **error)
{
    Statement *statement = rows->statement;
    int code = sqlite3_step(statement->stmt);

    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return fail(rows->sql, error);
    *out_row = code == SQLITE_ROW;
    return true;
}

static void
rows_clear(SpoolSqlRows *rows)
{
    Statement *statement = rows->statement;

    rows->statement = NULL;
    if (statement == NULL)
        return;
    sqlite3_reset(statement->stmt);
    rows->sql->scanned +=
        (guint64)sqlite3_stmt_status(statement->stmt, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1) +
        (guint64)sqlite3_stmt_status(statement->stmt, SQLITE_STMTSTATUS_AUTOINDEX, 1);
    sqlite3_clear_bindings(statement->stmt);
    statement->busy = false;
    if (!statement->kept)
        statement_free(statement);
}

static sqlite3_stmt *
running(const SpoolSqlRows *rows)
{
    return ((Statement *)rows->statement)->stmt;
}

static bool
is_null(const SpoolSqlRows *rows, int column)
{
    return sqlite3_column_type(running(rows), column) == SQLITE_NULL;
}

static gint64
get_int(const SpoolSqlRows *rows, int column)
{
    return sqlite3_column_int64(running(rows), column);
}

static double
get_real(const SpoolSqlRows *rows, int column)
{
    return sqlite3_column_double(running(rows), column);
}

static const char *
get_text(const SpoolSqlRows *rows, int column)
{
    return (const char *)sqlite3_column_text(running(rows), column);
}

static const void *
get_blob(const SpoolSqlRows *rows, int column, gsize *out_length)
{
    const void *data = sqlite3_column_blob(running(rows), column);

    *out_length = (gsize)sqlite3_column_bytes(running(rows), column);
    return data;
}

static const SpoolSqlBackend backend = {
    .close = close_connection,
    .id_word = "INTEGER PRIMARY KEY AUTOINCREMENT",
    .blob_word = "BLOB",
    .real_word = "REAL",
    .script = exec,
    .append_only = append_only,
    .has_table = has_table,
    .is_empty = is_empty,
    .begin = begin,
    .begin_reading = begin_reading,
    .commit = commit,
    .rollback = rollback,
    .clock = read_clock,
    .end_sessions = end_sessions,
    .changes = changes,
    .query = query,
    .next = next,
    .rows_clear = rows_clear,
    .is_null = is_null,
    .get_int = get_int,
    .get_real = get_real,
    .get_text = get_text,
    .get_blob = get_blob,
};

bool
spool_sqlite_open(const char *url, SpoolSql **out_sql, GError **error)
{
    const char *path = url + strlen("sqlite:");

    if (!g_str_has_prefix(url, "sqlite:") || !g_path_is_absolute(path))
        return spool_throw(error, SPOOL_ERROR_SCHEMA, "spool url %s: say sqlite:/absolute/path",
                           url);
    if (!spool_owner_check(path, NULL, error) || !create_file(path, error))
        return false;
    /* Refused once SQLite is in use, and only slower then: nobody asks what memory it has, and no
     * two threads share anything of it. */
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    SpoolSql *sql = g_new0(SpoolSql, 1);

    sql->backend = &backend;
    sql->name = g_strdup(path);
    sql->statements = g_hash_table_new_full(NULL, NULL, NULL, statement_free);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    sqlite3 *handle = NULL;
    bool good = sqlite3_open_v2(path, &handle, flags, NULL) == SQLITE_OK;

    sql->handle = handle;

    if (!(good || fail(sql, error)) || !configure(sql, error)) {
        close_connection(sql);
        return false;
    }
    *out_sql = sql;
    return true;
}
