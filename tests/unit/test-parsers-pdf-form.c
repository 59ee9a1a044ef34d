/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-pdf-form.c - the fields of PDF forms, and what stands beside them.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-form.h"
#include "tests/unit/pdf-help.h"

static const ParsersSpan *field_named(const GPtrArray *blocks, const char *name);

static const ParsersSpan *
field_in_row(const GPtrArray *row, const char *name)
{
    const ParsersSpan *found = NULL;

    for (guint i = 0; i < row->len && found == NULL; i++)
        found = field_named(((const ParsersCell *)g_ptr_array_index(row, i))->blocks, name);
    return found;
}

/* The first field of a name, in a table or outside, or NULL. */
static const ParsersSpan *
field_named(const GPtrArray *blocks, const char *name)
{
    const ParsersSpan *found = NULL;

    for (guint i = 0; i < blocks->len && found == NULL; i++) {
        const ParsersBlock *block = g_ptr_array_index(blocks, i);

        for (guint j = 0; block->rows != NULL && j < block->rows->len && found == NULL; j++)
            found = field_in_row(g_ptr_array_index(block->rows, j), name);
        for (guint j = 0; block->spans != NULL && j < block->spans->len && found == NULL; j++) {
            const ParsersSpan *span = g_ptr_array_index(block->spans, j);

            if (g_strcmp0(span->name, name) == 0)
                found = span;
        }
    }
    return found;
}

static void
test_form_values(void **fixture)
{
    ParsersPdfInfo info = {0};
    g_autoptr(ParsersDocument) document = read_bytes(make_form(), &info);
    g_autofree char *text = parsers_document_text(document);
    const ParsersSpan *name = field_named(parsers_document_blocks(document), "name");

    (void)fixture;
    assert_true(info.has_form_fields);
    assert_false(info.is_image_only);
    assert_string_equal(text, "Name\t\xc5\xb9\xc3\xa9\nTown\tDover\nTown again\t\n"
                              "\t\xe2\x98\x92 Hurt\t\xe2\x98\x90 Told\n"
                              "\t\xe2\x98\x92 Agreed\n"
                              "Area\tSouth\n");
    assert_non_null(name);
    assert_int_equal(name->kind, PARSERS_SPAN_CONTROL);
    assert_string_equal(name->name, "name");
    assert_string_equal(name->label, "Your name");
}

static void
test_form_boxes(void **fixture)
{
    g_autoptr(ParsersDocument) document = read_bytes(make_form(), NULL);
    const GPtrArray *blocks = parsers_document_blocks(document);
    const ParsersSpan *hurt = field_named(blocks, "hurt");
    const ParsersSpan *told = field_named(blocks, "told");
    const ParsersSpan *agree = field_named(blocks, "agree");
    const ParsersSpan *area = field_named(blocks, "area");

    (void)fixture;
    assert_true(hurt != NULL && told != NULL && agree != NULL && area != NULL);
    assert_int_equal(hurt->kind, PARSERS_SPAN_CHECKBOX);
    assert_int_equal(hurt->flags, PARSERS_SPAN_CHECKED);
    assert_string_equal(hurt->text, "Hurt");
    assert_int_equal(told->flags, 0);
    assert_int_equal(agree->flags, PARSERS_SPAN_CHECKED | PARSERS_SPAN_RADIO);
    assert_string_equal(agree->name, "agree");
    assert_int_equal(area->flags, PARSERS_SPAN_LIST);
}

/* Whether captions stand before their boxes is told by the row as a whole. */
static void
test_captions_before_boxes(void **fixture)
{
    static const char *const boxes[] = {
        "<</Type/Annot/Subtype/Widget/FT/Btn/T(a)/V/On/AS/On/Rect[40 299 50 309]" ON_AND_OFF ">>",
        "<</Type/Annot/Subtype/Widget/FT/Btn/T(b)/AS/Off/Rect[77 299 87 309]" ON_AND_OFF ">>",
        NULL,
    };

    (void)fixture;
    assert_text(make_pages(1, "BT /F 10 Tf " AT(20, 300) "(Yes) Tj " AT(62, 300) "(No) Tj ET",
                           boxes, "", ""),
                "\xe2\x98\x92 Yes \xe2\x98\x90 No\n");
}

/* A square drawn on the page under its field is no cell; a line that goes on is one of a table. */
static void
test_squares_are_no_cells(void **fixture)
{
    ParsersPdfWidget square = {.box = {100, 200, 110, 210},
                               .span = {.kind = PARSERS_SPAN_CHECKBOX}};
    ParsersPdfWidget line = {.box = {100, 300, 110, 310}, .span = {.kind = PARSERS_SPAN_CONTROL}};
    ParsersPdfRule rules[] = {{.position = 99.5, .start = 199.5, .end = 210.5},
                              {.position = 110, .start = 200, .end = 210},
                              {.position = 100, .start = 150, .end = 210},
                              {.position = 98, .start = 200, .end = 210},
                              {.position = 100, .start = 300, .end = 310}};
    g_autoptr(GPtrArray) widgets = g_ptr_array_new();
    g_autoptr(GArray) vertical = g_array_new(FALSE, FALSE, sizeof(ParsersPdfRule));

    (void)fixture;
    g_ptr_array_add(widgets, &square);
    g_ptr_array_add(widgets, &line);
    g_array_append_vals(vertical, rules, G_N_ELEMENTS(rules));
    parsers_pdf_form_unframe(widgets, vertical, true);
    assert_int_equal(vertical->len, 3);
    assert_true(g_array_index(vertical, ParsersPdfRule, 0).start == 150);
    assert_true(g_array_index(vertical, ParsersPdfRule, 1).position == 98);
    assert_true(g_array_index(vertical, ParsersPdfRule, 2).start == 300);
}

static void
test_xfa(void **fixture)
{
    ParsersPdfInfo info = {0};
    g_autoptr(ParsersDocument) document =
        read_bytes(make_pages(1, form_page, fields, "/XFA[(a) 3 0 R]", ""), &info);

    (void)fixture;
    assert_non_null(document);
    assert_true(info.is_xfa);
    assert_refused(make_pages(1, form_page, NULL, "/XFA[(a) 3 0 R]", ""), parsers_limits_default(),
                   PARSERS_ERROR_UNSUPPORTED, "XFA");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form_values),
        cmocka_unit_test(test_form_boxes),
        cmocka_unit_test(test_captions_before_boxes),
        cmocka_unit_test(test_squares_are_no_cells),
        cmocka_unit_test(test_xfa),
    };

    return cmocka_run_group_tests(tests, warm_up, NULL);
}
