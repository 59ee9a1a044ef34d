/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-xml-names.c - numbers of names, and what prefixes mean where.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/xml-names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

static ParsersXmlName
name_of(const char *text)
{
    const char *colon = strchr(text, ':');

    return (ParsersXmlName){.at = text,
                            .length = (guint)strlen(text),
                            .prefix = colon == NULL ? 0 : (guint)(colon - text),
                            .hash = 7}; /* all in one slot */
}

static bool
bind(ParsersXmlNames *names, const char *text, const char *uri, guint tag)
{
    const ParsersXmlName name = name_of(text);

    return parsers_xml_names_bind(names, &name, uri, strlen(uri), tag);
}

static int
space_of(ParsersXmlNames *names, const char *text)
{
    const ParsersXmlName name = name_of(text);
    guint8 number = 0, space = 0;

    return parsers_xml_names_find(names, &name, &number, &space) ? space : -1;
}

static void
test_find(void **fixture)
{
    ParsersXmlNames *names = parsers_xml_names_new();
    const ParsersXmlName one = name_of("p"), two = name_of("q"), again = name_of("p");
    guint8 a = 0, b = 0, c = 0, space = 0;

    (void)fixture;
    assert_true(parsers_xml_names_find(names, &one, &a, &space));
    assert_int_equal(space, PARSERS_XML_NONE);
    assert_true(parsers_xml_names_find(names, &two, &b, &space));
    assert_true(parsers_xml_names_find(names, &again, &c, &space));
    assert_int_not_equal(a, b);
    assert_int_equal(a, c);
    assert_string_equal(parsers_xml_names_local(names, b), "q");
    parsers_xml_names_free(names);
}

static void
test_scope(void **fixture)
{
    ParsersXmlNames *names = parsers_xml_names_new();

    (void)fixture;
    assert_int_equal(space_of(names, "w:p"), -1);
    assert_true(bind(names, "xmlns:w", W, 0));
    assert_true(bind(names, "xmlns", W, 0));
    assert_int_equal(space_of(names, "w:p"), PARSERS_XML_W);
    assert_int_equal(space_of(names, "p"), PARSERS_XML_W);
    assert_true(bind(names, "xmlns:w", "urn:other", 3));
    assert_true(bind(names, "xmlns", "", 3));
    assert_int_equal(space_of(names, "w:p"), PARSERS_XML_OTHER);
    assert_int_equal(space_of(names, "p"), PARSERS_XML_NONE);
    parsers_xml_names_unbind(names, 3, 5);
    assert_int_equal(space_of(names, "w:p"), PARSERS_XML_W);
    parsers_xml_names_unbind(names, 0, 9);
    assert_int_equal(space_of(names, "w:p"), -1);
    assert_true(parsers_xml_names_means(names, 2, "w", 1, PARSERS_XML_W));
    assert_true(parsers_xml_names_means(names, 4, "w", 1, PARSERS_XML_OTHER));
    assert_false(parsers_xml_names_means(names, 6, "w", 1, PARSERS_XML_OTHER));
    assert_true(parsers_xml_names_means(names, 6, "xml", 3, PARSERS_XML_OTHER));
    assert_false(parsers_xml_names_means(names, 6, "xmlns", 5, PARSERS_XML_OTHER));
    parsers_xml_names_free(names);
}

static void
test_bind_refuses(void **fixture)
{
    static const char *const odd[] = {
        "",
        "relative",
        "http://",
        "http:///x",
        "http://a:1/",
        "http://a b",
        "urn:",
        "urn:a#b#",
        "http://www.w3.org/2000/xmlns/",
        "http://www.w3.org/XML/1998/namespace",
        "urn:a&amp;b",
    };
    ParsersXmlNames *names = parsers_xml_names_new();
    guint n = 0;

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(odd); i++)
        assert_false(bind(names, "xmlns:w", odd[i], 0));
    assert_false(bind(names, "xmlns:xml", W, 0));
    while (n < 10000 && bind(names, "xmlns:w", W, n))
        n++;
    assert_in_range(n, 100, 9999);
    parsers_xml_names_free(names);
}

/* A document with more names than there are numbers is not plain. */
static void
test_names_end(void **fixture)
{
    ParsersXmlNames *names = parsers_xml_names_new();
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    guint n = 0;

    (void)fixture;
    do
        g_ptr_array_add(texts, g_strdup_printf("n%u", n));
    while (space_of(names, g_ptr_array_index(texts, n)) >= 0 && ++n < 1000);
    assert_int_equal(n, PARSERS_XML_NAMES_MAX);
    assert_int_equal(space_of(names, "n0"), PARSERS_XML_NONE);
    parsers_xml_names_free(names);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_scope),
        cmocka_unit_test(test_bind_refuses),
        cmocka_unit_test(test_names_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
