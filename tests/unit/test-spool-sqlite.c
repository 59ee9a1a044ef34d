/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-sqlite.c - the backend does what spool/sql.h says.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md, "The SQL"
 */
#include "config.h"

#include <sys/stat.h>

#include "tests/unit/spool-help.h"

/* PostgreSQL numbers $1 by its number; SQLite would by first appearance. */
static void
test_parameters_by_number(void **fixture)
{
    Spool *spool = *fixture;
    SpoolSqlNumber number;

    assert_ok(spool_sql_number(spool->db->sql, "SELECT $2 * 100 + $1 * 10 + $2",
                               SQL_ARGS(SQL_INT(1), SQL_INT(2)), &number, &error));
    assert_int_equal(number.value, 212);
}

static void
test_types(void **fixture)
{
    Spool *spool = *fixture;
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GBytes) none = g_bytes_new(NULL, 0);
    gsize length = 9;
    bool row = false;

    assert_ok(spool_sql_query(spool->db->sql, "SELECT $1, $2, $3, $4, $5, $6",
                              SQL_ARGS(SQL_INT(G_MININT64), SQL_REAL(0.25), SQL_TEXT("a\nb"),
                                       SQL_TEXT(NULL), SQL_BLOB("a\0b", 3), SQL_BYTES(none)),
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
    assert_ok(spool_sql_next(&rows, &row, &error));
    assert_false(row);
}

/* One statement inside another run of itself. */
static void
test_same_statement_twice_at_once(void **fixture)
{
    Spool *spool = *fixture;
    static const char text[] = "SELECT id FROM mail WHERE id >= $1 ORDER BY id";
    g_auto(SpoolSqlRows) outer = SPOOL_SQL_ROWS_INIT, inner = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    for (guint i = 1; i <= 3; i++)
        (void)help_put(spool->db, i, 10);
    assert_ok(spool_sql_query(spool->db->sql, text, SQL_ARGS(SQL_INT(1)), &outer, &error));
    assert_ok(spool_sql_next(&outer, &row, &error));
    assert_ok(spool_sql_query(spool->db->sql, text, SQL_ARGS(SQL_INT(3)), &inner, &error));
    assert_ok(spool_sql_next(&inner, &row, &error));
    assert_int_equal(spool_sql_int(&inner, 0), 3);
    assert_ok(spool_sql_next(&outer, &row, &error));
    assert_int_equal(spool_sql_int(&outer, 0), 2);
}

static void
test_busy(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolDb) other = NULL;
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    assert_ok(spool_db_open(spool->url, spool->key, &other, &error));
    help_tamper(other, "PRAGMA busy_timeout=1");
    assert_ok(spool_txn_begin(&txn, spool->db, &error));
    assert_fails(spool_audit_append(other, "a", "b", "c", NULL, &error), SPOOL_ERROR_BUSY);
    /* Readers do not wait for a writer. */
    assert_int_equal(help_number(other, "SELECT COUNT(*) FROM audit"), 0);
    spool_txn_clear(&txn);
    assert_ok(spool_audit_append(other, "a", "b", "c", NULL, &error));
}

/* A damaged page is told from a failing disk. */
static void
test_damaged_page(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *file = NULL;
    gsize length = 0;
    SpoolDb *db = NULL;

    help_close(spool);
    assert_true(g_file_get_contents(spool->path, &file, &length, NULL));
    memset(file + 100, 0xff, 4000);
    assert_true(g_file_set_contents(spool->path, file, (gssize)length, NULL));
    assert_fails(spool_db_open(spool->url, spool->key, &db, &error), SPOOL_ERROR_CORRUPT);
}

/* The file is as durable and as strict as doc/spool.md says. */
static void
test_pragmas(void **fixture)
{
    Spool *spool = *fixture;

    assert_int_equal(help_number(spool->db, "PRAGMA synchronous"), 2);
    assert_int_equal(help_number(spool->db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(help_number(spool->db, "PRAGMA page_size"), 8192);
    assert_int_equal(help_number(spool->db, "PRAGMA secure_delete"), 1);
    assert_int_equal(help_number(spool->db, "PRAGMA trusted_schema"), 0);
}

static void
test_no_database(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDb *db = NULL;

    help_close(spool);
    assert_true(g_file_set_contents(spool->path, "Dear Sir or Madam, ................", -1, NULL));
    assert_fails(spool_db_open(spool->url, spool->key, &db, &error), SPOOL_ERROR_CORRUPT);
}

/* Nobody else may read it. */
static void
test_file_mode(void **fixture)
{
    Spool *spool = *fixture;
    struct stat info;

    assert_int_equal(stat(spool->path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

/* No room: an error that says so, nothing half-written, and all well once there is room again. */
static void
test_disk_full(void **fixture)
{
    Spool *spool = *fixture;
    SpoolArrival arrival = {"lado", 1, 2, 2};
    g_autoptr(GBytes) raw = help_mail(2, 1000000);
    gint64 id = 0;
    guint64 entries = 0;

    (void)help_put(spool->db, 1, 10);
    help_tamper(spool->db, "PRAGMA max_page_count=80");
    assert_fails(spool_message_put(spool->db, &arrival, raw, &id, &error), SPOOL_ERROR_FULL);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM mail"), 1);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM arrival"), 1);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM chunk"), 1);
    assert_ok(spool_audit_verify(spool->db, &entries, &error));
    help_tamper(spool->db, "PRAGMA max_page_count=1000000");
    assert_ok(spool_message_put(spool->db, &arrival, raw, &id, &error));
    g_autoptr(GBytes) kept = NULL;

    assert_ok(spool_message_raw(spool->db, id, &kept, &error));
    assert_true(g_bytes_equal(kept, raw));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_parameters_by_number),
        TEST(test_types),
        TEST(test_same_statement_twice_at_once),
        TEST(test_busy),
        TEST(test_damaged_page),
        TEST(test_pragmas),
        TEST(test_no_database),
        TEST(test_file_mode),
        TEST(test_disk_full),
    };

    g_unsetenv("POSTERN_TEST_SPOOL"); /* a file, whatever the others are run on */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
