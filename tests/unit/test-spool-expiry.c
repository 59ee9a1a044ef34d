/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-expiry.c - the first end counts, and who is gone is forgotten.
 *
 * Runs in:  make check.
 * Source:   spool/expiry.h
 */
#include "config.h"

#include "tests/unit/spool-help.h"

#include "spool/expiry.h"

static void
note(const Spool *spool, const char *login, const char *holder, gint64 ends, gint64 now)
{
    assert_ok(spool_expiry_note(spool->db, &(const SpoolExpiry){login, holder, ends, now}, &error));
}

static gint64
get(const Spool *spool, const char *login)
{
    gint64 ends = -1;

    assert_ok(spool_expiry_get(spool->db, login, &ends, &error));
    return ends;
}

static void
test_first_end(void **fixture)
{
    const Spool *spool = *fixture;

    assert_int_equal(get(spool, "cloud"), 0);
    note(spool, "cloud", "courier@a", 500, 1);
    assert_int_equal(get(spool, "cloud"), 500);
    note(spool, "cloud", "mailbox:lado@a", 300, 2);
    note(spool, "other", "courier@a", 100, 2);
    assert_int_equal(get(spool, "cloud"), 300);
    /* Started again with the new one. */
    note(spool, "cloud", "mailbox:lado@a", 900, 3);
    assert_int_equal(get(spool, "cloud"), 500);
}

static void
test_gone(void **fixture)
{
    const Spool *spool = *fixture;

    note(spool, "cloud", "courier@old", 300, 10);
    note(spool, "other", "courier@old", 300, 10);
    note(spool, "cloud", "courier@new", 900, 10 + SPOOL_EXPIRY_STALE);
    assert_int_equal(get(spool, "cloud"), 300);
    note(spool, "cloud", "courier@new", 900, 11 + SPOOL_EXPIRY_STALE);
    assert_int_equal(get(spool, "cloud"), 900);
    assert_int_equal(get(spool, "other"), 300);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {TEST(test_first_end), TEST(test_gone)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
