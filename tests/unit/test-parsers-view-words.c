/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-view-words.c - words of printed pages, and what follows what.
 *
 * Source:   doc/review.md, "Pages of office files"
 */
#include "config.h"

#include "parsers/view-words.h"
#include "tests/unit/pdf-help.h"

static ParsersViewWords *
words_of(const char *drawing)
{
    g_autofree char *content = g_strconcat("BT /F 10 Tf ", drawing, " ET", NULL);
    g_autoptr(GBytes) pdf = make_page(content);

    return parsers_view_words_read(pdf, parsers_limits_default());
}

/* The number of a word that is there once. */
static int
number_of(const ParsersViewWords *words, const char *text)
{
    const GArray *same = g_hash_table_lookup(words->index, text);

    assert_non_null(same);
    assert_int_equal(same->len, 1);
    return (int)g_array_index(same, guint, 0);
}

static bool
stands(ParsersViewWords *words, const char *text, ParsersViewPlace *out_place)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);

    parsers_view_words_take(text, all);
    return parsers_view_words_match(words, number_of(words, all->pdata[0]), all, out_place);
}

static void
test_take(void **state)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);

    (void)state;
    parsers_view_words_take(" O\u2019Brien,\n12/03 \u2610 ZOE\u0308 - x", all);
    assert_int_equal(all->len, 4);
    assert_string_equal(all->pdata[0], "obrien");
    assert_string_equal(all->pdata[1], "1203");
    assert_string_equal(all->pdata[2], "zo\u00eb");
    assert_string_equal(all->pdata[3], "x");
}

/* Cells side by side, each of two lines: neither goes on in the other. */
static void
test_cells(void **state)
{
    g_autoptr(ParsersViewWords) words = words_of(AT(20, 150) "(one two) Tj " AT(
        120, 150) "(red blue) Tj " AT(20, 138) "(three) Tj " AT(120, 138) "(green) Tj");
    ParsersViewPlace place;

    (void)state;
    assert_int_equal(words->words->len, 6);
    assert_true(stands(words, "one two three", &place));
    assert_true(place.alone);
    assert_true(place.box[2] < 100);
    assert_true(stands(words, "red blue green", &place));
    assert_true(place.box[0] > 100);
    assert_false(stands(words, "one two green", &place));
    assert_true(stands(words, "two three", &place));
    assert_false(place.alone); /* "one" stands before it */
    assert_false(stands(words, "one three", &place));
}

/* Five words are enough where the page ends, four are not. */
static void
test_end_of_page(void **state)
{
    g_autoptr(ParsersViewWords) words = words_of(AT(20, 20) "(a bc de fg hi) Tj");
    ParsersViewPlace place;

    (void)state;
    assert_true(stands(words, "a bc de fg hi jk lm", &place));
    assert_int_equal(place.met, 5);
    assert_false(stands(words, "bc de fg hi jk lm", &place));
}

static void
test_no_pdf(void **state)
{
    g_autoptr(GBytes) noise = g_bytes_new_static("%PDF-1.7\nnothing", 16);
    g_autoptr(ParsersViewWords) words = parsers_view_words_read(noise, parsers_limits_default());

    (void)state;
    assert_int_equal(words->words->len, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_take),
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_end_of_page),
        cmocka_unit_test(test_no_pdf),
    };

    parsers_pdf_warm_up();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
