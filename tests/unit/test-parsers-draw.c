/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-draw.c - pages drawn anew: how many, how large, and what is not drawn.
 *
 * Source:   doc/review.md, "The original"; ISO 15948
 */
#include "config.h"

#include "parsers/draw.h"
#include "tests/unit/pdf-help.h"

static ParsersViewSize
size_of(GBytes *png)
{
    gsize length = 0;
    const guint8 *data = g_bytes_get_data(png, &length);

    assert_true(length > 33 && memcmp(data, "\x89PNG\r\n\x1a\n", 8) == 0);
    return (ParsersViewSize){(guint16)(data[18] << 8 | data[19]),
                             (guint16)(data[22] << 8 | data[23])};
}

static guint
pages_of(const char *type, GBytes *bytes, const ParsersLimits *limits)
{
    g_autoptr(GArray) sizes = g_array_new(FALSE, TRUE, sizeof(ParsersViewSize));

    parsers_draw_sizes(type, bytes, limits, sizes);
    return sizes->len;
}

static gint
fails(const char *type, GBytes *bytes, guint page)
{
    g_autoptr(GBytes) png = NULL;
    g_autoptr(GError) error = NULL;

    assert_false(parsers_draw_page(type, bytes, page, parsers_limits_default(), &png, &error));
    assert_null(png);
    assert_true(error->domain == PARSERS_ERROR);
    return error->code;
}

/* Ink where the page has some, at the width that we draw; the same picture twice. */
static void
test_pdf(void **state)
{
    g_autoptr(GBytes) black = make_page("0 g 0 0 400 400 re f");
    g_autoptr(GBytes) words = make_page("BT /F 40 Tf 20 100 Td (Words) Tj ET");
    g_autoptr(GBytes) empty = make_page("");
    g_autoptr(GBytes) one = NULL, two = NULL, none = NULL, again = NULL;
    const ParsersLimits *limits = parsers_limits_default();

    (void)state;
    assert_int_equal(pages_of("pdf", words, limits), 1);
    assert_true(parsers_draw_page("pdf", words, 0, limits, &one, NULL));
    assert_true(parsers_draw_page("pdf", words, 0, limits, &again, NULL));
    assert_true(parsers_draw_page("pdf", black, 0, limits, &two, NULL));
    assert_true(parsers_draw_page("pdf", empty, 0, limits, &none, NULL));
    assert_int_equal(size_of(one).width, PARSERS_DRAW_WIDTH);
    assert_int_equal(size_of(one).height, PARSERS_DRAW_WIDTH);
    assert_true(g_bytes_equal(one, again));
    assert_false(g_bytes_equal(one, none));
    assert_false(g_bytes_equal(two, none));
}

static void
test_many_pages(void **state)
{
    ParsersLimits limits = *parsers_limits_default();
    g_autoptr(GBytes) three = make_pages(3, "", NULL, "", "");
    g_autoptr(GBytes) png = NULL;

    (void)state;
    assert_int_equal(pages_of("pdf", three, &limits), 3);
    assert_int_equal(fails("pdf", three, 3), PARSERS_ERROR_UNSUPPORTED);
    assert_int_equal(fails("pdf", three, G_MAXUINT), PARSERS_ERROR_UNSUPPORTED);
    limits.pdf_pages = 2;
    assert_int_equal(pages_of("pdf", three, &limits), 2);
    assert_false(parsers_draw_page("pdf", three, 2, &limits, &png, NULL));
}

/* What is no picture, and what only says that it is one. */
static void
test_refused(void **state)
{
    static const char *const types[] = {"docx", "html", "text", "svg", "zip", "exe", ""};
    g_autoptr(GBytes) noise = g_bytes_new_static("%PDF-1.5 and nothing of one", 27);
    g_autoptr(GBytes) nothing = g_bytes_new_static("", 0);

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
        assert_int_equal(pages_of(types[i], noise, parsers_limits_default()), 0);
        assert_int_equal(fails(types[i], noise, 0), PARSERS_ERROR_UNSUPPORTED);
    }
    assert_int_equal(pages_of("pdf", noise, parsers_limits_default()), 0);
    assert_int_equal(fails("pdf", noise, 0), PARSERS_ERROR_DAMAGED);
    assert_int_equal(fails("pdf", nothing, 0), PARSERS_ERROR_DAMAGED);
    assert_true(fails("png", noise, 0) != PARSERS_ERROR_CAGE);
}

/* A picture that is too large as PNG comes at half its size, and else not at all. */
static void
test_large(void **state)
{
    ParsersLimits limits = *parsers_limits_default();
    g_autoptr(GBytes) words = make_page("BT /F 40 Tf 20 100 Td (Words) Tj ET");
    g_autoptr(GBytes) whole = NULL, half = NULL, none = NULL;
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_true(parsers_draw_page("pdf", words, 0, &limits, &whole, NULL));
    limits.findings_bytes = (guint)g_bytes_get_size(whole) - 1;
    assert_true(parsers_draw_page("pdf", words, 0, &limits, &half, NULL));
    assert_int_equal(size_of(half).width, PARSERS_DRAW_WIDTH / 2);
    limits.findings_bytes = 100;
    assert_false(parsers_draw_page("pdf", words, 0, &limits, &none, &error));
    assert_int_equal(error->code, PARSERS_ERROR_LIMIT);
}

#ifdef POSTERN_SANITIZERS
const char *__lsan_default_suppressions(void);

/* poppler keeps what it looks up of a font that a PDF does not bring along. */
const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}
#endif

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pdf),
        cmocka_unit_test(test_many_pages),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_large),
    };

    parsers_draw_warm_up();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
