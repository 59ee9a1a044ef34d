/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-pdf-grey.c - a page as grey pixels, for its lines and to be read by OCR.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "tests/unit/pdf-help.h"

#include "parsers/pdf-grey.h"

#include <poppler.h>

/* A black box and a red one on a page of 400 points, and what they are in grey. */
static const char boxes[] = "0 g 100 300 100 50 re f 1 0 0 rg 300 50 50 50 re f";

static void
assert_boxes(const ParsersPdfGrey *grey)
{
    assert_int_equal(grey->levels[10 * grey->stride + 10], 255);
    assert_int_equal(grey->levels[75 * grey->stride + 150], 0);
    assert_int_equal(grey->levels[325 * grey->stride + 325], 2 * 255 / 8);
}

/* What a row has behind its width stays as it was. */
static void
test_stride(void **fixture)
{
    g_autoptr(GBytes) bytes = make_pages(1, boxes, NULL, "", "");
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, NULL);
    PopplerPage *page = poppler_document_get_page(document, 0);
    ParsersPdfGrey grey = {.width = 400, .height = 400, .stride = 408};

    (void)fixture;
    grey.levels = g_malloc(408 * 400);
    memset(grey.levels, 7, 408 * 400);
    assert_true(parsers_pdf_grey_draw(page, 1, &grey));
    assert_boxes(&grey);
    for (gsize y = 0; y < 400; y++)
        for (gsize x = 400; x < 408; x++)
            assert_int_equal(grey.levels[y * 408 + x], 7);
    g_free(grey.levels);
    g_object_unref(page);
    g_object_unref(document);
}

/* As OCR asks for it; there is no second page. */
static void
test_page(void **fixture)
{
    g_autoptr(GBytes) bytes = make_pages(1, boxes, NULL, "", "");
    ParsersPdfGrey grey = {0};
    ParsersPdfGrey none = {0};

    (void)fixture;
    assert_true(parsers_pdf_draw(bytes, 0, 400, &grey, NULL));
    assert_int_equal(grey.width, 400);
    assert_int_equal(grey.height, 400);
    assert_int_equal(grey.stride, 400);
    assert_boxes(&grey);
    assert_true(parsers_pdf_draw(bytes, 1, 400, &none, NULL));
    assert_null(none.levels);
    g_free(grey.levels);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_stride), cmocka_unit_test(test_page)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
