/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-line.c - lines cut, turned round, joined, and nothing lost.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "templates/line.h"

/* A font of square letters that has no emoji and no Chinese. */
static bool
has(gpointer face, gunichar c)
{
    (void)face;
    return c < 0x3000 || (c >= 0xfb50 && c <= 0xffff);
}

static double
advance(gpointer face, gunichar c)
{
    (void)face;
    (void)c;
    return 1000;
}

static const TemplatesLineFont font = {.has = has, .advance = advance};

/* The lines of a text joined by "|". */
static char *
wrapped(const char *text, guint columns, bool *marked)
{
    bool ignored = false;
    g_autoptr(GPtrArray) lines =
        templates_line_wrap(text, &font, columns * 1000.0, marked != NULL ? marked : &ignored);
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < lines->len; i++) {
        const TemplatesLine *line = g_ptr_array_index(lines, i);

        g_string_append_printf(out, "%s%s", i > 0 ? "|" : "", line->text);
    }
    return g_string_free(out, FALSE);
}

static void
test_wrap(void **fixture)
{
    static const struct {
        const char *text;
        guint columns;
        const char *expected;
    } cases[] = {
        {"", 10, ""},
        {"one two three", 20, "one two three"},
        {"one two three", 7, "one two|three"},
        {"one two three", 8, "one two|three"},
        {"one  two", 3, "one|two"},
        {"abcdefghij", 4, "abcd|efgh|ij"},
        {"a abcdefghij", 4, "a|abcd|efgh|ij"},
        {"first\n\nsecond\n", 20, "first||second"},
        {"tab\there\r\nnext", 20, "tab here|next"},
        {"x", 0, "x"},
        {"Łukasz Ţepeş Siân ŵŷ", 40, "Łukasz Ţepeş Siân ŵŷ"},
        {"Sia\xcc\x82n", 10, "Siân"}, /* a combining accent joins its letter */
        {"soft\xc2\xadhyphen", 20, "softhyphen"},
    };

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *out = wrapped(cases[i].text, cases[i].columns, NULL);

        assert_string_equal(out, cases[i].expected);
    }
}

static void
test_missing_signs_are_marked(void **fixture)
{
    bool marked = false, unmarked = false;
    g_autofree char *angry = wrapped("so 😡 he", 40, &marked);
    g_autofree char *name = wrapped("李", 40, NULL);
    g_autofree char *broken = wrapped("a\xff"
                                      "b",
                                      40, NULL);
    g_autofree char *plain = wrapped("plain", 40, &unmarked);

    (void)fixture;
    assert_string_equal(angry, "so [U+1F621] he");
    assert_string_equal(name, "[U+674E]");
    assert_string_equal(broken, "a\xef\xbf\xbd"
                                "b");
    assert_string_equal(plain, "plain");
    assert_true(marked);
    assert_false(unmarked);
}

/* Hebrew is drawn from the right; the number in it and the Latin around it are not turned round. */
static void
test_right_to_left(void **fixture)
{
    bool marked = false;
    g_autofree char *hebrew = wrapped("אבג", 40, NULL);
    g_autofree char *mixed = wrapped("name אבג 12", 40, NULL);
    g_autoptr(GPtrArray) lines = templates_line_wrap("שלום", &font, 40000, &marked);

    (void)fixture;
    assert_string_equal(hebrew, "גבא");
    assert_string_equal(mixed, "name 12 גבא");
    assert_true(((TemplatesLine *)g_ptr_array_index(lines, 0))->rtl);
}

/* The three letters of "Ali" take their initial, medial and final forms; lam and alef become one.
 */
static void
test_arabic_letters_join(void **fixture)
{
    g_autofree char *ali = wrapped("علي", 40, NULL);
    g_autofree char *lam_alef = wrapped("لا", 40, NULL);

    (void)fixture;
    assert_string_equal(ali, "\xef\xbb\xb2\xef\xbb\xa0\xef\xbb\x8b");
    assert_string_equal(lam_alef, "\xef\xbb\xbb");
}

/* A text must not be able to show itself in another order than staff would read elsewhere. */
static void
test_direction_tricks(void **fixture)
{
    g_autofree char *out = wrapped("abc\xe2\x80\xae"
                                   "def\xe2\x80\xac",
                                   40, NULL);

    (void)fixture;
    assert_string_equal(out, "abcdef");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrap),
        cmocka_unit_test(test_missing_signs_are_marked),
        cmocka_unit_test(test_right_to_left),
        cmocka_unit_test(test_arabic_letters_join),
        cmocka_unit_test(test_direction_tricks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
