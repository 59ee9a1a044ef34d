/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-pdf-objects.c - strings and the table of a small PDF file.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "templates/pdf-objects.h"

static void
test_strings(void **fixture)
{
    g_autofree char *text = templates_pdf_objects_text("A\xc3\xa9\xf0\x9f\x99\x82");
    g_autofree char *literal = NULL;
    g_autofree char *foreign = NULL;

    assert_string_equal(text, "<FEFF004100E9D83DDE42>");
    assert_true(templates_pdf_objects_literal("a(b)\\\xe2\x80\x9c", &literal, NULL));
    assert_string_equal(literal, "(a\\(b\\)\\\\\x93)");
    assert_false(templates_pdf_objects_literal("\xc5\xb5", &foreign, NULL));
    assert_null(foreign);
}

/* Each entry of the table names the place of its object. */
static void
test_table(void **fixture)
{
    g_autoptr(TemplatesPdfObjects) objects = templates_pdf_objects_new();
    g_autoptr(GString) data = g_string_new("0 0 m");
    g_autoptr(GBytes) bytes = NULL;
    g_autofree char *text = NULL;
    const char *table = NULL;
    guint one = templates_pdf_objects_reserve(objects);
    guint two = templates_pdf_objects_reserve(objects);

    templates_pdf_objects_set(objects, two, "<< /Two 2 >>");
    templates_pdf_objects_set_stream(objects, one, "/One 1", data);
    bytes = templates_pdf_objects_finish(objects, one, two);
    text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    table = strstr(text, "xref\n0 3\n");
    assert_non_null(table);
    for (guint i = 1; i <= 2; i++) {
        g_autofree char *start = g_strdup_printf("%u 0 obj\n", i);
        guint64 place = g_ascii_strtoull(table + strlen("xref\n0 3\n") + 20 * i, NULL, 10);

        assert_true(g_str_has_prefix(text + place, start));
    }
    assert_non_null(strstr(text, "<< /One 1 /Length 5 >>\nstream\n0 0 m\nendstream"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_strings),
                                       cmocka_unit_test(test_table)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
