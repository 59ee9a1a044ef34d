/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-duplicates.c - a form sent twice is one, two forms are two.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/duplicates.h"

static ParsersForm *
form_of(const char *child, const char *adult, const char *place, const char *extra)
{
    ParsersForm *form = parsers_form_new();

    g_free(form->form);
    form->form = g_strdup("lado-parent");
    g_ptr_array_add(form->fields, parsers_field_new("child.1.name", child, "", "", 1));
    g_ptr_array_add(form->fields, parsers_field_new("adult.name", adult, "", "", 1));
    g_ptr_array_add(form->fields, parsers_field_new("incident.place", place, "", "", 1));
    g_ptr_array_add(form->fields, parsers_field_new("referrer.name", "R", "", "", 1));
    g_ptr_array_add(form->fields, parsers_field_new("wishes", extra, "", "", 1));
    return form;
}

static void
count(ParsersForm *one, ParsersForm *two, guint expected, const char *wishes)
{
    g_autoptr(ParsersFindings) findings = parsers_findings_new();

    parsers_duplicates_add(findings, one);
    parsers_duplicates_add(findings, two);
    assert_int_equal(findings->forms->len, expected);
    assert_int_equal(findings->warnings->len, 2 - expected);
    assert_string_equal(parsers_form_value(g_ptr_array_index(findings->forms, 0), "wishes"),
                        wishes);
}

static void
test_same(void **fixture)
{
    (void)fixture;
    count(form_of("Al B.", "C", "hall", ""), form_of("AL B", "C", "Hall", "x"), 1,
          "x"); /* the fuller one */
    count(form_of("Al B", "C", "hall", "x"), form_of("Al B", "C", "hall", ""), 1, "x");
}

static void
test_brothers(void **fixture)
{
    (void)fixture;
    count(form_of("Al B", "C", "hall", "x"), form_of("Bo B", "C", "hall", "x"), 2, "x");
    count(form_of("Al B", "C", "hall", "x"), form_of("Al B", "D", "hall", "x"), 2, "x");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_brothers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
