/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-pdf-columns.c - tables that are drawn without lines, found by their
 * columns.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "tests/unit/pdf-help.h"

static void
show(GString *drawing, int x, int y, const char *text)
{
    g_string_append_printf(drawing, "1 0 0 1 %d %d Tm (%s) Tj ", x, y, text);
}

static GString *
begin(void)
{
    return g_string_new("BT /F 10 Tf ");
}

static GBytes *
end(GString *drawing)
{
    GBytes *page = NULL;

    g_string_append(drawing, "ET");
    page = make_page(drawing->str);
    g_string_free(drawing, TRUE);
    return page;
}

/* Three labels with answers in one column, the second of them empty. */
static void
test_two_columns(void **fixture)
{
    GString *drawing = begin();
    g_autoptr(ParsersDocument) document = NULL;
    const ParsersBlock *table = NULL;
    const ParsersCell *cell = NULL;

    (void)fixture;
    show(drawing, 20, 300, "Your full name");
    show(drawing, 150, 300, "Ann Smith");
    show(drawing, 20, 286, "Your telephone");
    show(drawing, 20, 272, "Your town");
    show(drawing, 150, 272, "Dover");
    document = read_bytes(end(drawing), NULL);
    table = block_at(document, 0);
    assert_int_equal(table->kind, PARSERS_BLOCK_TABLE);
    assert_int_equal(table->rows->len, 3);
    cell = g_ptr_array_index((GPtrArray *)g_ptr_array_index(table->rows, 1), 1);
    assert_int_equal(cell->blocks->len, 0);
    cell = g_ptr_array_index((GPtrArray *)g_ptr_array_index(table->rows, 2), 1);
    assert_string_equal(span_at(g_ptr_array_index(cell->blocks, 0), 0)->text, "Dover");
}

/* A narrow gap parts two columns when they are columns elsewhere. */
static void
test_narrow_gap(void **fixture)
{
    GString *drawing = begin();

    (void)fixture;
    show(drawing, 20, 300, "Name");
    show(drawing, 150, 300, "Ann");
    show(drawing, 20, 286, "The town that you live in");
    show(drawing, 150, 286, "Dover");
    assert_text(end(drawing), "Name\tAnn\nThe town that you live in\tDover\n");
}

/* What stands across a column ends it; prose with one wide gap is no table. */
static void
test_no_columns(void **fixture)
{
    GString *drawing = begin();
    g_autoptr(ParsersDocument) document = NULL;

    (void)fixture;
    show(drawing, 20, 300, "Name");
    show(drawing, 150, 300, "Ann");
    show(drawing, 20, 286, "A line of text that goes across the place where it began.");
    show(drawing, 20, 272, "Town");
    show(drawing, 150, 272, "Dover");
    document = read_bytes(end(drawing), NULL);
    assert_int_equal(block_at(document, 0)->kind, PARSERS_BLOCK_PARAGRAPH);
    assert_int_equal(block_at(document, 1)->kind, PARSERS_BLOCK_PARAGRAPH);
}

/* Bullets stand before their text, and boxes to tick before their captions. */
static void
test_bullets(void **fixture)
{
    GString *drawing = begin();
    g_autoptr(ParsersDocument) document = NULL;

    (void)fixture;
    show(drawing, 20, 300, "\\225");
    show(drawing, 40, 300, "He shouted at us");
    show(drawing, 20, 286, "\\225");
    show(drawing, 40, 286, "He left us there");
    document = read_bytes(end(drawing), NULL);
    assert_int_equal(block_at(document, 0)->kind, PARSERS_BLOCK_PARAGRAPH);
    assert_true(block_at(document, 0)->list_item);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_columns),
        cmocka_unit_test(test_narrow_gap),
        cmocka_unit_test(test_no_columns),
        cmocka_unit_test(test_bullets),
    };

    return cmocka_run_group_tests(tests, warm_up, NULL);
}
