/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-trouble.c - troubles are counted while they last, and go when they have
 * gone.
 *
 * Runs in:  make check.
 * Source:   spool/trouble.h
 */
#include "config.h"

#include "tests/unit/spool-help.h"

#include "spool/trouble.h"

static void
test_counted(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GPtrArray) troubles = NULL;
    guint times = 0;

    assert_ok(spool_trouble_note(spool->db, "lado", "throttled", &times, &error));
    assert_int_equal(times, 1);
    assert_ok(spool_trouble_note(spool->db, "lado", "throttled", &times, &error));
    assert_int_equal(times, 2);
    assert_ok(spool_trouble_note(spool->db, "lado", "quota", NULL, &error));
    assert_ok(spool_trouble_note(spool->db, "cls", "throttled", &times, &error));
    assert_int_equal(times, 1);
    assert_ok(spool_trouble_list(spool->db, "lado", &troubles, &error));
    assert_int_equal(troubles->len, 2);
    const SpoolTrouble *quota = troubles->pdata[0], *throttled = troubles->pdata[1];

    assert_string_equal(quota->what, "quota");
    assert_string_equal(throttled->what, "throttled");
    assert_int_equal(throttled->times, 2);
    assert_true(throttled->since > 0 && throttled->last >= throttled->since);
}

static void
test_cleared(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GPtrArray) troubles = NULL;
    bool had = true;
    guint times = 0;

    assert_ok(spool_trouble_clear(spool->db, "lado", "auth", &had, &error));
    assert_false(had);
    assert_ok(spool_trouble_note(spool->db, "lado", "auth", NULL, &error));
    assert_ok(spool_trouble_clear(spool->db, "lado", "auth", &had, &error));
    assert_true(had);
    assert_ok(spool_trouble_list(spool->db, "lado", &troubles, &error));
    assert_int_equal(troubles->len, 0);
    assert_ok(spool_trouble_note(spool->db, "lado", "auth", &times, &error));
    assert_int_equal(times, 1);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {TEST(test_counted), TEST(test_cleared)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
