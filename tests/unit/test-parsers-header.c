/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-header.c - header lines, their parameters and their limits.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <gmime/gmime.h>

#include "parsers/header.h"

static gsize
scan(const char *text, GPtrArray *headers, const char **out_limit)
{
    return parsers_header_scan(text, strlen(text), parsers_limits_default(), headers, out_limit);
}

static void
test_scan(void **fixture)
{
    static const char text[] = "A: 1\r\nB:\r\n two\r\n\tthree\r\na : x\r\n\r\nbody";
    g_autoptr(GPtrArray) headers = parsers_header_list_new();
    const char *limit = NULL;
    (void)fixture;

    assert_string_equal(text + scan(text, headers, &limit), "body");
    assert_null(limit);
    assert_string_equal(parsers_header_value(headers, "a", 0), "1"); /* the first counts */
    assert_string_equal(parsers_header_value(headers, "A", 1), "x");
    assert_string_equal(parsers_header_value(headers, "B", 0), "two three");
    assert_null(parsers_header_value(headers, "C", 0));
}

static void
test_odd_blocks(void **fixture)
{
    g_autoptr(GPtrArray) headers = parsers_header_list_new();
    const char *limit = NULL;
    (void)fixture;

    assert_int_equal(scan("From x@y Mon Jan\nA: 1\nthis is a body", headers, &limit), 22);
    assert_int_equal(headers->len, 1);
    assert_int_equal(scan("", headers, &limit), 0);
    assert_int_equal(scan("\n", headers, &limit), 1);
    assert_int_equal(scan("A: 1", headers, &limit), 4);
}

static void
test_limits(void **fixture)
{
    g_autoptr(GPtrArray) headers = parsers_header_list_new();
    g_autoptr(GString) many = g_string_new(NULL);
    g_autofree char *wide = g_strnfill(parsers_limits_default()->header_line_bytes, 'x');
    g_autofree char *line = g_strconcat("A: ", wide, "\nB: 2\n\nbody", NULL);
    const char *limit = NULL;
    (void)fixture;

    assert_string_equal(line + scan(line, headers, &limit), "body");
    assert_string_equal(limit, "header_line_bytes");
    assert_string_equal(parsers_header_value(headers, "B", 0), "2");
    assert_int_equal(strlen(parsers_header_value(headers, "A", 0)), strlen(wide) - strlen("A: "));
    for (guint i = 0; i <= parsers_limits_default()->headers; i++)
        g_string_append(many, "A: 1\n");
    scan(many->str, headers, &limit);
    assert_string_equal(limit, "headers");
    assert_int_equal(headers->len, parsers_limits_default()->headers);
}

static void
parameter(const char *value, const char *expected)
{
    g_autofree char *name = parsers_header_parameter(value, "name");

    if (expected == NULL)
        assert_null(name);
    else
        assert_string_equal(name, expected);
}

static void
test_parameters(void **fixture)
{
    (void)fixture;
    g_mime_init();
    parameter("a/b; name=my form.docx; charset=utf-8", "my form.docx");
    parameter("a/b; name=\"=?utf-8?B?Y2Fmw6k=?=.docx\"", "caf\xc3\xa9.docx");
    parameter("a/b; name*=utf-8''caf%C3%A9%20x.doc", "caf\xc3\xa9 x.doc");
    parameter("a/b; name*0*=iso-8859-1''caf%e9; name*1=\" two.doc\"", "caf\xc3\xa9 two.doc");
    parameter("a/b; name=\"unclosed.docx", "unclosed.docx");
    parameter("a/b; name=caf\xc3\xa9 form (1).docx", "caf\xc3\xa9 form (1).docx");
    parameter("a/b; name=\"a;b.docx\"; x=1", "a;b.docx");
    parameter("a/b name=x.docx", "x.docx");
    parameter(";name=x", "x");
    parameter("a/b", NULL);
}

