/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-needs.c - which words a pattern cannot match without.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/needs.h"

typedef struct {
    const char *pattern;
    const char *words; /* NULL: nothing is known */
} Case;

/* clang-format off */
static const Case cases[] = {
    {"\\bchild(?:ren)?\\b", "child"},
    {"\\b(?:my|our) (?:son|daughter)s?\\b", "my son/my daughter/our son/our daughter"},
    {"\\bmy (?:\\w+ ){0,3}?constituents?", "constituent"},
    {"colou?r|flavour", "colour/color/flavour"},
    {"step[- ]?son", "step-son/step son/stepson"},
    {"Password(?= is)", "password"},
    {"(?:lucky )+winner", "winner"},
    {"(?:lucky ){2}x", "lucky "},
    {"recall|[0-9]+", NULL},
    {"recall|a?b?", NULL},
    {"no(?! way)", NULL},
    {"(?:urgent){0,2} \\w+", NULL},
    {"urgent*ly", "urgen"},
    {"(?:with|about) (?:\\w+ )?solicitors", "solicitors"},
    {"if .{0,9}danger(*SKIP)(*F)|danger", "danger"},
    {"danger(*SKIP)(*F)", ""},
    {"(\\w+) danger \\1", NULL},
    {"danger[[:alpha:]]", NULL},
    {"(?(1)danger|danger)", NULL},
    {"danger\\", NULL},
    {"(danger", NULL},
    {"http\\.example", "http.example"},
    {"caf\xc3\xa9 owner", " owner"},
};
/* clang-format on */

static void
test_words(void **fixture)
{
    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) words = parsers_needs_of(cases[i].pattern);
        g_autofree char *all = NULL;

        if (cases[i].words == NULL) {
            assert_null(words);
            continue;
        }
        assert_non_null(words);
        g_ptr_array_add(words, NULL);
        all = g_strjoinv("/", (char **)words->pdata);
        assert_string_equal(all, cases[i].words);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
