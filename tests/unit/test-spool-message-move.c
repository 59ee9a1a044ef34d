/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-message-move.c - a copy leaves the inbox after the decision, and not
 * before.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md
 */
#include "config.h"

#include "tests/unit/spool-help.h"

static GArray *
moves(SpoolDb *db, const char *mailbox, guint32 uidvalidity)
{
    GArray *all = NULL;

    const SpoolArrival before_all = {mailbox, uidvalidity, 0, 0};

    assert_ok(spool_message_moves(db, &before_all, 100, &all, &error));
    return all;
}

static void
assert_moves(SpoolDb *db, const char *mailbox, guint32 uidvalidity, guint count)
{
    g_autoptr(GArray) all = moves(db, mailbox, uidvalidity);

    assert_int_equal(all->len, count);
}

static void
put_copy(SpoolDb *db, const char *mailbox, guint32 uidvalidity, guint32 uid)
{
    SpoolArrival arrival = {mailbox, uidvalidity, uid, 1};
    g_autoptr(GBytes) raw = help_mail(1, 100);
    gint64 id = 0;

    assert_ok(spool_message_put(db, &arrival, raw, &id, &error));
    assert_int_equal(id, 1);
}

static void
decide(SpoolDb *db)
{
    SpoolDecision decision = help_decision();
    g_autofree char *reference = NULL;
    g_auto(SpoolClaim) claim = help_claim(db);

    assert_ok(spool_record_commit(db, &claim, &decision, &reference, &error));
}

static bool
filed(SpoolDb *db)
{
    return help_number(db, "SELECT COUNT(*) FROM mail WHERE state = 'filed'") == 1;
}

static void
test_after_the_decision(void **fixture)
{
    Spool *spool = *fixture;

    put_copy(spool->db, "lado", 1, 1);
    assert_moves(spool->db, "lado", 1, 0);
    assert_fails(spool_message_moved(spool->db, "lado", 1, 1, false, &error), SPOOL_ERROR_STATE);
    decide(spool->db);
    g_autoptr(GArray) all = moves(spool->db, "lado", 1);

    assert_int_equal(all->len, 1);
    assert_string_equal(g_array_index(all, SpoolMove, 0).action, "accept");
    assert_int_equal(g_array_index(all, SpoolMove, 0).uid, 1);
    assert_moves(spool->db, "lado", 2, 0);
    assert_moves(spool->db, "other", 1, 0);
    assert_ok(spool_message_moved(spool->db, "lado", 1, 1, false, &error));
    assert_ok(spool_message_moved(spool->db, "lado", 1, 1, false, &error));
    assert_moves(spool->db, "lado", 1, 0);
    assert_true(filed(spool->db));
}

/* Every copy is moved, also one that comes when the mail is decided or filed already. */
static void
test_copies(void **fixture)
{
    Spool *spool = *fixture;

    put_copy(spool->db, "lado", 1, 1);
    put_copy(spool->db, "cls", 1, 7);
    decide(spool->db);
    put_copy(spool->db, "lado", 1, 2);
    assert_moves(spool->db, "lado", 1, 2);
    assert_moves(spool->db, "cls", 1, 1);
    assert_ok(spool_message_moved(spool->db, "lado", 1, 1, false, &error));
    assert_ok(spool_message_moved(spool->db, "lado", 1, 2, false, &error));
    assert_false(filed(spool->db));
    assert_ok(spool_message_moved(spool->db, "cls", 1, 7, true, &error));
    assert_true(filed(spool->db));
    put_copy(spool->db, "lado", 1, 3);
    assert_false(filed(spool->db));
    assert_moves(spool->db, "lado", 1, 1);
    assert_ok(spool_message_moved(spool->db, "lado", 1, 3, false, &error));
    assert_true(filed(spool->db));
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM record"), 1);
}

/* Somebody took it away before we decided: it is ours all the same. */
static void
test_gone_before(void **fixture)
{
    Spool *spool = *fixture;

    put_copy(spool->db, "lado", 1, 1);
    assert_ok(spool_message_moved(spool->db, "lado", 1, 1, true, &error));
    decide(spool->db);
    assert_moves(spool->db, "lado", 1, 0);
    assert_true(filed(spool->db));
}

static void
test_too_large_stays(void **fixture)
{
    Spool *spool = *fixture;
    SpoolArrival arrival = {"lado", 1, 1, 1};
    g_autoptr(GBytes) headers = g_bytes_new_static("a: b\r\n", 6);
    gint64 id = 0;

    assert_ok(spool_message_put_unread(spool->db, &arrival, headers, 999, &id, &error));
    decide(spool->db);
    assert_moves(spool->db, "lado", 1, 0);
    assert_true(filed(spool->db));
    arrival.uid = 2;
    assert_ok(spool_message_put_unread(spool->db, &arrival, headers, 999, &id, &error));
    assert_moves(spool->db, "lado", 1, 0);
    assert_true(filed(spool->db));
}

static void
test_renumbered(void **fixture)
{
    Spool *spool = *fixture;
    guint32 uidvalidity = 9, next = 9;

    assert_ok(spool_cursor_get(spool->db, "lado", &uidvalidity, &next, &error));
    assert_int_equal(uidvalidity, 0);
    assert_int_equal(next, 0);
    assert_ok(spool_cursor_set(spool->db, "lado", 1, 2, &error));
    put_copy(spool->db, "lado", 1, 1);
    decide(spool->db);
    assert_ok(spool_cursor_set(spool->db, "lado", 0xfffffffe, 0xffffffff, &error));
    assert_ok(spool_cursor_get(spool->db, "lado", &uidvalidity, &next, &error));
    assert_int_equal(uidvalidity, 0xfffffffe);
    assert_int_equal(next, 0xffffffff);
    assert_moves(spool->db, "lado", 1, 0);
    assert_true(filed(spool->db));
    put_copy(spool->db, "lado", 0xfffffffe, 5);
    assert_moves(spool->db, "lado", 0xfffffffe, 1);
}

static void
test_unknown(void **fixture)
{
    Spool *spool = *fixture;

    assert_fails(spool_message_moved(spool->db, "lado", 1, 1, true, &error), SPOOL_ERROR_NOT_FOUND);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_after_the_decision), TEST(test_copies),     TEST(test_gone_before),
        TEST(test_too_large_stays),    TEST(test_renumbered), TEST(test_unknown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
