/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-ocr.c - pictures of forms drawn here are read; hostile ones are refused.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <cairo.h>
#include <fontconfig/fontconfig.h>

#include "parsers/ocr.h"

static const char *const labels[] = {"Your name", "Telephone", "Address", "Postcode"};
static const char *const answers[] = {"Stacey Baker", "07700 900123", "Reculver Sands",
                                      "Herne Bay"};

static cairo_status_t
append(void *closure, const unsigned char *data, unsigned int length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static void
tick_box(cairo_t *cairo, double x, double y, bool ticked)
{
    cairo_rectangle(cairo, x, y, 34, 34);
    if (ticked) {
        cairo_move_to(cairo, x, y);
        cairo_rel_line_to(cairo, 34, 34);
    }
    cairo_stroke(cairo);
}

/* A page of A4 at 200 pixels an inch with a table of two columns and two boxes, as PNG; turned by
 * so many degrees. */
static GBytes *
draw_form(double degrees)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1654, 2339);
    cairo_t *cairo = cairo_create(surface);
    GByteArray *png = g_byte_array_new();

    cairo_set_source_rgb(cairo, 0.93, 0.92, 0.88);
    cairo_paint(cairo);
    cairo_translate(cairo, 827, 1169);
    cairo_rotate(cairo, degrees * G_PI / 180);
    cairo_translate(cairo, -827, -1169);
    cairo_set_source_rgb(cairo, 0.1, 0.1, 0.1);
    cairo_select_font_face(cairo, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, 30);
    cairo_set_line_width(cairo, 3);
    for (int row = 0; row < 4; row++) {
        const double y = 300 + 80 * row;

        cairo_rectangle(cairo, 200, y, 400, 80);
        cairo_rectangle(cairo, 600, y, 800, 80);
        cairo_stroke(cairo);
        cairo_move_to(cairo, 220, y + 50);
        cairo_show_text(cairo, labels[row]);
        cairo_move_to(cairo, 620, y + 50);
        cairo_show_text(cairo, answers[row]);
    }
    tick_box(cairo, 220, 800, true);
    cairo_move_to(cairo, 290, 828);
    cairo_show_text(cairo, "Physical");
    tick_box(cairo, 620, 800, false);
    cairo_move_to(cairo, 690, 828);
    cairo_show_text(cairo, "Neglect");
    cairo_surface_write_to_png_stream(surface, append, png);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return g_byte_array_free_to_bytes(png);
}

static void
need_ocr(void)
{
    parsers_ocr_warm_up();
    if (parsers_ocr_is_there())
        return;
    printf("SKIP built without Tesseract, or its English model is not installed\n");
    skip();
}

static void
assert_reads(GBytes *picture)
{
    g_autoptr(ParsersOcr) ocr = parsers_ocr_new(parsers_limits_default());
    g_autoptr(ParsersDocument) document = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    double confidence = 0;

    if (!parsers_ocr_add(ocr, picture, &error))
        fail_msg("%s", error->message);
    document = parsers_ocr_finish(ocr, &confidence);
    assert_non_null(document);
    assert_true(confidence > 0.8 && confidence <= 1);
    text = parsers_document_text(document);
    for (int row = 0; row < 4; row++) {
        g_autofree char *line = g_strconcat(labels[row], "\t", answers[row], NULL);

        if (strstr(text, line) == NULL)
            fail_msg("\"%s\" is not in: %s", line, text);
    }
    if (strstr(text, "\u2612 Physical") == NULL || strstr(text, "\u2610 Neglect") == NULL)
        fail_msg("the boxes are not as ticked in: %s", text);
}

static void
test_form(void **fixture)
{
    g_autoptr(GBytes) straight = draw_form(0);
    g_autoptr(GBytes) askew = draw_form(1.5);
    (void)fixture;

    need_ocr();
    assert_reads(straight);
    assert_reads(askew);
}

static void
assert_refused(GBytes *bytes, ParsersError code)
{
    g_autoptr(ParsersOcr) ocr = parsers_ocr_new(parsers_limits_default());
    g_autoptr(GError) error = NULL;
    double confidence = 0;

    assert_false(parsers_ocr_add(ocr, bytes, &error));
    assert_true(g_error_matches(error, PARSERS_ERROR, (int)code));
    assert_null(parsers_ocr_finish(ocr, &confidence));
}

/* A head that says 50000 by 50000 is believed before a byte is inflated. */
static void
test_bomb(void **fixture)
{
    g_autoptr(GBytes) form = draw_form(0);
    g_autoptr(GBytes) bomb = NULL;
    gsize size = 0;
    guint8 *data = g_memdup2(g_bytes_get_data(form, &size), g_bytes_get_size(form));
    (void)fixture;

    need_ocr();
    for (int i = 16; i < 24; i += 4)
        memcpy(data + i, "\0\0\xc3\x50", 4);
    bomb = g_bytes_new_take(data, g_bytes_get_size(form));
    assert_refused(bomb, PARSERS_ERROR_LIMIT);
}

static void
test_damaged(void **fixture)
{
    g_autoptr(GBytes) form = draw_form(0);
    g_autoptr(GBytes) cut = g_bytes_new_from_bytes(form, 0, 2000);
    g_autoptr(GBytes) junk = g_bytes_new_static("\xff\xd8\xff\xe0 no picture at all", 24);
    g_autoptr(GBytes) empty = g_bytes_new_static("", 0);
    (void)fixture;

    need_ocr();
    assert_refused(cut, PARSERS_ERROR_DAMAGED);
    assert_refused(junk, PARSERS_ERROR_UNSUPPORTED);
    assert_refused(empty, PARSERS_ERROR_UNSUPPORTED);
}

/* Pages that may be read are counted over all pictures of a mail. */
static void
test_pages_limit(void **fixture)
{
    ParsersLimits limits = *parsers_limits_default();
    g_autoptr(GBytes) form = draw_form(0);
    g_autoptr(ParsersOcr) ocr = NULL;
    g_autoptr(GError) error = NULL;
    (void)fixture;

    need_ocr();
    limits.ocr_pages = 1;
    ocr = parsers_ocr_new(&limits);
    assert_true(parsers_ocr_add(ocr, form, NULL));
    assert_false(parsers_ocr_add(ocr, form, &error));
    assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_LIMIT));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_bomb),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_pages_limit),
    };

    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    /* What drawing text left behind is no leak of ours. */
    cairo_debug_reset_static_data();
    FcFini();
    return failed;
}
