/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-xml.c - walking through XML: rules, skipping, refusing.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define W " xmlns='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
#define STRICT " xmlns='http://purl.oclc.org/ooxml/wordprocessingml/main'"

static ParsersXmlNext
start(gpointer user, const ParsersXmlElement *element)
{
    g_autofree char *value = parsers_xml_attribute(element, PARSERS_XML_NONE, "v");

    g_string_append_printf(user, "<%s%u%s%s>", parsers_xml_name(element),
                           (guint)parsers_xml_ordinal(element), value == NULL ? "" : "=",
                           value == NULL ? "" : value);
    return g_strcmp0(value, "stop") == 0 ? PARSERS_XML_STOP : PARSERS_XML_ENTER;
}

static void
end(gpointer user)
{
    g_string_append(user, "</>");
}

static void
on_text(gpointer user, const char *text, gsize length)
{
    g_string_append_len(user, text, (gssize)length);
}

static bool
walk(const char *xml, gsize length, GString *out, GError **error)
{
    static const ParsersXmlRule rules[] = {
        {PARSERS_XML_W, "p", start, end},
        {PARSERS_XML_W, "no", parsers_xml_skip, end},
    };
    static const ParsersXmlReader reader = {rules, G_N_ELEMENTS(rules), on_text};
    g_autoptr(GBytes) bytes = g_bytes_new_static(xml, length);
    ParsersLimits limits = *parsers_limits_default();

    limits.xml_depth = 5;
    return parsers_xml_read(bytes, &reader, &limits, out, error);
}

static void
check(const char *xml, gsize length, const char *wanted)
{
    g_autoptr(GString) out = g_string_new(NULL);

    assert_true(walk(xml, length, out, NULL));
    assert_string_equal(out->str, wanted);
}

static void
check_fails(const char *xml, ParsersError code)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    assert_false(walk(xml, strlen(xml), out, &error));
    assert_true(g_error_matches(error, PARSERS_ERROR, (gint)code));
}

#define CHECK(xml, wanted) check(xml, sizeof(xml) - 1, wanted)

static void
test_walk(void **fixture)
{
    (void)fixture;
    CHECK("<p" W " v='a&amp;b'>x&lt;&#x41;<![CDATA[<y>]]></p>", "<p1=a&b>x<A<y></>");
    CHECK("<p" STRICT "/>", "<p1></>");
    CHECK("<a" W "><no>x<p>y</p></no><p/></a>", "<p4></>");
    CHECK("<p xmlns='urn:other'>z</p>", "z");
    CHECK("<a" W "><p v='stop'>x</p><p/>", "<p2=stop>");
    CHECK("\xff\xfe<\0p\0/\0>\0", "");
}

static void
test_refused(void **fixture)
{
    (void)fixture;
    check_fails("<!DOCTYPE a><a/>", PARSERS_ERROR_DAMAGED);
    check_fails("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
                PARSERS_ERROR_DAMAGED);
    check_fails("<a>&e;</a>", PARSERS_ERROR_DAMAGED);
    check_fails("<a>", PARSERS_ERROR_DAMAGED);
    check_fails("", PARSERS_ERROR_DAMAGED);
    check_fails("<a><a><a><a><a><a/></a></a></a></a></a>", PARSERS_ERROR_LIMIT);
    check_fails("<no" W "><a><a><a><a><a/></a></a></a></a></no>", PARSERS_ERROR_LIMIT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_walk),
        cmocka_unit_test(test_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
