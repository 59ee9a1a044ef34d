/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-review-words.c - every fixed word has words for people.
 *
 * Source:   daemon/review-words.h
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/review-acts.h"
#include "daemon/review-letter.h"
#include "daemon/review-words.h"
#include "spool/search.h"

/* A word that is shown as it stands in the spool was forgotten. */
static void
check(const char *(*words)(const char *), const char *const *known)
{
    for (; *known != NULL; known++)
        if (strcmp(words(*known), *known) == 0)
            fail_msg("\"%s\" has no words", *known);
}

static void
test_words_of_the_spool(void **state)
{
    const char *const outcomes[] = {"accept", "redirect", "hold", "attach", "ignore", NULL};
    const char *const states[] = {"new", "open", "waiting", "closed", NULL};
    const char *const replies[] = {"none",   "queued",    "deferred", "sent",
                                   "failed", "uncertain", "bounced",  NULL};

    (void)state;
    check(daemon_review_outcome, outcomes);
    check(daemon_review_state, states);
    check(daemon_review_reply_state, replies);
    check(daemon_review_template, daemon_review_letter_names());
}

static void
test_words_of_each_act(void **state)
{
    (void)state;
    for (gsize i = 0; i < daemon_n_review_acts; i++) {
        const char *const name[] = {daemon_review_acts[i].name, NULL};

        check(daemon_review_act_words, name);
    }
}

static void
test_how_a_name_met(void **state)
{
    (void)state;
    for (int how = SPOOL_SEARCH_SAME; how <= SPOOL_SEARCH_NEAR; how++)
        assert_string_not_equal(daemon_review_how(how), "");
    assert_string_equal(daemon_review_how(-1), "");
    assert_string_equal(daemon_review_how(99), "");
}

static void
test_what_has_none(void **state)
{
    (void)state;
    assert_string_equal(daemon_review_outcome("unheard-of"), "unheard-of");
    assert_string_equal(daemon_review_state(NULL), "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_of_the_spool),
        cmocka_unit_test(test_words_of_each_act),
        cmocka_unit_test(test_how_a_name_met),
        cmocka_unit_test(test_what_has_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
