/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-split.c - which bytes are which part, in good mails and in bad ones.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <gmime/gmime.h>

#include "parsers/split.h"

static ParsersSplit *
split(const char *text)
{
    g_autoptr(GBytes) raw = g_bytes_new(text, strlen(text));

    g_mime_init();
    return parsers_split_read(raw, parsers_limits_default());
}

static const ParsersSplitLeaf *
leaf(const ParsersSplit *s, guint i)
{
    assert_true(i < s->leaves->len);
    return g_ptr_array_index(s->leaves, i);
}

static void
body_is(const ParsersSplit *s, guint i, const char *expected)
{
    GBytes *body = leaf(s, i)->body;

    assert_int_equal(g_bytes_get_size(body), strlen(expected));
    assert_memory_equal(g_bytes_get_data(body, NULL), expected, strlen(expected));
}

#define MIXED "Content-Type: multipart/mixed; boundary=b\n\npreamble\n"

static void
test_parts(void **fixture)
{
    g_autoptr(ParsersSplit) s =
        split(MIXED "--b\n\none\n--b  \nContent-Type: Text/HTML\n\ntwo\n\n--b--\nafter\n");
    (void)fixture;

    assert_int_equal(s->leaves->len, 2);
    body_is(s, 0, "one");
    body_is(s, 1, "two\n");
    assert_string_equal(leaf(s, 0)->type, "text/plain");
    assert_string_equal(leaf(s, 1)->type, "text/html");
    assert_string_equal(s->type, "multipart/mixed");
    assert_false(leaf(s, 1)->cut);
    assert_null(s->limit);
}

/* A boundary that is the start of another one, and none of its own lines. */
static void
test_nested(void **fixture)
{
    g_autoptr(ParsersSplit) s =
        split(MIXED "--b\nContent-Type: multipart/alternative; "
                    "boundary=\"bb\"\n\n--bb\n\nt\n--bb\n\nh\n--b\n\nz\n--b--\n");
    (void)fixture;

    assert_int_equal(s->leaves->len, 3);
    body_is(s, 0, "t");
    body_is(s, 1, "h");
    body_is(s, 2, "z");
    assert_int_equal(leaf(s, 0)->alternative, leaf(s, 1)->alternative);
    assert_int_not_equal(leaf(s, 0)->alternative, 0);
    assert_int_equal(leaf(s, 2)->alternative, 0);
    assert_true(leaf(s, 1)->cut);
    assert_false(leaf(s, 2)->cut);
}

static void
test_damage(void **fixture)
{
    g_autoptr(ParsersSplit) open = split(MIXED "--b\n\none\n--b\n\ntwo");
    g_autoptr(ParsersSplit) undeclared =
        split("Content-Type: multipart/mixed\n\n--=_guess\n\none\n--=_guess--\n");
    g_autoptr(ParsersSplit) wrong =
        split("Content-Type: multipart/mixed; boundary=no\n\n--=_guess\n\none\n--=_guess--\n");
    g_autoptr(ParsersSplit) none =
        split("Content-Type: multipart/mixed; boundary=b\n\njust words\n");
    g_autoptr(ParsersSplit) late = split(MIXED "--b\n\none\n--b--\n--b\n\ntwo\n--b--\n");
    (void)fixture;

    assert_int_equal(open->leaves->len, 2);
    assert_false(leaf(open, 0)->cut);
    assert_true(leaf(open, 1)->cut);
    body_is(undeclared, 0, "one");
    assert_true(undeclared->guessed);
    assert_false(open->guessed);
    body_is(wrong, 0, "one");
    body_is(none, 0, "just words\n");
    assert_int_equal(late->leaves->len, 2);
}

static void
test_line_ends(void **fixture)
{
    g_autoptr(ParsersSplit) cr = split("Subject: x\rContent-Type: text/plain\r\rhello\rworld");
    g_autoptr(ParsersSplit) empty = split("");
    g_autoptr(ParsersSplit) blank = split("\r\n\r\nSubject: x\r\n\r\nhi");
    (void)fixture;

    assert_int_equal(cr->headers->len, 2);
    body_is(cr, 0, "hello\nworld");
    body_is(empty, 0, "");
    assert_int_equal(blank->headers->len, 1);
}

/* Of two content types the first one counts. */
static void
test_first_type_counts(void **fixture)
{
    g_autoptr(ParsersSplit) s = split(
        "Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n");
    (void)fixture;

    assert_int_equal(s->leaves->len, 1);
    assert_string_equal(leaf(s, 0)->type, "text/plain");
}

static void
test_limits(void **fixture)
{
    g_autoptr(GString) many = g_string_new(MIXED);
    g_autoptr(GString) deep = g_string_new(NULL);
    g_autoptr(ParsersSplit) parts = NULL;
    g_autoptr(ParsersSplit) depth = NULL;
    (void)fixture;

    for (guint i = 0; i < 2 * parsers_limits_default()->mime_parts; i++)
        g_string_append(many, "--b\n\nx\n");
    parts = split(many->str);
    assert_string_equal(parts->limit, "mime_parts");
    assert_int_equal(parts->leaves->len, parsers_limits_default()->mime_parts);
    for (guint i = 0; i < 1000; i++)
        g_string_append_printf(deep, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i,
                               i);
    depth = split(deep->str);
    assert_string_equal(depth->limit, "mime_depth");
    assert_int_equal(depth->leaves->len, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_nested),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_first_type_counts),
        cmocka_unit_test(test_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
