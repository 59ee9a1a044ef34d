/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-tries.c - more workers give nobody more guesses.
 *
 * Runs in:  make check; ./check postgres.
 * Source:   doc/review.md, "Safe pages"
 */
#include "config.h"

#include "spool/tries.h"
#include "tests/unit/spool-help.h"

static bool
may(SpoolDb *db, const char *client)
{
    bool answer = false;

    assert_ok(spool_tries_count(db, client, 3, &answer, &error));
    return answer;
}

/* Two connections, as two workers have; a minute that ends between two tries begins anew. */
static void
test_together(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolDb) other = NULL;
    gint64 minute;
    guint good;

    assert_ok(spool_db_open(spool->url, spool->key, &other, &error));
    do {
        minute = spool_now() / 60000000;
        good = 0;
        for (guint i = 0; i < 10; i++)
            good += may(i % 2 == 0 ? spool->db : other, "192.0.2.1");
    } while (minute != spool_now() / 60000000);
    assert_int_equal(good, 3);
    assert_true(may(other, "192.0.2.2"));
    assert_int_equal(
        help_number(spool->db, "SELECT number FROM tries ORDER BY number DESC LIMIT 1"), 3);
}

/* A whole network of IPv6 is one, as one person has it. */
static void
test_networks(void **fixture)
{
    Spool *spool = *fixture;
    gint64 minute;
    guint good;

    do {
        minute = spool_now() / 60000000;
        help_tamper(spool->db, "DELETE FROM tries");
        good = may(spool->db, "2001:db8:1:2::1") + may(spool->db, "2001:db8:1:2:ffff::1") +
               may(spool->db, "2001:db8:1:2::7") + may(spool->db, "2001:db8:1:2:3::");
        for (guint i = 0; i < 3; i++)
            good += may(spool->db, "::ffff:192.0.2.1") + may(spool->db, "::ffff:192.0.2.2");
        good += may(spool->db, "2001:db8:1:3::1");
    } while (minute != spool_now() / 60000000);
    assert_int_equal(good, 3 + 6 + 1);
}

/* The next minute is another one, and what is over is forgotten. */
static void
test_next_minute(void **fixture)
{
    Spool *spool = *fixture;

    for (guint i = 0; i < 5; i++)
        (void)may(spool->db, "192.0.2.1");
    help_tamper(spool->db, "UPDATE tries SET minute = minute - 1");
    assert_true(may(spool->db, "192.0.2.1"));
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM tries"), 1);
}

/* Who steals the spool does not read who signed in from where. */
static void
test_no_address_is_kept(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *all = NULL;
    gsize length = 0;

    assert_true(may(spool->db, "192.0.2.77"));
    all = help_contents(spool, &length);
    assert_null(g_strstr_len(all, (gssize)length, "192.0.2.77"));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_together),
        TEST(test_networks),
        TEST(test_next_minute),
        TEST(test_no_address_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
