/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-trouble.c - every trouble has words, and is told when it is time.
 *
 * Runs in:  make check.
 * Source:   daemon/trouble.h
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/trouble.h"

/* Whatever ends a connection has a word, each word of a connection is forgotten when it works, and
 * each has something to say. */
static void
test_words(void **fixture)
{
    const char *const *words = daemon_trouble_of_connection();

    (void)fixture;
    for (int code = 0; code < DAEMON_N_ERRORS; code++) {
        g_autoptr(GError) failure = g_error_new(DAEMON_ERROR, code, "x");

        assert_true(g_strv_contains(words, daemon_trouble_word(failure)));
    }
    for (; *words != NULL; words++) {
        SpoolTrouble trouble = {.what = (char *)*words, .times = G_MAXUINT};
        const char *says = NULL;

        assert_true(daemon_trouble_judge(&trouble, &says) >= DAEMON_HEALTH_LOOK);
        assert_true(strlen(says) > 5);
    }
}

static void
test_patience(void **fixture)
{
    SpoolTrouble trouble = {.what = (char *)"not-connected", .times = 2};
    const char *says = NULL;

    (void)fixture;
    assert_int_equal(daemon_trouble_judge(&trouble, &says), DAEMON_HEALTH_GOOD);
    trouble.times = daemon_trouble_patience("not-connected");
    assert_int_equal(trouble.times, 3);
    assert_int_equal(daemon_trouble_judge(&trouble, &says), DAEMON_HEALTH_BAD);
    trouble.what = (char *)DAEMON_TROUBLE_CANARY;
    trouble.times = 1;
    assert_int_equal(daemon_trouble_judge(&trouble, &says), DAEMON_HEALTH_BAD);
    trouble.what = (char *)"of a newer Postern";
    assert_int_equal(daemon_trouble_judge(&trouble, &says), DAEMON_HEALTH_LOOK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words),
                                       cmocka_unit_test(test_patience)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
