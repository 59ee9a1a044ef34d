/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-pdf-rows.c - rows of tables that are drawn without lines.
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

/* A label on two lines is one row, whatever stands beside its second line. */
static void
test_wrapped_label(void **fixture)
{
    GString *drawing = g_string_new(NULL);

    (void)fixture;
    show(drawing, 20, 300, "Name");
    show(drawing, 150, 300, "Ann");
    show(drawing, 20, 288, "The school that your");
    show(drawing, 150, 288, "Priory Park School that");
    show(drawing, 20, 276, "child goes to");
    show(drawing, 150, 276, "is in Priory Park Road");
    show(drawing, 20, 264, "Town");
    show(drawing, 150, 264, "Dover");
    assert_text(end(drawing), "Name\tAnn\nThe school that your child goes to\t"
                              "Priory Park School that is in Priory Park Road\nTown\tDover\n");
}

/* A line with an answer of its own begins a row, though the label before has no room beside it. */
static void
test_long_label_before(void **fixture)
{
    GString *drawing = g_string_new(NULL);

    (void)fixture;
    show(drawing, 20, 300, "Name of the person telling");
    show(drawing, 150, 300, "Ann");
    show(drawing, 20, 288, "Organisation");
    show(drawing, 150, 288, "Priory");
    assert_text(end(drawing), "Name of the person telling\tAnn\nOrganisation\tPriory\n");
}

/* The heads of columns are a row of their own, though nothing stands in the first of them. */
static void
test_heads(void **fixture)
{
    GString *drawing = g_string_new(NULL);

    (void)fixture;
    show(drawing, 100, 300, "Child");
    show(drawing, 200, 300, "Adult");
    show(drawing, 20, 288, "Name");
    show(drawing, 100, 288, "Ann");
    show(drawing, 200, 288, "Bob");
    show(drawing, 20, 276, "Town");
    show(drawing, 100, 276, "Dover");
    show(drawing, 200, 276, "Deal");
    assert_text(end(drawing), "\tChild\tAdult\nName\tAnn\tBob\nTown\tDover\tDeal\n");
}

/* Under column heads, pieces that had no room on the line above belong to it. */
static void
test_wrapped_cells(void **fixture)
{
    static const char *const heads[] = {"Name", "DOB", "Sex", "Town", "School"};
    GString *drawing = g_string_new(NULL);

    (void)fixture;
    for (int i = 0; i < 5; i++)
        show(drawing, 20 + 70 * i, 300, heads[i]);
    for (int i = 0; i < 2; i++) {
        int y = 288 - 24 * i;

        show(drawing, 20, y, "Bartholomew");
        show(drawing, 90, y, "01/02/2014");
        show(drawing, 160, y, "Male");
        show(drawing, 230, y, "Dover");
        show(drawing, 300, y, "Priory Park");
        show(drawing, 20, y - 12, "Pickersgill");
        show(drawing, 300, y - 12, "Community School");
    }
    assert_text(end(drawing), "Name\tDOB\tSex\tTown\tSchool\n"
                              "Bartholomew Pickersgill\t01/02/2014\tMale\tDover\t"
                              "Priory Park Community School\n"
                              "Bartholomew Pickersgill\t01/02/2014\tMale\tDover\t"
                              "Priory Park Community School\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrapped_label),
        cmocka_unit_test(test_long_label_before),
        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_wrapped_cells),
    };

    return cmocka_run_group_tests(tests, warm_up, NULL);
}