static void
test_decode(void **fixture)
{
    g_autofree char *one = parsers_header_decode("=?utf-8?Q?a_b?= =?utf-8?Q?c?= d");
    g_autofree char *two = parsers_header_decode("=?utf-8?B?4oKs?=x\x01"
                                                 "caf\xc3\xa9");
    g_autofree char *three = parsers_header_decode("=?utf-8?q?=C3?=");
    (void)fixture;

    assert_string_equal(one, "a bc d");
    assert_string_equal(two, "\xe2\x82\xacx caf\xc3\xa9");
    assert_true(g_utf8_validate(three, -1, NULL));
}

/* Letters and marks that a writer should have encoded. */
static void
test_mend(void **fixture)
{
    g_autofree char *latin = parsers_header_decode("=?iso-8859-1?Q?Si\xc3\xa2n_=E9?= x");
    g_autofree char *marks = parsers_header_mend("=?utf-8?Q?a:)?= <a@b.org>");
    g_autofree char *plain = parsers_header_mend("a: (b) =?utf-8?B?YQ==?= =?broken");
    (void)fixture;

    assert_string_equal(latin, "Si\xc3\xa2n \xc3\xa9 x");
    assert_string_equal(marks, "=?utf-8?Q?a=3A=29?= <a@b.org>");
    assert_string_equal(plain, "a: (b) =?utf-8?B?YQ==?= =?broken");
}

/* Lists made at random of what such lists are made of: what is found is what GMime reads, without
 * quotes that were never closed. */
static void
test_plain_parameters(void **fixture)
{
    static const char *const pieces[] = {"name",
                                         "NAME",
                                         "x-y",
                                         "=",
                                         ";",
                                         "; ",
                                         " ",
                                         "\"",
                                         "a",
                                         "=?",
                                         "%20",
                                         "form",
                                         ".d",
                                         "(",
                                         "*",
                                         "'",
                                         "\\",
                                         ",",
                                         "name=f.d",
                                         "; name=\"f g.d\"",
                                         "; charset=utf-8",
                                         ";",
                                         "_="};
    g_autoptr(GRand) random = g_rand_new_with_seed(5);

    (void)fixture;
    g_mime_init();
    for (guint round = 0; round < 20000; round++) {
        g_autoptr(GString) list = g_string_new(round % 2 == 0 ? " name=\"f.d\"" : "");
        g_autofree char *value = NULL;
        g_autofree char *ours = NULL;
        GMimeParamList *params = NULL;
        GMimeParam *param = NULL;
        const char *theirs = NULL;

        for (gint n = g_rand_int_range(random, 0, 7); n > 0; n--)
            g_string_append(list, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        value = g_strconcat("a/b;", list->str, NULL);
        ours = parsers_header_parameter(value, "name");
        params = g_mime_param_list_parse(NULL, list->str);
        param = params == NULL ? NULL : g_mime_param_list_get_parameter(params, "name");
        theirs = param == NULL ? NULL : g_mime_param_get_value(param);
        if (theirs == NULL) {
            assert_null(ours);
        } else {
            g_autofree char *bare = g_strstrip(g_strdup(theirs[0] == '"' ? theirs + 1 : theirs));
            g_autofree char *mine = g_strstrip(g_strdup(ours));

            assert_string_equal(mine, bare);
        }
        g_clear_object(&params);
    }
}

/* What is not decoded because nothing is encoded is what GMime makes of it. */
static void
test_plain_text(void **fixture)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(6);

    (void)fixture;
    for (guint round = 0; round < 20000; round++) {
        char text[20] = "";
        g_autofree char *ours = NULL;
        g_autofree char *theirs = NULL;

        for (gint i = g_rand_int_range(random, 0, 20) - 1; i >= 0; i--)
            text[i] = "ab =?Q_\"(,<\t"[g_rand_int_range(random, 0, 12)];
        if (strstr(text, "=?") != NULL)
            continue;
        ours = parsers_header_decode(text);
        theirs = g_mime_utils_header_decode_text(NULL, text);
        g_strdelimit(theirs, "\t", ' ');
        assert_string_equal(ours, g_strstrip(theirs));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan),
        cmocka_unit_test(test_odd_blocks),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_mend),
        cmocka_unit_test(test_plain_parameters),
        cmocka_unit_test(test_plain_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
