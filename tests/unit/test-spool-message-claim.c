/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-message-claim.c - each mail is read by one reader at a time.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md
 */
#include "config.h"

#include "tests/unit/spool-help.h"

static void
test_oldest_first(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GArray) claims = NULL;

    for (guint i = 5; i >= 1; i--)
        (void)help_put(spool->db, i, 10);
    assert_ok(spool_message_claim(spool->db, "one", 3, 60, &claims, &error));
    assert_int_equal(claims->len, 3);
    for (guint i = 0; i < 3; i++) {
        SpoolClaim *claim = &g_array_index(claims, SpoolClaim, i);

        assert_int_equal(claim->received, i + 1);
        assert_int_equal(claim->attempts, 1);
        assert_string_equal(claim->mailbox, "lado");
        assert_false(claim->unread);
    }
}

static gint64
put_into(SpoolDb *db, const char *mailbox, guint number)
{
    SpoolArrival arrival = {mailbox, 1, number, number};
    g_autoptr(GBytes) raw = help_mail(number, 10);
    gint64 id = 0;

    assert_ok(spool_message_put(db, &arrival, raw, &id, &error));
    return id;
}

/* However many wait in one mailbox, and however old they are, the others get their turn. */
static void
test_mailboxes_in_turn(void **fixture)
{
    Spool *spool = *fixture;
    const char *const turns[] = {"a", "b", "c", "a", "a", "a"};
    g_autoptr(GArray) claims = NULL;

    for (guint i = 1; i <= 20; i++)
        (void)put_into(spool->db, "a", i);
    (void)put_into(spool->db, "b", 100);
    (void)put_into(spool->db, "c", 101);
    for (guint i = 0; i < G_N_ELEMENTS(turns); i++) {
        g_auto(SpoolClaim) claim = help_claim(spool->db);

        assert_string_equal(claim.mailbox, turns[i]);
    }
    (void)put_into(spool->db, "b", 102);
    assert_ok(spool_message_claim(spool->db, "one", 8, 60, &claims, &error));
    assert_int_equal(claims->len, 5);
    assert_string_equal(g_array_index(claims, SpoolClaim, 0).mailbox, "b");
    for (guint i = 1; i < 5; i++)
        assert_string_equal(g_array_index(claims, SpoolClaim, i).mailbox, "a");
    assert_int_equal(g_array_index(claims, SpoolClaim, 1).received, 5);
}

/* A mail whose reader went away comes alone: it may be what took the reader down. */
static void
test_lost_one_comes_alone(void **fixture)
{
    Spool *spool = *fixture;

    for (guint i = 1; i <= 4; i++)
        (void)help_put(spool->db, i, 10);
    g_auto(SpoolClaim) first = help_claim(spool->db);
    g_auto(SpoolClaim) second = help_claim(spool->db);

    assert_int_not_equal(first.id, second.id);
    assert_ok(spool_message_reclaim(spool->db, "test", &error));
    for (guint i = 0; i < 3; i++) {
        g_autoptr(GArray) claims = NULL;

        assert_ok(spool_message_claim(spool->db, "test", 9, 60, &claims, &error));
        assert_int_equal(claims->len, i < 2 ? 1 : 2);
        assert_int_equal(g_array_index(claims, SpoolClaim, 0).attempts, i < 2 ? 2 : 1);
    }
}

static void
test_lease(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GArray) none = NULL;

    (void)help_put(spool->db, 1, 10);
    g_auto(SpoolClaim) first = help_claim(spool->db);

    assert_ok(spool_message_claim(spool->db, "two", 9, 60, &none, &error));
    assert_int_equal(none->len, 0);
    help_tamper(spool->db, "UPDATE mail SET lease = 1");
    g_auto(SpoolClaim) second = help_claim(spool->db);

    assert_int_equal(second.id, first.id);
    assert_int_equal(second.attempts, 2);
    assert_true(second.token > first.token);
}

/* The attempt is on disk before the reader starts: a new connection sees it. */
static void
test_attempts_survive(void **fixture)
{
    Spool *spool = *fixture;

    (void)help_put(spool->db, 1, 10);
    for (guint i = 1; i <= 3; i++) {
        g_auto(SpoolClaim) claim = help_claim(spool->db);

        assert_int_equal(claim.attempts, i);
        help_close(spool);
        help_open(spool);
        assert_ok(spool_message_reclaim(spool->db, "test", &error));
    }
}

static void
test_release_does_not_count(void **fixture)
{
    Spool *spool = *fixture;

    (void)help_put(spool->db, 1, 10);
    for (guint i = 0; i < 3; i++) {
        g_auto(SpoolClaim) claim = help_claim(spool->db);

        assert_int_equal(claim.attempts, 1);
        assert_ok(spool_message_release(spool->db, &claim, &error));
        assert_fails(spool_message_release(spool->db, &claim, &error), SPOOL_ERROR_STALE);
    }
}

static void
test_reclaim_only_its_own(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GArray) none = NULL;

    (void)help_put(spool->db, 1, 10);
    g_auto(SpoolClaim) claim = help_claim(spool->db);

    assert_ok(spool_message_reclaim(spool->db, "somebody else", &error));
    assert_ok(spool_message_claim(spool->db, "two", 9, 60, &none, &error));
    assert_int_equal(none->len, 0);
    assert_ok(spool_message_release(spool->db, &claim, &error));
}

static void
test_own_transaction(void **fixture)
{
    Spool *spool = *fixture;
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_autoptr(GArray) claims = NULL;

    assert_ok(spool_txn_begin(&txn, spool->db, &error));
    assert_fails(spool_message_claim(spool->db, "one", 1, 60, &claims, &error), SPOOL_ERROR_STATE);
}

static void
test_backlog(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    guint count = 9;
    gint64 oldest = 9;
    g_autofree char *reference = NULL;

    assert_ok(spool_message_backlog(spool->db, &count, &oldest, &error));
    assert_int_equal(count, 0);
    assert_int_equal(oldest, 0);
    for (guint i = 3; i <= 5; i++)
        (void)help_put(spool->db, i, 10);
    g_auto(SpoolClaim) claim = help_claim(spool->db);

    assert_ok(spool_message_backlog(spool->db, &count, &oldest, &error));
    assert_int_equal(count, 3);
    assert_int_equal(oldest, 3);
    assert_ok(spool_record_commit(spool->db, &claim, &decision, &reference, &error));
    assert_ok(spool_message_backlog(spool->db, &count, &oldest, &error));
    assert_int_equal(count, 2);
    assert_int_equal(oldest, 4);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_oldest_first),
        TEST(test_mailboxes_in_turn),
        TEST(test_lost_one_comes_alone),
        TEST(test_lease),
        TEST(test_attempts_survive),
        TEST(test_release_does_not_count),
        TEST(test_reclaim_only_its_own),
        TEST(test_own_transaction),
        TEST(test_backlog),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
