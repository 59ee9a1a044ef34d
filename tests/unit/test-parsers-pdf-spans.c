/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-pdf-spans.c - answers that only the borders of their labels part.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "tests/unit/pdf-help.h"

/* Two framed labels, and one frame for what stands beside both. */
static const char frames[] = "0.5 w 20 340 100 -40 re S 20 320 m 120 320 l S 120 340 200 -40 re S ";

/* Each answer on one height with its label. */
static void
test_answers(void **fixture)
{
    g_autofree char *drawing =
        g_strconcat(frames, "BT /F 10 Tf ", AT(25, 326), "(Name) Tj ", AT(25, 306), "(Town) Tj ",
                    AT(125, 326), "(Ann) Tj ", AT(125, 306), "(Dover) Tj ET", NULL);

    (void)fixture;
    assert_text(make_page(drawing), "Name\tAnn\nTown\tDover\n");
}

/* One answer for both, its lines where they fall. */
static void
test_one_answer(void **fixture)
{
    g_autofree char *drawing =
        g_strconcat(frames, "BT /F 10 Tf ", AT(25, 326), "(Name) Tj ", AT(25, 306), "(Town) Tj ",
                    AT(125, 319), "(Ann) Tj ", AT(125, 311), "(Dover) Tj ET", NULL);
    g_autoptr(ParsersDocument) document = read_bytes(make_page(drawing), NULL);
    const ParsersBlock *table = block_at(document, 0);
    const ParsersCell *cell = NULL;

    (void)fixture;
    cell = g_ptr_array_index((GPtrArray *)g_ptr_array_index(table->rows, 0), 1);
    assert_int_equal(cell->blocks->len, 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_one_answer),
    };

    return cmocka_run_group_tests(tests, warm_up, NULL);
}
