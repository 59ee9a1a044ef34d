/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-pdf-paint.c - lines and edges among what a page paints.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-paint.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct {
    GArray *paints;
    GArray *glyphs;
    GArray *horizontal;
    GArray *vertical;
} Page;

static int
set_up(void **fixture)
{
    Page *page = g_new0(Page, 1);

    page->paints = g_array_new(FALSE, TRUE, sizeof(ParsersPdfPaint));
    page->glyphs = g_array_new(FALSE, TRUE, sizeof(ParsersPdfGlyph));
    page->horizontal = g_array_new(FALSE, TRUE, sizeof(ParsersPdfRule));
    page->vertical = g_array_new(FALSE, TRUE, sizeof(ParsersPdfRule));
    *fixture = page;
    return 0;
}

static int
tear_down(void **fixture)
{
    Page *page = *fixture;

    g_array_unref(page->paints);
    g_array_unref(page->glyphs);
    g_array_unref(page->horizontal);
    g_array_unref(page->vertical);
    g_free(page);
    return 0;
}

static void
fill(Page *page, const double box[4], guint8 grey)
{
    ParsersPdfPaint paint = {.box = {box[0], box[1], box[2], box[3]}, .grey = grey};

    g_array_append_val(page->paints, paint);
}

#define FILL(page, grey, ...) fill(page, (const double[4]){__VA_ARGS__}, grey)

static void
find(Page *page)
{
    g_autoptr(ParsersPdfCanvas) canvas = parsers_pdf_canvas_new(page->paints);

    parsers_pdf_paint_rules(canvas, page->glyphs, page->horizontal, page->vertical);
}

/* A thin fill is one line, a thick one has four edges. */
static void
test_lines_and_edges(void **fixture)
{
    Page *page = *fixture;

    FILL(page, 0, 10, 20, 110, 20.5);
    FILL(page, 200, 10, 50, 110, 90);
    find(page);
    assert_int_equal(page->horizontal->len, 3);
    assert_int_equal(page->vertical->len, 2);
    assert_true(fabs(g_array_index(page->horizontal, ParsersPdfRule, 0).position - 20.25) < 0.01);
    assert_true(g_array_index(page->vertical, ParsersPdfRule, 1).position == 110);
}

static void
test_unseen(void **fixture)
{
    Page *page = *fixture;

    FILL(page, 255, 10, 10, 110, 60); /* white on white */
    FILL(page, 0, 10, 100, 110, 100.5);
    FILL(page, 255, 0, 90, 200, 120); /* painted over it */
    find(page);
    assert_int_equal(page->horizontal->len, 0);
    assert_int_equal(page->vertical->len, 0);
}

/* The edge between two fills of one tone is not there. */
static void
test_fills_side_by_side(void **fixture)
{
    Page *page = *fixture;

    FILL(page, 200, 10, 10, 60, 60);
    FILL(page, 200, 60, 10, 110, 60);
    find(page);
    assert_int_equal(page->vertical->len, 2);
    for (guint i = 0; i < page->vertical->len; i++)
        assert_true(g_array_index(page->vertical, ParsersPdfRule, i).position != 60);
}

/* Rows of one height meet a column's line at even distances, where it does not stand out. */
static void
test_even_rows(void **fixture)
{
    for (int n = 2; n <= 40; n++) {
        Page *page = *fixture;

        g_array_set_size(page->paints, 0);
        g_array_set_size(page->vertical, 0);
        for (int i = 0; i <= n; i++)
            FILL(page, 0, 10, 10 + 12 * i, 210, 10.5 + 12 * i);
        FILL(page, 0, 100, 10, 100.5, 10.5 + 12 * n);
        find(page);
        assert_int_equal(page->vertical->len, 1);
    }
}

/* The coloured ground of a word is no cell; the same without a word is. */
static void
test_ground_of_words(void **fixture)
{
    Page *page = *fixture;
    ParsersPdfGlyph glyph = {.box = {20, 10, 26, 22}, .character = 'Y'};

    FILL(page, 220, 20, 10, 60, 22);
    find(page);
    assert_int_equal(page->vertical->len, 2);
    g_array_set_size(page->vertical, 0);
    g_array_append_val(page->glyphs, glyph);
    find(page);
    assert_int_equal(page->vertical->len, 0);
}

static void
test_join(void **fixture)
{
    GArray *edges = g_array_new(FALSE, FALSE, sizeof(ParsersPdfRule));
    static const ParsersPdfRule three[] = {{10, 50, 90}, {10.5, 0, 48}, {20, 0, 48}};
    const ParsersPdfRule *joined = NULL;

    (void)fixture;
    g_array_append_vals(edges, three, 3);
    edges = parsers_pdf_paint_join(edges, 1, 3);
    assert_int_equal(edges->len, 2);
    joined = &g_array_index(edges, ParsersPdfRule, 0);
    assert_true(joined->position == 10 && joined->start == 0 && joined->end == 90);
    g_array_unref(edges);
}

static void
test_lines_at_words(void **fixture)
{
    Page *page = *fixture;
    GArray *lines = NULL;

    FILL(page, 0, 10, 20, 30, 20.6);
    FILL(page, 0, 30.5, 20, 60, 20.6); /* the next word of it */
    FILL(page, 0, 10, 30, 60, 40);     /* a bar */
    FILL(page, 240, 10, 50, 60, 50.6); /* too light */
    lines = parsers_pdf_paint_lines(page->paints);
    assert_int_equal(lines->len, 1);
    assert_true(g_array_index(lines, ParsersPdfRule, 0).end == 60);
    g_array_unref(lines);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lines_and_edges, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unseen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_fills_side_by_side, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_even_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ground_of_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_join, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lines_at_words, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
