/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-canary.c - only the canary that is under way counts when it comes back.
 *
 * Runs in:  make check.
 * Source:   spool/canary.h
 */
#include "config.h"

#include "tests/unit/spool-help.h"

#include "spool/canary.h"

static void
test_there_and_back(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *id = NULL;
    g_auto(SpoolCanary) none = {0}, sent = {0}, back = {0};
    bool known = false;

    assert_ok(spool_canary_get(spool->db, "lado", &none, &error));
    assert_null(none.message_id);
    assert_ok(spool_canary_begin(spool->db, "lado", "intake.example.org", NULL, &id, &error));
    assert_true(g_str_has_suffix(id, "@intake.example.org>"));
    assert_true(spool_canary_is_id(id));
    assert_ok(spool_canary_sent(spool->db, "lado", &error));
    assert_ok(spool_canary_get(spool->db, "lado", &sent, &error));
    assert_string_equal(sent.message_id, id);
    assert_true(sent.began > 0 && sent.sent >= sent.began && sent.back == 0);
    g_autofree char *upper = g_ascii_strup(id, -1);

    assert_ok(spool_canary_back(spool->db, "lado", upper, &known, &error));
    assert_true(known);
    assert_ok(spool_canary_get(spool->db, "lado", &back, &error));
    assert_true(back.back >= sent.sent);
    /* Once is enough: who sends a copy of it proves nothing. */
    assert_ok(spool_canary_back(spool->db, "lado", id, &known, &error));
    assert_false(known);
}

static void
test_others_do_not_count(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *old = NULL, *new = NULL, *late = NULL;
    bool known = true;

    assert_ok(spool_canary_begin(spool->db, "lado", "intake.example.org", NULL, &old, &error));
    assert_ok(spool_canary_begin(spool->db, "lado", "intake.example.org", old, &new, &error));
    /* Another node that had looked at the same time is too late. */
    assert_ok(spool_canary_begin(spool->db, "lado", "intake.example.org", old, &late, &error));
    assert_null(late);
    assert_string_not_equal(old, new);
    assert_ok(spool_canary_back(spool->db, "lado", old, &known, &error));
    assert_false(known);
    assert_ok(spool_canary_back(spool->db, "cls", new, &known, &error));
    assert_false(known);
    assert_false(spool_canary_is_id("<ack.7k3mq9tr.1@intake.example.org>"));
    assert_ok(spool_canary_back(spool->db, "lado", new, &known, &error));
    assert_true(known);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {TEST(test_there_and_back), TEST(test_others_do_not_count)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
