/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-xml-plain.c - plain XML is read as libxml2 reads it, or left to it.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/xml-plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/xml.h"

#define NAMESPACES                                                                                 \
    "<a:document xmlns:a=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "        \
    "xmlns:b=\"http://schemas.microsoft.com/office/word/2010/wordml\" xmlns:c=\"urn:some:other\">"

static const char *const samples[] = {
    (NAMESPACES
     "<a:p a:v=\"1\" v='x &lt; \"y\"'><a:no><a:p>z</a:p></a:no>t &amp; &#x2610; &#65; "
     "]] > caf\xc3\xa9 \xe2\x98\x90</a:p><b:p b:v=\"2\"/><b:p c:v='3'/>\n</a:document>\n"),
    (NAMESPACES "<p xmlns=\"urn:x\"><b:x xmlns:b=\"urn:y#\" b:v=\"a\"/><b:x b:v=\"b\"/></p>"
                "<a:p xml:space=\"preserve\" v=\"-\"> \t\n </a:p><a:x-1.y/></a:document>"),
    ("<p xmlns='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "
     "v='1'>&quot;&apos;&gt;"
     "<x xmlns=''><p v='2'>in</p></x><p v='3'/><p\n v='4' ><no/><no>k</no></p></p>"),
    "<p xmlns=\"http://purl.oclc.org/ooxml/wordprocessingml/main\" v=\"stop\">never</p>",
};

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

static ParsersXmlNext
note(gpointer user, const ParsersXmlElement *element)
{
    static const ParsersXmlSpace spaces[] = {PARSERS_XML_NONE, PARSERS_XML_W, PARSERS_XML_W14,
                                             PARSERS_XML_OTHER};

    for (gsize i = 0; i < G_N_ELEMENTS(spaces); i++) {
        g_autofree char *value = parsers_xml_attribute(element, spaces[i], "v");

        g_string_append_printf(user, "{%s}", value == NULL ? "none" : value);
    }
    g_string_append_printf(user, "<%s>", parsers_xml_name(element));
    return strstr(((GString *)user)->str, "{stop}") != NULL ? PARSERS_XML_STOP : PARSERS_XML_ENTER;
}

/* All that a reader sees, as text: rules for one name in four namespaces, and one that skips. */
static char *
trace(const char *xml, gsize length)
{
    static const ParsersXmlRule rules[] = {
        {PARSERS_XML_W, "p", note, end},
        {PARSERS_XML_W14, "p", note, end},
        {PARSERS_XML_NONE, "p", note, end},
        {PARSERS_XML_OTHER, "p", note, end},
        {PARSERS_XML_OTHER, "x", note, NULL},
        {PARSERS_XML_W14, "x", note, NULL},
        {PARSERS_XML_W, "no", parsers_xml_skip, NULL},
    };
    static const ParsersXmlReader reader = {rules, G_N_ELEMENTS(rules), on_text};
    GString *out = g_string_new(NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(xml, length);
    g_autoptr(GError) error = NULL;

    if (!parsers_xml_read(bytes, &reader, parsers_limits_default(), out, &error))
        g_string_append_printf(out, "!%d", error->code);
    return g_string_free(out, FALSE);
}

/* A comment before it makes anything libxml2's. */
static void
compare(const char *xml, gsize length)
{
    g_autoptr(GString) odd = g_string_new("<!---->");
    g_autofree char *plain = trace(xml, length);
    g_autofree char *other = NULL;

    g_string_append_len(odd, xml, (gssize)length);
    other = trace(odd->str, odd->len);
    assert_string_equal(plain, other);
}

static void
test_plain(void **fixture)
{
    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autoptr(GBytes) bytes = g_bytes_new_static(samples[i], strlen(samples[i]));
        g_autoptr(ParsersXmlPlain) plain = parsers_xml_plain_new(bytes, 100);

        assert_non_null(plain);
        compare(samples[i], strlen(samples[i]));
    }
}

/* Whatever is done to them, what is still plain means the same, and what is broken is refused. */
static void
test_spoilt(void **fixture)
{
    static const char *const pieces[] = {
        "<",
        ">",
        "/",
        "&",
        ";",
        "'",
        "\"",
        " ",
        "\n",
        "\r",
        "\t",
        "=",
        ":",
        "]]>",
        "<p>",
        "</p>",
        "<p/>",
        "xmlns",
        "xmlns:b='urn:q'",
        " v='9'",
        " b:v='8'",
        "&#0;",
        "&#x9;",
        "&x;",
        "\xc3",
        "\xef\xbf\xbf",
        "\x01",
        "a:",
        "<!---->",
        "<?x y?>",
        "<![CDATA[z]]>",
        "xml",
        "\x7f",
        "\xc2\x85",
    };
    g_autoptr(GRand) random = g_rand_new_with_seed(20);

    (void)fixture;
    for (guint round = 0; round < 20000; round++) {
        g_autoptr(GString) xml = g_string_new(samples[round % G_N_ELEMENTS(samples)]);
        const guint changes = 1 + round % 3;

        for (guint i = 0; i < changes; i++) {
            const gsize at = (gsize)g_rand_int_range(random, 0, (gint32)xml->len);
            const gsize cut = (gsize)g_rand_int_range(random, 0, 3);
            const char *piece = pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))];

            g_string_erase(xml, (gssize)at, (gssize)MIN(cut, xml->len - at));
            if (round % 5 != 0)
                g_string_insert(xml, (gssize)at, piece);
        }
        compare(xml->str, xml->len);
    }
}

/* What is not plain is left to libxml2, the allowed as well as the rest. */
static void
test_not_plain(void **fixture)
{
    static const char *const odd[] = {
        "",
        "<",
        "<a",
        "<a>",
        "</a>",
        "<a></b>",
        "<a/><b/>",
        "<a/>x",
        "x<a/>",
        "<a b/>",
        "<a b=c/>",
        "<a b='1' b='2'/>",
        "<a b='<'/>",
        "<x:a/>",
        "<a x:b=''/>",
        "<a xmlns:x=''/>",
        "<a>]]></a>",
        "<a>&nbsp;</a>",
        "<a>\r</a>",
        "<!DOCTYPE a><a/>",
        "<a><!-- --></a>",
        "<a><![CDATA[]]></a>",
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>",
        "<a xmlns='rel'/>",
        "<a>\xff</a>",
        "<a b='1'c='2'/>",
        "<a xmlns:xml='urn:a'/>",
        "<a:b:c xmlns:a='urn:a'/>",
        "<a><b></a></b>",
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(odd); i++) {
        g_autoptr(GBytes) bytes = g_bytes_new_static(odd[i], strlen(odd[i]));

        assert_null(parsers_xml_plain_new(bytes, 100));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_spoilt),
        cmocka_unit_test(test_not_plain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
