/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-pdf-helvetica.c - lines that fit into a width.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "templates/pdf-helvetica.h"

static void
test_wrap(void **fixture)
{
    /* "iii" is 3 x 222 thousandths of 10 points: 6.66; a space is 2.78. */
    const TemplatesPdfHelvetica style = {false, 10.0, 0, 16.2};
    const TemplatesPdfHelvetica narrow = {false, 10.0, 0, 16.0};
    g_autoptr(GPtrArray) wide_lines = templates_pdf_helvetica_wrap("iii iii", &style);
    g_autoptr(GPtrArray) narrow_lines = templates_pdf_helvetica_wrap("iii iii", &narrow);

    assert_int_equal(wide_lines->len, 1);
    assert_string_equal(wide_lines->pdata[0], "iii iii");
    assert_int_equal(narrow_lines->len, 2);
    assert_string_equal(narrow_lines->pdata[1], "iii");
}

static void
test_long_word(void **fixture)
{
    const TemplatesPdfHelvetica style = {true, 10.0, 0, 20.0};
    g_autoptr(GPtrArray) lines = templates_pdf_helvetica_wrap("a wwwwwwwwww b", &style);

    assert_int_equal(lines->len, 3);
    assert_string_equal(lines->pdata[1], "wwwwwwwwww");
    assert_true(templates_pdf_helvetica_height("", &style) == 0);
    assert_true(templates_pdf_helvetica_height("a", &style) > style.size);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_wrap),
                                       cmocka_unit_test(test_long_word)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
