/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/postgres.c - the spool in a PostgreSQL database, which several nodes may share.
 *
 * Writers go one after the other, as with SQLite: each transaction that may write
 * holds one lock of the database until it has ended.  So what was read stays true
 * until it is acted on, and the audit is one chain.
 *
 * Runs in:  every role; a connection never crosses a fork.
 * Source:   doc/spool.md, "PostgreSQL"
 */
#include "config.h"

#include <string.h>

#include "spool/postgres-private.h"

/* Two numbers name the lock: "postern", and the schema, so that each spool of a database has one.
 */
#define LOCK "pg_advisory_xact_lock(1886352238, hashtext(current_schema()))"

/* What each connection starts with.  A node that sleeps in the middle of a transaction must not
 * keep the others out: the server ends it. */
static const char session[] =
    "SET lock_timeout = '15s';"
    "SET statement_timeout = '100s';"
    "SET idle_in_transaction_session_timeout = '10s';"
    "SET client_min_messages = 'warning';"
    "SET default_transaction_isolation = 'read committed';"
    "SELECT set_config('synchronous_commit', 'on', false)"
    " WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')";

static bool
exec(SpoolSql *sql, const char *text, GError **error)
{
    g_autoptr(SpoolPgResult) result = PQexec(sql->handle, text);
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
           spool_postgres_fail(sql, result, error);
}

static void
ignore_notice(void *data, const PGresult *result)
{
    (void)data;
    (void)result;
}

/* A mail is ours once it is on disk: a server that does not wait for its disk is refused. */
static bool
check_server(SpoolSql *sql, GError **error)
{
    g_autoptr(SpoolPgResult) result =
        PQexec(sql->handle, "SELECT current_setting('fsync') = 'on',"
                            " current_setting('server_encoding') = 'UTF8'");

    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        return spool_postgres_fail(sql, result, error);
    if (strcmp(PQgetvalue(result, 0, 0), "t") != 0)
        return spool_throw(error, SPOOL_ERROR_SCHEMA,
                           "spool %s: the server runs with fsync=off and would lose mail",
                           sql->name);
    if (strcmp(PQgetvalue(result, 0, 1), "t") != 0)
        return spool_throw(error, SPOOL_ERROR_SCHEMA, "spool %s: make the database with UTF8",
                           sql->name);
    return true;
}

static bool
start_session(SpoolSql *sql, GError **error)
{
    if (PQstatus(sql->handle) != CONNECTION_OK)
        return spool_postgres_fail(sql, NULL, error);
    PQsetNoticeReceiver(sql->handle, ignore_notice, NULL);
    return exec(sql, session, error) && check_server(sql, error);
}

/* The connection was lost: what was prepared in it is gone. */
static bool
reconnect(SpoolSql *sql, GError **error)
{
    g_hash_table_remove_all(sql->statements);
    PQreset(sql->handle);
    return start_session(sql, error);
}

static bool
is_lost(const SpoolSql *sql)
{
    return PQstatus(sql->handle) != CONNECTION_OK;
}

static void
close_connection(SpoolSql *sql)
{
    g_hash_table_unref(sql->statements);
    PQfinish(sql->handle);
    g_free(sql->name);
    g_free(sql);
}

static bool
append_only(SpoolSql *sql, const char *table, GError **error)
{
    g_autofree char *text = g_strdup_printf(
        "CREATE FUNCTION %s_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '%s is append-only' USING ERRCODE = '23001'; END $$;"
        "CREATE TRIGGER %s_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON %s"
        " FOR EACH STATEMENT EXECUTE FUNCTION %s_refuse()",
        table, table, table, table, table);

    return exec(sql, text, error);
}

static bool
has_table(SpoolSql *sql, const char *table, bool *out_has, GError **error)
{
    SpoolSqlNumber one;

    if (!spool_sql_number(sql,
                          "SELECT 1 FROM pg_catalog.pg_tables"
                          " WHERE schemaname = current_schema() AND tablename = $1",
                          SQL_ARGS(SQL_TEXT(table)), &one, error))
        return false;
    *out_has = one.found;
    return true;
}

static bool
is_empty(SpoolSql *sql, bool *out_empty, GError **error)
{
    SpoolSqlNumber one;

    if (!spool_sql_number(sql,
                          "SELECT 1 FROM pg_catalog.pg_tables"
                          " WHERE schemaname = current_schema() LIMIT 1",
                          SQL_NO_ARGS, &one, error))
        return false;
    *out_empty = !one.found;
    return true;
}

/* Nothing has been done yet, so a connection that was lost since the last time is made again. */
static bool
start_transaction(SpoolSql *sql, const char *text, GError **error)
{
    g_autoptr(GError) problem = NULL;

    if (is_lost(sql) && !reconnect(sql, error))
        return false;
    if (!exec(sql, text, &problem)) {
        if (!is_lost(sql)) {
            g_propagate_error(error, g_steal_pointer(&problem));
            return exec(sql, "ROLLBACK", NULL) && false;
        }
        if (!reconnect(sql, error) || !exec(sql, text, error))
            return false;
    }
    ((SpoolPostgres *)sql)->open = true;
    return true;
}

static bool
begin(SpoolSql *sql, GError **error)
{
    return start_transaction(sql, "BEGIN; SELECT " LOCK, error);
}

