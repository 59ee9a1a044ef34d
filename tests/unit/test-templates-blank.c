/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-blank.c - what a question says of itself.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "templates/blank.h"

static void
test_label(void **fixture)
{
    g_autoptr(TemplatesBlank) blank = templates_blank_new("T");
    TemplatesBlankRow *row = NULL;
    g_autofree char *plain = NULL;
    g_autofree char *full = NULL;

    templates_blank_add_section(blank, "S");
    row = templates_blank_add_row(blank, "a.b", "When", TEMPLATES_BLANK_DATE);
    plain = templates_blank_label(row);
    assert_string_equal(plain, "When");
    row->required = true;
    g_free(row->hint);
    row->hint = g_strdup("day, month, year");
    full = templates_blank_label(row);
    assert_string_equal(full, "When (day, month, year; please answer)");
}

static void
test_options(void **fixture)
{
    g_autoptr(TemplatesBlank) blank = templates_blank_new("T");
    const TemplatesBlankRow *row = NULL;

    templates_blank_add_section(blank, "S");
    row = templates_blank_add_row(blank, "a.b", "Well?", TEMPLATES_BLANK_YESNO);
    assert_int_equal(row->options->len, 2);
    assert_string_equal(row->options->pdata[0], "Yes");
    row = templates_blank_add_row(blank, "a.c", "Which", TEMPLATES_BLANK_SEVERAL);
    assert_int_equal(row->options->len, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_label),
                                       cmocka_unit_test(test_options)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
