/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-read.c - each type goes to its reader.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/read.h"

static void
reads(const char *type, const char *bytes, const char *format, const char *expected)
{
    g_autoptr(GBytes) raw = g_bytes_new_static(bytes, strlen(bytes));
    g_autoptr(ParsersDocument) document = NULL;
    g_autofree char *text = NULL;
    ParsersReading reading = {0};

    assert_true(parsers_read_knows(type));
    assert_true(parsers_read_document(type, raw, parsers_limits_default(), &reading, NULL));
    document = reading.document;
    text = parsers_document_text(document);
    assert_string_equal(reading.format, format);
    assert_non_null(strstr(text, expected));
    assert_false(reading.scanned);
}

static void
test_formats(void **fixture)
{
    (void)fixture;
    reads("text", "Name: caf\xe9", "text", "Name: caf\xc3\xa9");
    reads("html", "<p>Name: <b>A</b>", "html", "Name: A");
    reads("rtf", "{\\rtf1\\ansi Name: A\\par}", "rtf", "Name: A");
}

static void
test_unknown(void **fixture)
{
    g_autoptr(GBytes) raw = g_bytes_new_static("x", 1);
    g_autoptr(GError) error = NULL;
    ParsersReading reading = {0};
    (void)fixture;

    assert_false(parsers_read_knows("xls"));
    assert_false(parsers_read_document("xls", raw, parsers_limits_default(), &reading, &error));
    assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_UNSUPPORTED));
    assert_null(reading.document);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_unknown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
