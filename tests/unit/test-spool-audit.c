/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-audit.c - every change of the chain is noticed.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md
 */
#include "config.h"

#include "tests/unit/spool-help.h"

static void
fill(SpoolDb *db, guint count)
{
    for (guint i = 0; i < count; i++)
        assert_ok(spool_audit_append(db, "tester", "acted", "mail:1", i % 2 ? "{}" : NULL, &error));
}

static void
assert_broken_at(SpoolDb *db, const char *words)
{
    g_autoptr(GError) error = NULL;
    guint64 count = 0;

    assert_false(spool_audit_verify(db, &count, &error));
    assert_true(g_error_matches(error, SPOOL_ERROR, SPOOL_ERROR_AUDIT));
    if (strstr(error->message, words) == NULL)
        fail_msg("no \"%s\" in: %s", words, error->message);
}

/* What only someone who can drop the triggers can do. */
static void
disarm(SpoolDb *db)
{
    help_tamper(db, help_server() != NULL
                        ? "ALTER TABLE audit DISABLE TRIGGER USER"
                        : "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete");
}

static void
test_empty_and_whole(void **fixture)
{
    Spool *spool = *fixture;
    guint64 count = 9;

    assert_ok(spool_audit_verify(spool->db, &count, &error));
    assert_int_equal(count, 0);
    fill(spool->db, 5);
    help_close(spool);
    help_open(spool);
    fill(spool->db, 5);
    assert_ok(spool_audit_verify(spool->db, &count, &error));
    assert_int_equal(count, 10);
}

static void
test_table_refuses_changes(void **fixture)
{
    Spool *spool = *fixture;

    fill(spool->db, 3);
    assert_fails(spool_sql_run(spool->db->sql, "UPDATE audit SET actor = 'x' WHERE id = 2",
                               SQL_NO_ARGS, NULL, &error),
                 SPOOL_ERROR_STATE);
    assert_fails(
        spool_sql_run(spool->db->sql, "DELETE FROM audit WHERE id = 3", SQL_NO_ARGS, NULL, &error),
        SPOOL_ERROR_STATE);
}

static void
test_changed_entries(void **fixture)
{
    const char *const changes[] = {
        "UPDATE audit SET actor = 'other' WHERE id = 4",
        "UPDATE audit SET act = 'other' WHERE id = 4",
        "UPDATE audit SET object = 'mail:2' WHERE id = 4",
        "UPDATE audit SET detail = NULL WHERE id = 4",
        "UPDATE audit SET detail = '{} ' WHERE id = 4",
        "UPDATE audit SET at = at + 1 WHERE id = 4",
        "UPDATE audit SET hash = (SELECT hash FROM audit WHERE id = 1) WHERE id = 4",
        /* a letter from one text to the next */
        "UPDATE audit SET actor = 'testera', act = 'cted' WHERE id = 4",
    };

    for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
        void *own = NULL;

        (void)help_setup(&own);
        Spool *spool = own;

        fill(spool->db, 8);
        disarm(spool->db);
        help_tamper(spool->db, changes[i]);
        assert_broken_at(spool->db, "entry 4 ");
        (void)help_teardown(&own);
    }
}

static void
test_deleted_entry(void **fixture)
{
    Spool *spool = *fixture;

    fill(spool->db, 8);
    disarm(spool->db);
    help_tamper(spool->db, "DELETE FROM audit WHERE id = 5");
    assert_broken_at(spool->db, "entry 5 is missing");
}

/* The hashes alone would not tell that the last ones are gone. */
static void
test_cut_off(void **fixture)
{
    Spool *spool = *fixture;

    fill(spool->db, 8);
    disarm(spool->db);
    help_tamper(spool->db, "DELETE FROM audit WHERE id > 6");
    assert_broken_at(spool->db, "entries 7 to 8");
    help_tamper(spool->db, "UPDATE audit_head SET entry = 6");
    assert_broken_at(spool->db, "entry 6 is not the last one");
    help_tamper(spool->db, "DELETE FROM audit_head");
    assert_broken_at(spool->db, "mark of the last");
}

/* What Postern writes afterwards must not hide it. */
static void
test_cut_off_before_the_next_entry(void **fixture)
{
    static const char *const cuts[] = {
        "DELETE FROM audit WHERE id > 6",
        "DELETE FROM audit WHERE id > 6; DELETE FROM audit_head",
        "DELETE FROM audit WHERE id > 6; UPDATE audit_head SET entry = 6",
        "DELETE FROM audit",
    };

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cuts); i++) {
        void *own = NULL;

        (void)help_setup(&own);
        Spool *spool = own;

        fill(spool->db, 8);
        disarm(spool->db);
        help_tamper(spool->db, cuts[i]);
        fill(spool->db, 3);
        assert_broken_at(spool->db, i == 3 ? "entry 1 is missing" : "entry 7 is missing");
        (void)help_teardown(&own);
    }
}

static void
test_all_deleted(void **fixture)
{
    Spool *spool = *fixture;

    fill(spool->db, 8);
    disarm(spool->db);
    help_tamper(spool->db, "DELETE FROM audit");
    assert_broken_at(spool->db, "entries 1 to 8");
}

/* Rolled back with the act it tells of. */
static void
test_joins_the_transaction(void **fixture)
{
    Spool *spool = *fixture;
    guint64 count = 0;

    {
        g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

        assert_ok(spool_txn_begin(&txn, spool->db, &error));
        fill(spool->db, 3);
    }
    assert_ok(spool_audit_verify(spool->db, &count, &error));
    assert_int_equal(count, 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_empty_and_whole), TEST(test_table_refuses_changes),
        TEST(test_changed_entries), TEST(test_deleted_entry),
        TEST(test_cut_off),         TEST(test_cut_off_before_the_next_entry),
        TEST(test_all_deleted),     TEST(test_joins_the_transaction),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
