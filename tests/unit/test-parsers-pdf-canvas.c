/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-pdf-canvas.c - how a place looks when all is painted.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-canvas.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BOX(...) ((const double[4]){__VA_ARGS__})

static int
set_up(void **fixture)
{
    *fixture = g_array_new(FALSE, TRUE, sizeof(ParsersPdfPaint));
    return 0;
}

static int
tear_down(void **fixture)
{
    g_array_unref(*fixture);
    return 0;
}

static void
fill(GArray *paints, guint8 grey, const double box[4])
{
    ParsersPdfPaint paint = {.box = {box[0], box[1], box[2], box[3]}, .grey = grey};

    g_array_append_val(paints, paint);
}

static double
ink(const GArray *paints, const double box[4])
{
    g_autoptr(ParsersPdfCanvas) canvas = parsers_pdf_canvas_new(paints);

    return parsers_pdf_canvas_ink(canvas, box);
}

static void
test_ink(void **fixture)
{
    GArray *paints = *fixture;
    ParsersPdfPaint cross = {.box = {12, 12, 18, 18}, .width = 1, .kind = PARSERS_PDF_SLANT};

    fill(paints, 0, BOX(10, 10, 20, 10.5)); /* the upper side of the box alone */
    assert_true(ink(paints, BOX(11, 11, 19, 19)) == 0);
    g_array_append_val(paints, cross);
    assert_true(ink(paints, BOX(11, 11, 19, 19)) > 0.05);
    cross.rises = true;
    g_array_append_val(paints, cross);
    assert_true(ink(paints, BOX(11, 11, 19, 19)) > 0.1);
    assert_true(ink(paints, BOX(31, 11, 39, 19)) == 0);
}

static void
test_shaded(void **fixture)
{
    GArray *paints = *fixture;
    g_autoptr(ParsersPdfCanvas) canvas = NULL;

    fill(paints, 220, BOX(10, 10, 60, 30));
    canvas = parsers_pdf_canvas_new(paints);
    assert_true(parsers_pdf_canvas_shaded(canvas, BOX(12, 12, 58, 28)));
    fill(paints, 255, BOX(40, 10, 60, 30));
    parsers_pdf_canvas_free(canvas);
    canvas = parsers_pdf_canvas_new(paints);
    assert_false(parsers_pdf_canvas_shaded(canvas, BOX(12, 12, 58, 28)));
    assert_int_equal(parsers_pdf_canvas_tone(canvas, 20, 20).grey, 220);
    assert_int_equal(parsers_pdf_canvas_tone(canvas, 50, 20).grey, 255);
}

/* What was painted last is seen, wherever on the page it is looked for. */
static void
test_every_band(void **fixture)
{
    GArray *paints = *fixture;
    g_autoptr(ParsersPdfCanvas) canvas = NULL;

    fill(paints, 200, BOX(0, 0, 600, 840));
    for (guint i = 0; i < 200; i++)
        fill(paints, (guint8)i, BOX(10, 4.2 * i, 20, 4.2 * i + 4.2));
    fill(paints, 210, BOX(12, 100, 14, 700));
    canvas = parsers_pdf_canvas_new(paints);
    for (guint i = 0; i < 200; i++)
        assert_int_equal(parsers_pdf_canvas_tone(canvas, 11, 4.2 * i + 2).grey, i);
    assert_int_equal(parsers_pdf_canvas_tone(canvas, 11, 4.2 * 7).grey, 7); /* the later of two */
    assert_int_equal(parsers_pdf_canvas_tone(canvas, 13, 100).grey, 210);
    assert_int_equal(parsers_pdf_canvas_tone(canvas, 13, 700).grey, 210);
    assert_int_equal(parsers_pdf_canvas_tone(canvas, 300, 840).grey, 200);
    assert_int_equal(parsers_pdf_canvas_tone(canvas, 300, 841).grey, 255);
    assert_int_equal(parsers_pdf_canvas_tone(canvas, 300, -1).grey, 255);
}

/* Nothing was painted, or what has no end. */
static void
test_without_bounds(void **fixture)
{
    GArray *paints = *fixture;
    ParsersPdfPaint line = {
        .box = {5, -INFINITY, 15, INFINITY}, .width = 2, .kind = PARSERS_PDF_SLANT};
    g_autoptr(ParsersPdfCanvas) empty = parsers_pdf_canvas_new(paints);
    g_autoptr(ParsersPdfCanvas) canvas = NULL;

    assert_int_equal(parsers_pdf_canvas_tone(empty, 1, 1).grey, 255);
    g_array_append_val(paints, line);
    line.width = INFINITY;
    g_array_append_val(paints, line);
    fill(paints, 9, BOX(0, 20, 30, 40));
    canvas = parsers_pdf_canvas_new(paints);
    assert_int_equal(parsers_pdf_canvas_tone(canvas, 1, 30).grey, 9);
    assert_int_equal(parsers_pdf_canvas_tone(canvas, 1, 1e9).grey, 255);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ink, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_shaded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_band, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_without_bounds, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
