/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-ocr-bold.c - bold words are told by their strokes, or not at all.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "parsers/ocr-bold.h"
#include "parsers/pdf-text.h"

enum { LINES = 20, LETTERS = 5, UPRIGHT = 40 };

typedef struct {
    GArray *words;
    GArray *glyphs;
} Page;

static void
add_word(Page *page, double thickness, bool starts_line)
{
    const ParsersOcrWord word = {.first = page->glyphs->len,
                                 .length = LETTERS,
                                 .x = starts_line ? 100 : 300,
                                 .y = 50.0 * (page->words->len / 2),
                                 .size = UPRIGHT,
                                 .thickness = thickness,
                                 .starts_line = starts_line};
    const ParsersPdfGlyph glyph = {.size = UPRIGHT, .character = 'a'};

    g_array_append_val(page->words, word);
    for (int i = 0; i < LETTERS; i++)
        g_array_append_val(page->glyphs, glyph);
}

static bool
is_bold(const Page *page, guint word)
{
    return (g_array_index(page->glyphs, ParsersPdfGlyph, word * LETTERS).flags &
            PARSERS_SPAN_BOLD) != 0;
}

/* Lines of a question and its answer; `drift` is added to the thickness from line to line. */
static Page
page_new(double question, double answer, double drift)
{
    Page page = {g_array_new(FALSE, FALSE, sizeof(ParsersOcrWord)),
                 g_array_new(FALSE, FALSE, sizeof(ParsersPdfGlyph))};

    for (int i = 0; i < LINES; i++) {
        add_word(&page, question + drift * i, true);
        add_word(&page, answer + drift * i, false);
    }
    parsers_ocr_bold_mark(page.words, page.glyphs);
    return page;
}

static void
page_clear(Page *page)
{
    g_array_unref(page->words);
    g_array_unref(page->glyphs);
}

static void
test_two_kinds(void **fixture)
{
    Page page = page_new(5.5, 3.8, 0);
    (void)fixture;

    for (guint i = 0; i < 2 * LINES; i++)
        assert_int_equal(is_bold(&page, i), i % 2 == 0);
    page_clear(&page);
}

static void
test_one_kind(void **fixture)
{
    Page same = page_new(4.4, 3.9, 0);
    Page drifting = page_new(4, 4, 0.1);
    (void)fixture;

    for (guint i = 0; i < 2 * LINES; i++) {
        assert_false(is_bold(&same, i));
        assert_false(is_bold(&drifting, i));
    }
    page_clear(&same);
    page_clear(&drifting);
}

static void
test_thickness(void **fixture)
{
    PIX *ink = pixCreate(400, 400, 1);
    const int all[] = {1, 1, 400, 400};
    (void)fixture;

    assert_true(fabs(parsers_ocr_bold_thickness(ink, all)) < 1e-9);
    for (int x = 20; x < 380; x += 30)
        pixRasterop(ink, x, 20, 6, 360, PIX_SET, NULL, 0, 0);
    assert_true(fabs(parsers_ocr_bold_thickness(ink, all) - 6) < 0.2);
    pixDestroy(&ink);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_kinds),
        cmocka_unit_test(test_one_kind),
        cmocka_unit_test(test_thickness),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
