/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-needs.c - what a pattern cannot match without.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/needs.h"
#include "parsers/ways.h"

typedef struct {
    const char *pattern;
    const char *ways; /* NULL: nothing is known */
} Case;

/* "word/word&word/word" for each way, "|" between two; ">" before one that may reach into the next
 * line, "!" before one that only keeps others from matching. */
/* clang-format off */
static const Case cases[] = {
    {"\\bchild(?:ren)?\\b", "children/child"},
    {"\\b(?:my|our) (?:son|daughter)s?\\b", "my sons/my son/my daughters/my daughter/our sons/our son/our daughters/our daughter"},
    {"\\bmy (?:\\w+ ){0,3}?constituents?", "constituents/constituent&my "},
    {"colou?r|flavour", "colour/color/flavour"},
    {"step[- ]?son", "step-son/step son/stepson"},
    {"Password(?= is)", "password& is"},
    {"(?:lucky )+winner", "winner&lucky "},
    {"(?:lucky ){2}x", "lucky "},
    {"(?:red \\w+ ball|blue \\w+ boat)", " ball&red |blue & boat"},
    {"(?:red \\w+ ball|blue) \\d (?:hoop|net)", " ball&red & hoop/ net|blue& hoop/ net"},
    {"recall|[0-9]+", ""},
    {"recall|a?b?", ""},
    {"no(?! way)", ""},
    {"(?:urgent){0,2} \\w+", ""},
    {"urgent*ly", "urgen"},
    {"(?:with|about) (?:\\w+ )?solicitors", "solicitors&with /about "},
    {"if .{0,9}danger(*SKIP)(*F)|danger", "!danger&if |danger"},
    {"say \\d\"", "say &\""},
    {"now[^.]{0,9}then", ">then&now"},
    {"now[^.\\n]{0,9}then", "then&now"},
    {"now\\s+then", ">then&now"},
    {"now(?![\\s\\S]*then)", ">now"},
    {"(?:now \\s|then)*", ">"},
    {"(\\w+) danger \\1", NULL},
    {"danger(*F)", NULL},
    {"danger[[:alpha:]]", NULL},
    {"(?(1)danger|danger)", NULL},
    {"danger\\", NULL},
    {"danger\\z", NULL},
    {"(danger", NULL},
    {"http\\.example", "http.example"},
    {"caf\xc3\xa9 owner", " owner&caf"},
};
/* clang-format on */

static char *
print(const GPtrArray *ways)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < ways->len; i++) {
        const ParsersWay *way = ways->pdata[i];

        g_string_append_printf(text, "%s%s%s", i > 0 ? "|" : "", way->wide ? ">" : "",
                               way->never ? "!" : "");
        for (guint s = 0; s < way->sets->len; s++) {
            const GPtrArray *words = way->sets->pdata[s];

            g_string_append(text, s > 0 ? "&" : "");
            for (guint w = 0; w < words->len; w++)
                g_string_append_printf(text, "%s%s", w > 0 ? "/" : "", (char *)words->pdata[w]);
        }
    }
    return g_string_free(text, FALSE);
}

static void
test_ways(void **fixture)
{
    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) ways = parsers_needs_of(cases[i].pattern);
        g_autofree char *printed = NULL;

        if (cases[i].ways == NULL) {
            assert_null(ways);
            continue;
        }
        assert_non_null(ways);
        printed = print(ways);
        assert_string_equal(printed, cases[i].ways);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ways),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
