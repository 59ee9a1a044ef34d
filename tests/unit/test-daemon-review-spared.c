/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-review-spared.c - what cost all that it may is let be for a while.
 *
 * Source:   doc/review.md, "The original"
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/error.h"
#include "daemon/review-spared.h"

#define WHILE ((gint64)DAEMON_REVIEW_SPARED_MINUTES * 60 * G_USEC_PER_SEC)

static void
note(DaemonReviewSpared *spared, gint64 mail, gint part, gint code, gint64 now)
{
    g_autoptr(GError) problem = g_error_new_literal(DAEMON_ERROR, code, "of a test");

    daemon_review_spared_note(spared, mail, part, problem, now);
}

static void
test_for_a_while(void **state)
{
    (void)state;
    g_autoptr(DaemonReviewSpared) spared = daemon_review_spared_new();

    note(spared, 1, 2, DAEMON_ERROR_PARSER_SLOW, 1000);
    note(spared, 7, DAEMON_REVIEW_SPARED_VIEW, DAEMON_ERROR_PARSER_DIED, 1000);
    assert_true(daemon_review_spared_is(spared, 1, 2, 1000));
    assert_true(daemon_review_spared_is(spared, 1, 2, 999 + WHILE));
    assert_true(daemon_review_spared_is(spared, 7, DAEMON_REVIEW_SPARED_VIEW, 2000));
    assert_false(daemon_review_spared_is(spared, 1, 3, 1000));
    assert_false(daemon_review_spared_is(spared, 2, 2, 1000));
    assert_false(daemon_review_spared_is(spared, 7, 0, 2000));
    assert_false(daemon_review_spared_is(spared, 1, 2, 1000 + WHILE));
}

/* A page that is not there, or a spool that is busy, costs little and may be there the next time.
 */
static void
test_other_errors(void **state)
{
    (void)state;
    g_autoptr(DaemonReviewSpared) spared = daemon_review_spared_new();

    note(spared, 1, 2, DAEMON_ERROR_FILE, 1000);
    note(spared, 1, 2, DAEMON_ERROR_SYSTEM, 1000);
    assert_false(daemon_review_spared_is(spared, 1, 2, 1000));
}

static void
test_bounded(void **state)
{
    (void)state;
    g_autoptr(DaemonReviewSpared) spared = daemon_review_spared_new();

    for (gint i = 0; i <= (gint)DAEMON_REVIEW_SPARED_MAX; i++)
        note(spared, i, 0, DAEMON_ERROR_PARSER_DIED, 1000);
    assert_false(daemon_review_spared_is(spared, 0, 0, 1000));
    assert_true(daemon_review_spared_is(spared, 1, 0, 1000));
    assert_true(daemon_review_spared_is(spared, DAEMON_REVIEW_SPARED_MAX, 0, 1000));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_for_a_while),
        cmocka_unit_test(test_other_errors),
        cmocka_unit_test(test_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
