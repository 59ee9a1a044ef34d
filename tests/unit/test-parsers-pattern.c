/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-pattern.c - patterns find what they should, and no memory stays that is
 * both written and run.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/pattern.h"

static ParsersPatternResult
look(const ParsersPattern *pattern, const char *text)
{
    return parsers_pattern_look(pattern, text, strlen(text), NULL, NULL);
}

static void
test_place(void **fixture)
{
    ParsersPatternSpan span = {0, 0};
    const ParsersPattern *pattern = parsers_pattern_new("^my (son|girl)", PARSERS_PATTERN_ASCII);
    gsize start = 0, end = 0;

    (void)fixture;
    assert_int_equal(parsers_pattern_look(pattern, "Hello\nMy son is", 15, &start, &end),
                     PARSERS_PATTERN_FOUND);
    assert_int_equal(start, 6);
    assert_int_equal(end, 12);
    assert_int_equal(parsers_pattern_look(pattern, "Hello\nMy son is", 11, &start, &end),
                     PARSERS_PATTERN_ABSENT);
    assert_int_equal(look(pattern, "in my son"), PARSERS_PATTERN_ABSENT);
    assert_int_equal(parsers_pattern_look_between(pattern, "\xc3\xa9\nmy girl!",
                                                  (ParsersPatternSpan){3, 10}, &span),
                     PARSERS_PATTERN_FOUND);
    assert_int_equal(span.start, 3);
    assert_int_equal(span.end, 10);
    assert_int_equal(
        parsers_pattern_look_between(pattern, "- my girl", (ParsersPatternSpan){2, 9}, &span),
        PARSERS_PATTERN_ABSENT);
}

static void
test_next(void **fixture)
{
    const ParsersPattern *pattern = parsers_pattern_new("^to (\\w+)", PARSERS_PATTERN_UNICODE);
    const ParsersPattern *line = parsers_pattern_new("^(b)$", PARSERS_PATTERN_LINE);
    const char *text = "To ann\nto \xc3\xa9va\nnot to bob";
    gsize at = 0, start = 0, end = 0;

    (void)fixture;
    assert_true(parsers_pattern_next(pattern, text, &at, &start, &end));
    assert_memory_equal(text + start, "ann", end - start);
    assert_true(parsers_pattern_next(pattern, text, &at, &start, &end));
    assert_memory_equal(text + start, "\xc3\xa9va", end - start);
    assert_false(parsers_pattern_next(pattern, text, &at, &start, &end));
    assert_int_equal(look(line, "b"), PARSERS_PATTERN_FOUND);
    assert_int_equal(look(line, "a\nb"), PARSERS_PATTERN_ABSENT);
}

/* A letter with an accent ends a word only for those that know no letters but ASCII's. */
static void
test_kinds(void **fixture)
{
    const char *text = "\\bcaf\\b";

    (void)fixture;
    assert_int_equal(look(parsers_pattern_new(text, PARSERS_PATTERN_ASCII), "caf\xc3\xa9"),
                     PARSERS_PATTERN_FOUND);
    assert_int_equal(look(parsers_pattern_new(text, PARSERS_PATTERN_UNICODE), "caf\xc3\xa9"),
                     PARSERS_PATTERN_ABSENT);
    assert_int_equal(look(parsers_pattern_new("^b", PARSERS_PATTERN_ASCII), "a\rb"),
                     PARSERS_PATTERN_ABSENT);
    assert_int_equal(look(parsers_pattern_new("^b", PARSERS_PATTERN_UNICODE), "a\rb"),
                     PARSERS_PATTERN_FOUND);
}

static void
test_undecided(void **fixture)
{
    const ParsersPattern *slow = parsers_pattern_new("(x+x+)+y", PARSERS_PATTERN_ASCII);
    g_autofree char *text = g_strnfill(60, 'x');

    (void)fixture;
    text[0] = 'y'; /* the last letter that must be there is there, but too early */
    assert_int_equal(look(slow, "\xff"), PARSERS_PATTERN_UNDECIDED);
    assert_int_equal(look(slow, "xxxxy"), PARSERS_PATTERN_FOUND);
}

/* A match that needs more room than the first stack has is found all the same. */
static void
test_deep(void **fixture)
{
    const ParsersPattern *deep = parsers_pattern_new("^(?:(a)|b)*c", PARSERS_PATTERN_ASCII);
    g_autofree char *text = g_strnfill(5000, 'a');

    (void)fixture;
    text[4999] = 'c';
    assert_int_equal(look(deep, text), PARSERS_PATTERN_FOUND);
}

static bool
has_open_code(void)
{
    g_autofree char *maps = NULL;

    assert_true(g_file_get_contents("/proc/self/maps", &maps, NULL, NULL));
    return strstr(maps, " rwxp ") != NULL;
}

static void
test_seal(void **fixture)
{
    const ParsersPattern *before = parsers_pattern_new("one|two", PARSERS_PATTERN_ASCII);
    const ParsersPattern *after = NULL;

    (void)fixture;
    assert_true(parsers_pattern_seal());
    assert_false(has_open_code());
    after = parsers_pattern_new("three|four", PARSERS_PATTERN_ASCII);
    assert_false(has_open_code());
    assert_int_equal(look(before, "number two"), PARSERS_PATTERN_FOUND);
    assert_int_equal(look(after, "number four"), PARSERS_PATTERN_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_place),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_next),
        cmocka_unit_test(test_undecided),
        cmocka_unit_test(test_deep),
        cmocka_unit_test(test_seal), /* the last: nothing can be unsealed */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
