/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-postgres.c - the backend for PostgreSQL does what spool/sql.h says.
 *
 * Needs the server of the suite "postgres" of ./check.
 *
 * Runs in:  ./check postgres.
 * Source:   doc/spool.md, "PostgreSQL"
 */
#include "config.h"

#include <unistd.h>

#include "tests/unit/spool-help.h"

/* Without a server nothing here can be seen. */
static int
setup(void **fixture)
{
    *fixture = NULL;
    return help_server() != NULL ? help_setup(fixture) : 0;
}

static int
teardown(void **fixture)
{
    return *fixture != NULL ? help_teardown(fixture) : 0;
}

#define NEED_SERVER(spool)                                                                         \
    do {                                                                                           \
        if ((spool) == NULL) {                                                                     \
            print_message("SKIP no server: run ./check postgres\n");                               \
            skip();                                                                                \
        }                                                                                          \
    } while (0)

/* What two connections at once are for. */
static SpoolDb *
open_another(const Spool *spool)
{
    SpoolDb *db = NULL;

    assert_ok(spool_db_open(spool->url, spool->key, &db, &error));
    return db;
}

static void
append(SpoolDb *db)
{
    assert_ok(spool_audit_append(db, "a", "b", "c", NULL, &error));
}

/* A url that is refused before anything is connected. */
static void
test_urls(void **fixture)
{
    const char *const urls[] = {
        "postgresql://postern:secret@127.0.0.1/x",
        "postgresql://127.0.0.1/x?password=secret",
        "postgresql://127.0.0.1/x?nonsense=1",
    };
    g_autoptr(GBytes) key = help_key(7);
    SpoolDb *db = NULL;

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(urls); i++) {
        g_autoptr(GError) error = NULL;

        assert_false(spool_db_open(urls[i], key, &db, &error));
        assert_true(g_error_matches(error, SPOOL_ERROR, SPOOL_ERROR_SCHEMA));
        assert_null(strstr(error->message, "secret"));
    }
    assert_fails(spool_db_open("postgresql:///x?host=/nowhere", key, &db, &error), SPOOL_ERROR_IO);
}

/* A parameter that is NULL now and a text then is one statement on the server. */
static void
test_statements_do_not_pile_up(void **fixture)
{
    Spool *spool = *fixture;
    static const char text[] = "SELECT COALESCE($1, 'none')";
    gint64 before = 0;

    NEED_SERVER(spool);
    for (guint i = 0; i < 20; i++) {
        g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
        SpoolSqlArgs args = i % 2 == 0 ? SQL_ARGS(SQL_TEXT("some")) : SQL_ARGS(SQL_TEXT(NULL));
        bool row = false;

        assert_ok(spool_sql_query(spool->db->sql, text, args, &rows, &error));
        assert_ok(spool_sql_next(&rows, &row, &error));
        assert_string_equal(spool_sql_text(&rows, 0), i % 2 == 0 ? "some" : "none");
        if (i == 3)
            before = help_number(spool->db, "SELECT COUNT(*) FROM pg_prepared_statements");
    }
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM pg_prepared_statements"), before);
}

static void
test_types(void **fixture)
{
    Spool *spool = *fixture;
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GBytes) none = g_bytes_new(NULL, 0);
    gsize length = 9;
    bool row = false;

    NEED_SERVER(spool);
    assert_ok(spool_sql_query(
        spool->db->sql, "SELECT $1, $2, $3, $4, $5, $6, 7, 8::smallint, true, $1 = 1 OR $1 < 2",
        SQL_ARGS(SQL_INT(G_MININT64), SQL_REAL(0.25), SQL_TEXT("a\nb"), SQL_TEXT(NULL),
                 SQL_BLOB("a\0b", 3), SQL_BYTES(none)),
        &rows, &error));
    assert_ok(spool_sql_next(&rows, &row, &error));
    assert_true(row);
    assert_true(spool_sql_int(&rows, 0) == G_MININT64);
    assert_true(spool_sql_real(&rows, 1) == 0.25);
    assert_string_equal(spool_sql_text(&rows, 2), "a\nb");
    assert_true(spool_sql_is_null(&rows, 3));
    assert_null(spool_sql_text(&rows, 3));
    assert_memory_equal(spool_sql_blob(&rows, 4, &length), "a\0b", 3);
    assert_int_equal(length, 3);
    assert_false(spool_sql_is_null(&rows, 5));
    assert_int_equal(spool_sql_int(&rows, 6), 7);
    assert_int_equal(spool_sql_int(&rows, 7), 8);
    assert_int_equal(spool_sql_int(&rows, 8), 1);
    assert_int_equal(spool_sql_int(&rows, 9), 1);
    assert_ok(spool_sql_next(&rows, &row, &error));
    assert_false(row);
}

