/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-pdf-font.c - what the font has, and what is said when it is not there.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "templates/pdf-font.h"

/* Errors are told by HPDF_GetError(). */
static void
on_error(HPDF_STATUS code, HPDF_STATUS detail, void *user_data)
{
    (void)code;
    (void)detail;
    (void)user_data;
}

static void
test_has_and_measures(void **fixture)
{
    static const gunichar drawn[] = {'a', 0x0142, 0x021b, 0x0177, 0x0639, 0xfecb, 0xfffd};
    static const gunichar missing[] = {0x4e00, 0x1f621, 0x10ffff, 0xe000};
    HPDF_Doc doc = HPDF_New(on_error, NULL);
    TemplatesPdfFont font = {0};
    g_autoptr(GError) error = NULL;

    (void)fixture;
    HPDF_UseUTFEncodings(doc);
    if (!templates_pdf_font_load(doc, "DejaVuSans.ttf", &font, &error)) {
        HPDF_Free(doc);
        print_message("SKIP %s\n", error->message);
        skip();
    }
    for (guint i = 0; i < G_N_ELEMENTS(drawn); i++)
        if (!font.line.has(font.line.face, drawn[i]))
            fail_msg("U+%04X should be drawn", drawn[i]);
    for (guint i = 0; i < G_N_ELEMENTS(missing); i++)
        if (font.line.has(font.line.face, missing[i]))
            fail_msg("U+%04X should be missing", missing[i]);
    assert_true(font.line.advance(font.line.face, 'W') > font.line.advance(font.line.face, 'i'));
    HPDF_Free(doc);
}

static void
refused(const char *folder)
{
    HPDF_Doc doc = HPDF_New(on_error, NULL);
    TemplatesPdfFont font = {0};
    g_autoptr(GError) error = NULL;

    g_setenv("POSTERN_FONTS", folder, TRUE);
    HPDF_UseUTFEncodings(doc);
    assert_false(templates_pdf_font_load(doc, "DejaVuSans.ttf", &font, &error));
    assert_true(g_error_matches(error, TEMPLATES_ERROR, TEMPLATES_ERROR_FONT));
    assert_non_null(strstr(error->message, "fonts-dejavu-core"));
    g_unsetenv("POSTERN_FONTS");
    HPDF_Free(doc);
}

static void
test_missing_or_broken_font(void **fixture)
{
    g_autofree char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "DejaVuSans.ttf", NULL);

    (void)fixture;
    refused(folder);
    assert_true(g_file_set_contents(path, "not a font", -1, NULL));
    refused(folder);
    g_remove(path);
    g_rmdir(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_has_and_measures),
        cmocka_unit_test(test_missing_or_broken_font),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
