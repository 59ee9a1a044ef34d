/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-backoff.c - pauses grow, differ, and obey a server that names one.
 *
 * Runs in:  make check.
 * Source:   daemon/backoff.h; field: what Exchange Online says
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdbool.h>

#include <cmocka.h>

#include "daemon/backoff.h"

static void
test_grows(void **fixture)
{
    DaemonBackoff backoff = {.min_s = 2, .max_s = 60};

    (void)fixture;
    for (guint i = 0, whole = 2000; i < 12; i++, whole = MIN(whole * 2, 60000)) {
        guint pause = daemon_backoff_fail(&backoff);

        assert_in_range(pause, whole / 2, whole);
    }
    daemon_backoff_reset(&backoff);
    assert_in_range(daemon_backoff_fail(&backoff), 1000, 2000);
}

static void
test_differs(void **fixture)
{
    bool seen_another = false;
    guint first = daemon_backoff_fail(&(DaemonBackoff){.min_s = 60, .max_s = 60});

    (void)fixture;
    for (guint i = 0; i < 20; i++)
        seen_another |= daemon_backoff_fail(&(DaemonBackoff){.min_s = 60, .max_s = 60}) != first;
    assert_true(seen_another);
}

static void
test_asked(void **fixture)
{
    static const struct {
        const char *text;
        guint ms;
    } rows[] = {
        {"select: BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds", 299961},
        {"SUGGESTED BACKOFF TIME:1500 Milliseconds", 1500},
        {"Suggested Backoff Time: 1500ms.", 1500},
        {"Suggested Backoff Time: 90 seconds", 90000},
        {"Suggested Backoff Time: 99999999999999999999999 milliseconds", 3600000},
        {"Suggested Backoff Time: 99999999999 seconds", 3600000},
        {"Suggested Backoff Time: -1 milliseconds", 3600000},
        {"Suggested Backoff Time: soon", 0},
        {"Suggested Backoff Time:", 0},
        {"come back later", 0},
        {"", 0},
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_int_equal(daemon_backoff_asked(rows[i].text), rows[i].ms);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_grows), cmocka_unit_test(test_differs),
                                       cmocka_unit_test(test_asked)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
