/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-document.c - the neutral model: places, merging, limits, text.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool
add(ParsersDocument *document, const char *text, guint flags)
{
    return parsers_document_add_text(document, text, strlen(text), flags);
}

static void
paragraph(ParsersDocument *document, const char *text)
{
    assert_true(parsers_document_begin_paragraph(document, 0, false));
    assert_true(add(document, text, 0));
    parsers_document_end_paragraph(document);
}

static void
cell(ParsersDocument *document, guint column, bool continues, const char *text)
{
    assert_true(parsers_document_begin_cell(document, column, 1, continues));
    paragraph(document, text);
    parsers_document_end_cell(document);
}

static const ParsersBlock *
block_at(const ParsersDocument *document, guint i)
{
    return g_ptr_array_index(parsers_document_blocks(document), i);
}

static const ParsersSpan *
span_at(const ParsersBlock *block, guint i)
{
    return g_ptr_array_index(block->spans, i);
}

static const ParsersCell *
cell_at(const ParsersBlock *table, guint row, guint i)
{
    return g_ptr_array_index((GPtrArray *)g_ptr_array_index(table->rows, row), i);
}

/* Text of equal flags becomes one span; other flags or another kind begin a new one. */
static void
test_merging(void **fixture)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    const ParsersSpan box = {.kind = PARSERS_SPAN_CHECKBOX, .flags = PARSERS_SPAN_CHECKED};
    const ParsersBlock *block = NULL;
    g_autofree char *text = NULL;

    (void)fixture;
    parsers_document_begin_paragraph(document, 9, true);
    add(document, "Na", 0);
    add(document, "", PARSERS_SPAN_BOLD);
    add(document, "me", 0);
    add(document, "!", PARSERS_SPAN_BOLD);
    parsers_document_add_span(document, &box);
    add(document, "yes", PARSERS_SPAN_BOLD);
    parsers_document_end_paragraph(document);
    block = block_at(document, 0);
    assert_int_equal(block->spans->len, 4);
    assert_string_equal(span_at(block, 0)->text, "Name");
    assert_int_equal(span_at(block, 1)->flags, PARSERS_SPAN_BOLD);
    assert_int_equal(span_at(block, 2)->kind, PARSERS_SPAN_CHECKBOX);
    assert_string_equal(span_at(block, 2)->text, "");
    assert_int_equal(block->heading, 6);
    assert_true(block->list_item);
    text = parsers_document_paragraph_text(block);
    assert_string_equal(text, "Name!\xe2\x98\x92yes");
}

static void
test_bad_utf8(void **fixture)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    const ParsersSpan control = {
        .kind = PARSERS_SPAN_CONTROL, .text = (char *)"\xff", .label = (char *)"a\xc3"};

    (void)fixture;
    parsers_document_begin_paragraph(document, 0, false);
    parsers_document_add_text(document, "a\0b\xe9", 4, 0);
    parsers_document_add_span(document, &control);
    parsers_document_end_paragraph(document);
    assert_string_equal(span_at(block_at(document, 0), 0)->text, "a\xef\xbf\xbd"
                                                                 "b\xef\xbf\xbd");
    assert_string_equal(span_at(block_at(document, 0), 1)->text, "\xef\xbf\xbd");
    assert_string_equal(span_at(block_at(document, 0), 1)->label, "a\xef\xbf\xbd");
    assert_null(span_at(block_at(document, 0), 1)->name);
}

/* Boxes in text are boxes, with the look of the text around them. */
static void
test_boxes(void **fixture)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    const ParsersBlock *block = NULL;

    (void)fixture;
    parsers_document_begin_paragraph(document, 0, false);
    add(document, "\xe2\x98\x91 Yes \xe2\x96\xa1 No \xe2\x9c\x93", PARSERS_SPAN_STRIKE);
    parsers_document_end_paragraph(document);
    block = block_at(document, 0);
    assert_int_equal(block->spans->len, 4);
    assert_int_equal(span_at(block, 0)->kind, PARSERS_SPAN_CHECKBOX);
    assert_int_equal(span_at(block, 0)->flags, PARSERS_SPAN_STRIKE | PARSERS_SPAN_CHECKED);
    assert_string_equal(span_at(block, 1)->text, " Yes ");
    assert_int_equal(span_at(block, 2)->flags, PARSERS_SPAN_STRIKE);
    assert_string_equal(span_at(block, 3)->text, " No \xe2\x9c\x93");
}

