/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-html.c - what a browser shows, where it stands, and what is quoted.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/html.h"
#include "parsers/prose.h"

static ParsersDocument *
document_of(const char *html)
{
    ParsersDocument *document = NULL;

    assert_true(parsers_html_read_text(html, parsers_limits_default(), &document, NULL));
    return document;
}

static void
gives(const char *html, const char *own, const char *quoted)
{
    g_autoptr(ParsersDocument) document = document_of(html);
    g_autofree char *a = parsers_prose_collect(document, false);
    g_autofree char *b = parsers_prose_collect(document, true);

    assert_string_equal(a, own);
    assert_string_equal(b, quoted);
}

static const ParsersBlock *
block(const GPtrArray *blocks, guint i)
{
    assert_true(i < blocks->len);
    return g_ptr_array_index(blocks, i);
}

static void
test_paragraphs(void **fixture)
{
    (void)fixture;
    gives("<p>a  <b>b</b>\n c</p><div>d<br>e&nbsp;f</div>", "a b c\nd\ne f\n", "");
    gives("<pre>x  y\n z</pre>", "x  y\nz\n", "");
    gives("plain <i>t</i>ext", "plain text\n", "");
    gives("", "", "");
    gives("a<br><br>b", "a\nb\n", "");
}

static void
test_hidden(void **fixture)
{
    (void)fixture;
    gives("<head><title>t</title><style>s</style></head><script>x</script><p style='display: "
          "none'>h<b>h</b></p>ok"
          "<!-- c --><span hidden>z</span>",
          "ok\n", "");
}

static void
test_quotes(void **fixture)
{
    (void)fixture;
    gives("hi<blockquote>old</blockquote>more", "hi\nmore\n", "old\n");
    gives("hi<blockquote style='margin:0 0 0 40px; border: none'>mine</blockquote>", "hi\nmine\n",
          "");
    gives("<p>hi</p><div><div id=divRplyFwdMsg>From</div></div><div>old</div>", "hi\n",
          "From\nold\n");
    gives("<p>hi</p><div class=\"gmail_quote\">On x wrote<table><tr><td>old</table></div>", "hi\n",
          "On x wrote\nold\n");
}

static void
test_tables(void **fixture)
{
    g_autoptr(ParsersDocument) document = document_of(
        "<table><tr><td rowspan=2>a<th colspan=2 bgcolor=yellow>b<tr><td>c<td>d</table>");
    const ParsersBlock *table = block(parsers_document_blocks(document), 0);
    const GPtrArray *first = NULL, *second = NULL;
    (void)fixture;

    assert_int_equal(table->kind, PARSERS_BLOCK_TABLE);
    assert_int_equal(table->rows->len, 2);
    first = g_ptr_array_index(table->rows, 0);
    second = g_ptr_array_index(table->rows, 1);
    assert_int_equal(first->len, 2);
    assert_int_equal(((ParsersCell *)first->pdata[0])->row_span, 2);
    assert_int_equal(((ParsersCell *)first->pdata[1])->column_span, 2);
    assert_true(((ParsersCell *)first->pdata[1])->header);
    assert_true(((ParsersCell *)first->pdata[1])->shaded);
    assert_int_equal(second->len, 2);
    assert_int_equal(((ParsersCell *)second->pdata[0])->column, 2);
    assert_int_equal(((ParsersCell *)second->pdata[1])->column, 3);
}

static void
test_broken_tables(void **fixture)
{
    (void)fixture;
    gives("<table>loose<tr>x<td>a</table>b</td></tr></table>", "loose\nx\ta\nb\n", "");
    gives("<td>a<td>b", "a\nb\n", "");
    gives("<table><tr><td>a<table><tr><td>b", "a\tb\n", "");
}

static void
test_flags(void **fixture)
{
    g_autoptr(ParsersDocument) document =
        document_of("<h2>t</h2><li>x<u>u</u><s>s</s><span style='background-color: "
                    "yellow;font-weight:700'>h</span>");
    const GPtrArray *blocks = parsers_document_blocks(document);
    const GPtrArray *spans = block(blocks, 1)->spans;
    (void)fixture;

    assert_int_equal(block(blocks, 0)->heading, 2);
    assert_true(block(blocks, 1)->list_item);
    assert_int_equal(spans->len, 4);
    assert_int_equal(((ParsersSpan *)spans->pdata[1])->flags, PARSERS_SPAN_UNDERLINE);
    assert_int_equal(((ParsersSpan *)spans->pdata[2])->flags, PARSERS_SPAN_STRIKE);
    assert_int_equal(((ParsersSpan *)spans->pdata[3])->flags,
                     PARSERS_SPAN_HIGHLIGHT | PARSERS_SPAN_BOLD);
}

static void
test_controls(void **fixture)
{
    g_autoptr(ParsersDocument) document = document_of(
        "<p><input type=checkbox checked name=a><input name=b value=v><input type=hidden value=x>"
        "<select name=c><option>1<option selected>2</select><textarea "
        "name=d>long\ntext</textarea>");
    const GPtrArray *spans = block(parsers_document_blocks(document), 0)->spans;
    (void)fixture;

    assert_int_equal(spans->len, 4);
    assert_int_equal(((ParsersSpan *)spans->pdata[0])->kind, PARSERS_SPAN_CHECKBOX);
    assert_int_equal(((ParsersSpan *)spans->pdata[0])->flags, PARSERS_SPAN_CHECKED);
    assert_string_equal(((ParsersSpan *)spans->pdata[1])->text, "v");
    assert_string_equal(((ParsersSpan *)spans->pdata[2])->text, "2");
    assert_string_equal(((ParsersSpan *)spans->pdata[2])->name, "c");
    assert_string_equal(((ParsersSpan *)spans->pdata[3])->text, "long\ntext");
}

static void
test_charset(void **fixture)
{
    static const char html[] =
        "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'><p>\xb1";
    g_autoptr(GBytes) bytes = g_bytes_new_static(html, sizeof html - 1);
    g_autoptr(ParsersDocument) document = NULL;
    g_autofree char *text = NULL;
    (void)fixture;

    assert_true(parsers_html_read(bytes, parsers_limits_default(), &document, NULL));
    text = parsers_prose_collect(document, false);
    assert_string_equal(text, "\xc4\x85\n");
}

/* However deep, nothing crashes: it is read or it is a limit. */
static void
test_deep(void **fixture)
{
    static const char *const tags[] = {"<div>", "<table><tr><td>", "<b>", "<blockquote>"};
    (void)fixture;

    for (gsize i = 0; i < G_N_ELEMENTS(tags); i++) {
        g_autoptr(GString) html = g_string_new(NULL);
        g_autoptr(ParsersDocument) document = NULL;
        g_autoptr(GError) error = NULL;

        for (guint k = 0; k < 3000; k++)
            g_string_append(html, tags[i]);
        g_string_append(html, "x");
        if (!parsers_html_read_text(html->str, parsers_limits_default(), &document, &error))
            assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_LIMIT));
        else
            assert_int_equal(i == 1, 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paragraphs),    cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_quotes),        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_broken_tables), cmocka_unit_test(test_flags),
        cmocka_unit_test(test_controls),      cmocka_unit_test(test_charset),
        cmocka_unit_test(test_deep),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