/* A statement that was first run with NULL takes any type afterwards. */
static void
test_null_first(void **fixture)
{
    Spool *spool = *fixture;
    static const char text[] = "SELECT 1 FROM mail WHERE owner = $1 OR lease = $2";
    const SpoolSqlValue values[][2] = {{SQL_NULL, SQL_NULL},
                                       {SQL_TEXT("x"), SQL_NULL},
                                       {SQL_TEXT("x"), SQL_INT(7)},
                                       {SQL_NULL, SQL_INT(7)}};
    SpoolSqlNumber number;

    NEED_SERVER(spool);
    for (guint i = 0; i < G_N_ELEMENTS(values); i++)
        assert_ok(
            spool_sql_number(spool->db->sql, text, (SpoolSqlArgs){values[i], 2}, &number, &error));
}

/* The server refuses what is not UTF-8; it must not be lost for that. */
static void
test_text_repaired(void **fixture)
{
    Spool *spool = *fixture;
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    NEED_SERVER(spool);
    assert_ok(spool_sql_query(spool->db->sql, "SELECT $1",
                              SQL_ARGS(SQL_TEXT("a\xff"
                                                "b")),
                              &rows, &error));
    assert_ok(spool_sql_next(&rows, &row, &error));
    assert_string_equal(spool_sql_text(&rows, 0), "a\xef\xbf\xbd"
                                                  "b");
}

/* One writer at a time; readers wait for nobody. */
static void
test_busy(void **fixture)
{
    Spool *spool = *fixture;
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    NEED_SERVER(spool);
    g_autoptr(SpoolDb) other = open_another(spool);

    assert_ok(spool_sql_script(other->sql, "SET lock_timeout = '50ms'", &error));
    assert_ok(spool_txn_begin(&txn, spool->db, &error));
    append(spool->db);
    assert_fails(spool_audit_append(other, "a", "b", "c", NULL, &error), SPOOL_ERROR_BUSY);
    assert_int_equal(help_number(other, "SELECT COUNT(*) FROM audit"), 0);
    assert_ok(spool_txn_commit(&txn, &error));
    append(other);
    assert_int_equal(help_number(spool->db, "SELECT MAX(id) FROM audit"), 2);
}

/* A node that falls asleep in a transaction keeps nobody out, and commits nothing when it wakes. */
static void
test_asleep(void **fixture)
{
    Spool *spool = *fixture;
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    NEED_SERVER(spool);
    g_autoptr(SpoolDb) other = open_another(spool);

    assert_ok(spool_sql_script(spool->db->sql, "SET idle_in_transaction_session_timeout = '100ms'",
                               &error));
    assert_ok(spool_txn_begin(&txn, spool->db, &error));
    append(spool->db);
    append(other); /* waits until the server has ended the sleeper */
    assert_fails(spool_txn_commit(&txn, &error), SPOOL_ERROR_IO);
    spool_txn_clear(&txn);
    append(spool->db);
    assert_int_equal(help_number(other, "SELECT COUNT(*) FROM audit"), 2);
}

static void
cut(SpoolDb *by, SpoolDb *whom)
{
    gint64 pid = help_number(whom, "SELECT pg_backend_pid()");
    SpoolSqlNumber done;

    /* Waits until it has ended. */
    assert_ok(spool_sql_number(by->sql, "SELECT pg_terminate_backend($1::int4, 10000)",
                               SQL_ARGS(SQL_INT(pid)), &done, &error));
    assert_int_equal(done.value, 1);
}

/* A node that is not heard of is put out, wherever it stands. */
static void
test_sessions_ended(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolDb) asleep = NULL;
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    NEED_SERVER(spool);
    g_autofree char *url = spool_db_named_url(spool->url, "a b");

    assert_ok(spool_db_open(url, spool->key, &asleep, &error));
    assert_ok(spool_txn_begin(&txn, asleep, &error));
    append(asleep);
    assert_ok(spool_sql_end_sessions(spool->db->sql, "postern@a", &error));
    append(asleep);
    assert_ok(spool_sql_end_sessions(spool->db->sql, "postern@a b", &error));
    append(spool->db);
    assert_fails(spool_txn_commit(&txn, &error), SPOOL_ERROR_IO);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM audit"), 1);
}

