/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-xml-text.c - what references stand for.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/xml-text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
check(const char *text, gsize wanted, gunichar wanted_c)
{
    gunichar c = 0;

    assert_int_equal(parsers_xml_text_reference(text, text + strlen(text), &c), wanted);
    if (wanted > 0)
        assert_int_equal(c, wanted_c);
}

static void
test_reference(void **fixture)
{
    (void)fixture;
    check("&amp;x", 5, '&');
    check("&quot;", 6, '"');
    check("&apos;>", 6, '\'');
    check("&#65;", 5, 'A');
    check("&#x2610;>", 8, 0x2610);
    check("&#x10FFFF;>", 10, 0x10FFFF);
    check("&#9;", 4, '\t');
    check("&#0;", 0, 0);
    check("&#xD800;", 0, 0);
    check("&#xFFFE;", 0, 0);
    check("&#x110000;", 0, 0);
    check("&#4294967361;", 0, 0);
    check("&#6A;", 0, 0);
    check("&#X41;", 0, 0);
    check("&#;", 0, 0);
    check("&#x;", 0, 0);
    check("&#65", 0, 0);
    check("&nbsp;", 0, 0);
    check("&am", 0, 0);
    check("&", 0, 0);
}

static void
test_copy(void **fixture)
{
    static const char text[] = "a &lt;b&gt; &#x263a;&amp;";
    g_autofree char *whole = parsers_xml_text_copy(text, text + strlen(text));
    g_autofree char *part = parsers_xml_text_copy(text, text + 1);

    (void)fixture;
    assert_string_equal(whole, "a <b> \xe2\x98\xba&");
    assert_string_equal(part, "a");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference),
        cmocka_unit_test(test_copy),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
