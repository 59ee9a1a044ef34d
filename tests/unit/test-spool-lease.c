/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-lease.c - a mailbox belongs to one node that is alive.
 *
 * Runs in:  make check; ./check postgres.
 * Source:   doc/spool.md, "Nodes"
 */
#include "config.h"

#include "spool/lease.h"
#include "spool/message.h"
#include "spool/node.h"
#include "tests/unit/spool-help.h"

static void
join(SpoolDb *db, const char *name, guint lease_s)
{
    assert_ok(spool_node_join(db, name, lease_s, NULL, &error));
}

static gint64
take(SpoolDb *db, const char *node)
{
    gint64 token = -1;

    assert_ok(spool_lease_take(db, "lado", node, false, &token, &error));
    return token;
}

static void
test_one_node(void **fixture)
{
    Spool *spool = *fixture;

    join(spool->db, "a", 60);
    join(spool->db, "b", 60);
    gint64 first = take(spool->db, "a");

    assert_true(first > 0);
    assert_int_equal(take(spool->db, "b"), 0);
    assert_ok(spool_lease_check(spool->db, "lado", first, &error));
    assert_fails(spool_lease_check(spool->db, "cls", first, &error), SPOOL_ERROR_STALE);
}

/* A node that was started again has its own mailbox at once, and its past self has it no more. */
static void
test_own_again(void **fixture)
{
    Spool *spool = *fixture;

    join(spool->db, "a", 60);
    gint64 first = take(spool->db, "a"), second = take(spool->db, "a");

    assert_true(second > first);
    assert_fails(spool_lease_check(spool->db, "lado", first, &error), SPOOL_ERROR_STALE);
    assert_ok(spool_lease_check(spool->db, "lado", second, &error));
}

/* Who slept for too long commits nothing when it wakes. */
static void
test_late(void **fixture)
{
    Spool *spool = *fixture;
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    join(spool->db, "a", 0);
    join(spool->db, "b", 60);
    gint64 asleep = take(spool->db, "a");

    /* Nobody has taken it over yet, so a late word is welcome. */
    assert_ok(spool_lease_check(spool->db, "lado", asleep, &error));
    gint64 second = take(spool->db, "b");

    assert_true(second > asleep);
    assert_ok(spool_txn_begin(&txn, spool->db, &error));
    assert_fails(spool_lease_check(spool->db, "lado", asleep, &error), SPOOL_ERROR_STALE);
    spool_txn_clear(&txn);
    assert_int_equal(take(spool->db, "a"), 0);
}

static void
test_given_back(void **fixture)
{
    Spool *spool = *fixture;

    join(spool->db, "a", 60);
    join(spool->db, "b", 60);
    gint64 first = take(spool->db, "a");

    assert_ok(spool_lease_give(spool->db, "lado", first, &error));
    gint64 second = take(spool->db, "b");

    assert_true(second > first);
    /* Too late, and harmless. */
    assert_ok(spool_lease_give(spool->db, "lado", first, &error));
    assert_int_equal(take(spool->db, "a"), 0);
    assert_ok(spool_lease_check(spool->db, "lado", second, &error));
}

static gint64
take_fairly(SpoolDb *db, const char *mailbox, const char *node)
{
    gint64 token = -1;

    assert_ok(spool_lease_take(db, mailbox, node, true, &token, &error));
    return token;
}

static void
assert_surplus(SpoolDb *db, const char *node, const char *wanted)
{
    g_autofree char *surplus = NULL;

    assert_ok(spool_lease_surplus(db, node, &surplus, &error));
    assert_true(g_strcmp0(surplus, wanted) == 0);
}

static bool
is_elsewhere(SpoolDb *db, const char *mailbox, const char *node)
{
    bool is = false;

    assert_ok(spool_lease_is_elsewhere(db, mailbox, node, &is, &error));
    return is;
}

/* A node that joins gets its share, one by one, and no more than that. */
static void
test_shared_fairly(void **fixture)
{
    Spool *spool = *fixture;
    gint64 c;

    join(spool->db, "a", 60);
    assert_true(take_fairly(spool->db, "m1", "a") > 0);
    assert_true(take_fairly(spool->db, "m2", "a") > 0);
    c = take_fairly(spool->db, "m3", "a");
    assert_surplus(spool->db, "a", NULL);
    join(spool->db, "b", 60);
    assert_surplus(spool->db, "a", "m3");
    assert_surplus(spool->db, "b", NULL);
    assert_ok(spool_lease_give(spool->db, "m3", c, &error));
    /* On its way to b, so that a gives no other meanwhile, and does not take this one back. */
    assert_surplus(spool->db, "a", NULL);
    assert_int_equal(take_fairly(spool->db, "m3", "a"), 0);
    assert_false(is_elsewhere(spool->db, "m3", "a"));
    assert_true(take_fairly(spool->db, "m3", "b") > c);
    assert_true(is_elsewhere(spool->db, "m3", "a"));
    assert_surplus(spool->db, "a", NULL);
    /* Nobody need yield for what it has. */
    assert_true(take_fairly(spool->db, "m2", "a") > 0);
}

/* A node that is dead gets nothing. */
static void
test_not_with_the_dead(void **fixture)
{
    Spool *spool = *fixture;

    join(spool->db, "a", 60);
    join(spool->db, "b", 0);
    for (guint i = 1; i <= 3; i++) {
        g_autofree char *name = g_strdup_printf("m%u", i);

        assert_true(take_fairly(spool->db, name, "a") > 0);
    }
    assert_surplus(spool->db, "a", NULL);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_one_node),   TEST(test_own_again),     TEST(test_late),
        TEST(test_given_back), TEST(test_shared_fairly), TEST(test_not_with_the_dead),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
