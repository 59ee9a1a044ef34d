/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-pdf-block.c - headings between the rows of tables drawn without lines.
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

static GBytes *
end(GString *drawing)
{
    g_autofree char *page = g_strdup_printf("BT /F 10 Tf %s ET", drawing->str);

    g_string_free(drawing, TRUE);
    return make_page(page);
}

/* A bold line among plain labels is a heading and no row. */
static void
test_bold_heading(void **fixture)
{
    GString *drawing = g_string_new(NULL);
    g_autoptr(ParsersDocument) document = NULL;

    (void)fixture;
    show(drawing, 20, 300, "Name");
    show(drawing, 150, 300, "Ann");
    g_string_append(drawing, "/B 10 Tf ");
    show(drawing, 20, 288, "The adult");
    g_string_append(drawing, "/F 10 Tf ");
    show(drawing, 20, 276, "Name");
    show(drawing, 150, 276, "Bob");
    document = read_bytes(end(drawing), NULL);
    assert_int_equal(block_at(document, 0)->kind, PARSERS_BLOCK_TABLE);
    assert_int_equal(block_at(document, 1)->kind, PARSERS_BLOCK_PARAGRAPH);
    assert_int_equal(block_at(document, 2)->kind, PARSERS_BLOCK_TABLE);
}

/* So is one in capitals, or with the number of a section among those of its questions. */
static void
test_plain_headings(void **fixture)
{
    static const char *const headings[][2] = {{"Name", "THE ADULT"}, {"1.1 Name", "2. The adult"}};

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(headings); i++) {
        GString *drawing = g_string_new(NULL);
        g_autoptr(ParsersDocument) document = NULL;

        show(drawing, 20, 300, headings[i][0]);
        show(drawing, 150, 300, "Ann");
        show(drawing, 20, 288, headings[i][1]);
        show(drawing, 20, 276, headings[i][0]);
        show(drawing, 150, 276, "Bob");
        document = read_bytes(end(drawing), NULL);
        assert_int_equal(block_at(document, 1)->kind, PARSERS_BLOCK_PARAGRAPH);
        assert_int_equal(block_at(document, 2)->kind, PARSERS_BLOCK_TABLE);
    }
}

/* A line that looks as all labels do is a row without an answer. */
static void
test_no_heading(void **fixture)
{
    GString *drawing = g_string_new("/B 10 Tf ");
    g_autoptr(ParsersDocument) document = NULL;

    (void)fixture;
    show(drawing, 20, 300, "Name");
    show(drawing, 150, 300, "Ann");
    show(drawing, 20, 288, "Telephone");
    show(drawing, 20, 276, "Town");
    show(drawing, 150, 276, "Dover");
    document = read_bytes(end(drawing), NULL);
    assert_int_equal(block_at(document, 0)->kind, PARSERS_BLOCK_TABLE);
    assert_int_equal(block_at(document, 0)->rows->len, 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bold_heading),
        cmocka_unit_test(test_plain_headings),
        cmocka_unit_test(test_no_heading),
    };

    return cmocka_run_group_tests(tests, warm_up, NULL);
}