/* A vertical merge grows the cell above; what is added then belongs to it. */
static void
test_table(void **fixture)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    const ParsersBlock *table = NULL;
    const ParsersBlock *below = NULL;
    g_autofree char *text = NULL;

    (void)fixture;
    paragraph(document, "before");
    parsers_document_set_page(document, 2);
    parsers_document_begin_table(document);
    parsers_document_begin_row(document);
    cell(document, 1, false, "a");
    cell(document, 2, false, "b");
    parsers_document_end_row(document);
    parsers_document_begin_row(document);
    cell(document, 1, true, "c");
    cell(document, 2, false, "d");
    parsers_document_end_row(document);
    parsers_document_begin_row(document);
    cell(document, 3, true, "e");
    parsers_document_end_row(document);
    parsers_document_end_table(document);
    table = block_at(document, 1);
    assert_int_equal(table->kind, PARSERS_BLOCK_TABLE);
    assert_int_equal(cell_at(table, 0, 0)->row_span, 2);
    assert_int_equal(cell_at(table, 0, 0)->blocks->len, 2);
    assert_int_equal(((GPtrArray *)g_ptr_array_index(table->rows, 1))->len, 1);
    below = g_ptr_array_index(cell_at(table, 1, 0)->blocks, 0);
    assert_int_equal(below->place.page, 2);
    assert_int_equal(below->place.table, 1);
    assert_int_equal(below->place.row, 2);
    assert_int_equal(below->place.column, 2);
    assert_int_equal(below->place.paragraph, 5);
    assert_int_equal(cell_at(table, 2, 0)->row_span, 1);
    text = parsers_document_text(document);
    assert_string_equal(text, "before\na\nc\tb\nd\ne\n");
}

/* A text box inside a paragraph stands after it, and the paragraph goes on. */
static void
test_nested_paragraph(void **fixture)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autofree char *text = NULL;

    (void)fixture;
    parsers_document_begin_paragraph(document, 0, false);
    add(document, "out", 0);
    paragraph(document, "inner");
    add(document, "er", 0);
    parsers_document_end_paragraph(document);
    text = parsers_document_text(document);
    assert_string_equal(text, "outer\ninner\n");
    assert_int_equal(block_at(document, 0)->spans->len, 1);
}

static void
assert_reached(const ParsersDocument *document, const char *limit)
{
    g_autoptr(GError) error = NULL;

    assert_false(parsers_document_check(document, &error));
    assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_LIMIT));
    assert_non_null(strstr(error->message, limit));
}

static void
test_limit_text(void **fixture)
{
    ParsersLimits limits = *parsers_limits_default();
    g_autoptr(ParsersDocument) document = NULL;

    (void)fixture;
    limits.document_text_bytes = 5;
    document = parsers_document_new(&limits);
    parsers_document_begin_paragraph(document, 0, false);
    assert_true(add(document, "1234", 0));
    assert_true(parsers_document_check(document, NULL));
    assert_false(add(document, "56", 0));
    /* Everything after a limit is ignored, unbalanced or not. */
    assert_false(add(document, "5", 0));
    parsers_document_end_cell(document);
    parsers_document_end_paragraph(document);
    assert_reached(document, "document_text_bytes");
}

static void
test_limit_tables(void **fixture)
{
    ParsersLimits limits = *parsers_limits_default();
    g_autoptr(ParsersDocument) deep = NULL;
    g_autoptr(ParsersDocument) wide = NULL;

    (void)fixture;
    limits.document_depth = 1;
    limits.document_cells = 3;
    deep = parsers_document_new(&limits);
    assert_true(parsers_document_begin_table(deep));
    parsers_document_begin_row(deep);
    assert_true(parsers_document_begin_cell(deep, 1, 1, false));
    assert_false(parsers_document_begin_table(deep));
    assert_reached(deep, "document_depth");
    wide = parsers_document_new(&limits);
    assert_true(parsers_document_begin_table(wide));
    parsers_document_begin_row(wide);
    cell(wide, 1, false, "a");
    cell(wide, 4000000000u, false, "far to the right");
    assert_false(parsers_document_begin_cell(wide, 3, 1, false));
    assert_reached(wide, "document_cells");
}

static void
test_limit_paragraphs(void **fixture)
{
    ParsersLimits limits = *parsers_limits_default();
    g_autoptr(ParsersDocument) document = NULL;

    (void)fixture;
    limits.document_paragraphs = 2;
    document = parsers_document_new(&limits);
    paragraph(document, "a");
    paragraph(document, "b");
    assert_false(parsers_document_begin_paragraph(document, 0, false));
    assert_reached(document, "document_paragraphs");
    assert_int_equal(parsers_document_blocks(document)->len, 2);
}

/* A placeholder is no answer, a description of a picture no text. */
static void
test_answers(void **fixture)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    ParsersSpan span = {.kind = PARSERS_SPAN_CONTROL, .text = (char *)"Sam"};
    g_autofree char *text = NULL;

    (void)fixture;
    parsers_document_begin_paragraph(document, 0, false);
    parsers_document_add_span(document, &span);
    span.flags = PARSERS_SPAN_PLACEHOLDER;
    parsers_document_add_span(document, &span);
    span.kind = PARSERS_SPAN_IMAGE;
    parsers_document_add_span(document, &span);
    span.kind = PARSERS_SPAN_CHECKBOX;
    span.text = (char *)"No";
    parsers_document_add_span(document, &span);
    parsers_document_end_paragraph(document);
    text = parsers_document_paragraph_text(block_at(document, 0));
    assert_string_equal(text, "Sam\xe2\x98\x90 No");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_merging),          cmocka_unit_test(test_boxes),
        cmocka_unit_test(test_bad_utf8),         cmocka_unit_test(test_table),
        cmocka_unit_test(test_nested_paragraph), cmocka_unit_test(test_limit_text),
        cmocka_unit_test(test_limit_tables),     cmocka_unit_test(test_limit_paragraphs),
        cmocka_unit_test(test_answers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