static bool
begin_reading(SpoolSql *sql, GError **error)
{
    return start_transaction(sql, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", error);
}

static bool
commit(SpoolSql *sql, GError **error)
{
    g_autoptr(SpoolPgResult) result = PQexec(sql->handle, "COMMIT");

    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return spool_postgres_fail(sql, result, error);
    ((SpoolPostgres *)sql)->open = false;
    /* The server's answer to the commit of a transaction in which something failed. */
    if (strcmp(PQcmdStatus(result), "COMMIT") != 0)
        return spool_throw(error, SPOOL_ERROR_STATE, "spool %s: the transaction had failed",
                           sql->name);
    return true;
}

static void
rollback(SpoolSql *sql)
{
    ((SpoolPostgres *)sql)->open = false;
    if (!is_lost(sql) && PQtransactionStatus(sql->handle) != PQTRANS_IDLE)
        exec(sql, "ROLLBACK", NULL);
}

static bool
read_clock(SpoolSql *sql, gint64 *out_now, GError **error)
{
    SpoolSqlNumber now;

    if (!spool_sql_number(sql,
                          "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)",
                          SQL_NO_ARGS, &now, error))
        return false;
    *out_now = now.value;
    return true;
}

static bool
end_sessions(SpoolSql *sql, const char *name, GError **error)
{
    /* The server keeps 63 bytes of a name. */
    return spool_sql_run(sql,
                         "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                         " WHERE datname = current_database() AND usename = current_user"
                         " AND application_name = left($1, 63) AND pid <> pg_backend_pid()",
                         SQL_ARGS(SQL_TEXT(name)), NULL, error);
}

static guint64
changes(SpoolSql *sql)
{
    return sql->changes;
}

static bool
query(SpoolSql *sql, const char *text, SpoolSqlArgs args, SpoolSqlRows *out_rows, GError **error)
{
    if (is_lost(sql) && !((SpoolPostgres *)sql)->open && !reconnect(sql, error))
        return false;
    return spool_postgres_query(sql, text, args, out_rows, error);
}

static const SpoolSqlBackend backend = {
    .close = close_connection,
    .id_word = "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
    .blob_word = "BYTEA",
    .real_word = "DOUBLE PRECISION",
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
    .next = spool_postgres_next,
    .rows_clear = spool_postgres_rows_clear,
    .is_null = spool_postgres_is_null,
    .get_int = spool_postgres_int,
    .get_real = spool_postgres_real,
    .get_text = spool_postgres_text,
    .get_blob = spool_postgres_blob,
};

/* The url goes into logs and pages of staff: it may name a file with a password, not be one. */
static bool
check_url(const char *url, GError **error)
{
    char *unused = NULL;
    PQconninfoOption *options = PQconninfoParse(url, &unused);
    bool secret = false;

    PQfreemem(unused);
    if (options == NULL)
        return spool_throw(error, SPOOL_ERROR_SCHEMA,
                           "spool url: not such as postgresql://user@host:5432/database");
    for (const PQconninfoOption *option = options; option->keyword != NULL; option++)
        if (strcmp(option->keyword, "password") == 0 && option->val != NULL)
            secret = true;
    PQconninfoFree(options);
    return !secret || spool_throw(error, SPOOL_ERROR_SCHEMA,
                                  "spool url: no password belongs here; name a file that has it: "
                                  "?passfile=/etc/postern/database.password");
}

/* What stands before the url holds where the url says nothing. */
static PGconn *
connect_to(const char *url)
{
    const char *const names[] = {"fallback_application_name",
                                 "connect_timeout",
                                 "gssencmode",
                                 "target_session_attrs",
                                 "keepalives_idle",
                                 "keepalives_interval",
                                 "keepalives_count",
                                 "tcp_user_timeout",
                                 "dbname",
                                 "client_encoding",
                                 NULL};
    const char *const values[] = {"postern", "10",    "disable", "read-write", "10", "5",
                                  "3",       "15000", url,       "UTF8",       NULL};

    return PQconnectdbParams(names, values, 1);
}

/* A host that is a folder is where the server's socket lies. */
bool
spool_postgres_is_remote(const char *url)
{
    PQconninfoOption *options = PQconninfoParse(url, NULL);
    bool remote = false;

    for (const PQconninfoOption *option = options; option != NULL && option->keyword != NULL;
         option++) {
        bool host = strcmp(option->keyword, "host") == 0 && option->val != NULL;
        bool other = strcmp(option->keyword, "hostaddr") == 0 && option->val != NULL;

        remote |= other || (host && (option->val[0] != '/' || strchr(option->val, ',') != NULL));
    }
    PQconninfoFree(options);
    return remote;
}

bool
spool_postgres_open(const char *url, SpoolSql **out_sql, GError **error)
{
    if (!check_url(url, error))
        return false;
    SpoolPostgres *postgres = g_new0(SpoolPostgres, 1);
    SpoolSql *sql = &postgres->base;
    PGconn *connection = connect_to(url);

    sql->backend = &backend;
    sql->handle = connection;
    sql->name = g_strdup_printf("postgresql://%s/%s", PQhost(connection), PQdb(connection));
    sql->statements = g_hash_table_new_full(NULL, NULL, NULL, spool_postgres_statement_free);
    if (!start_session(sql, error)) {
        close_connection(sql);
        return false;
    }
    *out_sql = sql;
    return true;
}