/* A connection that was lost is made again by the next transaction. */
static void
test_connection_lost(void **fixture)
{
    Spool *spool = *fixture;

    NEED_SERVER(spool);
    g_autoptr(SpoolDb) other = open_another(spool);

    append(spool->db);
    cut(other, spool->db);
    append(spool->db);
    cut(other, spool->db);
    assert_fails(spool_audit_list(spool->db, 0, 1, &(GPtrArray *){NULL}, &error), SPOOL_ERROR_IO);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM audit"), 2);
}

/* ... but what was half done is not taken up again. */
static void
test_connection_lost_half_way(void **fixture)
{
    Spool *spool = *fixture;
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    NEED_SERVER(spool);
    g_autoptr(SpoolDb) other = open_another(spool);

    assert_ok(spool_txn_begin(&txn, spool->db, &error));
    append(spool->db);
    cut(other, spool->db);
    assert_fails(spool_audit_append(spool->db, "a", "b", "c", NULL, &error), SPOOL_ERROR_IO);
    assert_fails(spool_txn_commit(&txn, &error), SPOOL_ERROR_STATE);
    spool_txn_clear(&txn);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM audit"), 0);
    append(spool->db);
}

/* A statement that failed spoils its transaction, whatever the caller makes of the error. */
static void
test_failed_statement(void **fixture)
{
    Spool *spool = *fixture;
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    NEED_SERVER(spool);
    assert_ok(spool_txn_begin(&txn, spool->db, &error));
    append(spool->db);
    assert_fails(spool_sql_run(spool->db->sql, "INSERT INTO mail (id) VALUES (1)", SQL_NO_ARGS,
                               NULL, &error),
                 SPOOL_ERROR_STATE);
    assert_fails(spool_txn_commit(&txn, &error), SPOOL_ERROR_STATE);
    spool_txn_clear(&txn);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM audit"), 0);
}

static void
test_append_only(void **fixture)
{
    Spool *spool = *fixture;
    const char *const acts[] = {"UPDATE audit SET actor = 'x'", "DELETE FROM audit",
                                "TRUNCATE audit"};

    NEED_SERVER(spool);
    append(spool->db);
    for (guint i = 0; i < G_N_ELEMENTS(acts); i++)
        assert_fails(spool_sql_script(spool->db->sql, acts[i], &error), SPOOL_ERROR_STATE);
}

/* What the server says, and what that is for us. */
static void
test_errors(void **fixture)
{
    Spool *spool = *fixture;
    static const struct {
        const char *state;
        SpoolError error;
    } rows[] = {
        {"40001", SPOOL_ERROR_BUSY},  {"40P01", SPOOL_ERROR_BUSY},    {"55P03", SPOOL_ERROR_BUSY},
        {"53100", SPOOL_ERROR_FULL},  {"53200", SPOOL_ERROR_IO},      {"57P01", SPOOL_ERROR_IO},
        {"08006", SPOOL_ERROR_IO},    {"XX001", SPOOL_ERROR_CORRUPT}, {"42P01", SPOOL_ERROR_SCHEMA},
        {"23505", SPOOL_ERROR_STATE}, {"58030", SPOOL_ERROR_IO},      {"25006", SPOOL_ERROR_IO},
    };

    NEED_SERVER(spool);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = g_strdup_printf(
            "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '%s'; END $$", rows[i].state);

        assert_fails(spool_sql_script(spool->db->sql, text, &error), rows[i].error);
    }
}

/* A commit is on the server's disk, whatever the server's own preset is. */
static void
test_durable(void **fixture)
{
    Spool *spool = *fixture;

    NEED_SERVER(spool);
    assert_int_equal(help_number(spool->db, "SELECT 1 WHERE current_setting('fsync') = 'on' AND"
                                            " current_setting('synchronous_commit') = 'on'"),
                     1);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_urls),
        TEST(test_statements_do_not_pile_up),
        TEST(test_types),
        TEST(test_null_first),
        TEST(test_text_repaired),
        TEST(test_busy),
        TEST(test_asleep),
        TEST(test_sessions_ended),
        TEST(test_connection_lost),
        TEST(test_connection_lost_half_way),
        TEST(test_failed_statement),
        TEST(test_append_only),
        TEST(test_errors),
        TEST(test_durable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
