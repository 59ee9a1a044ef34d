/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-plausible.c - which dates are pointed out, and that none is changed.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/plausible.h"

typedef struct {
    const char *key;
    const char *value;
    const char *warning; /* NULL: none */
} Case;

/* What the check says of one answer in a mail of that date. */
static void
check(const char *sent, const Case *one)
{
    g_autoptr(ParsersFindings) findings = parsers_findings_new();
    ParsersForm *form = parsers_form_new();

    g_free(findings->date);
    findings->date = g_strdup(sent);
    g_ptr_array_add(findings->forms, form);
    g_ptr_array_add(form->fields, parsers_field_new(one->key, one->value, one->value, "", 1));
    parsers_plausible_check(findings);
    assert_string_equal(parsers_form_value(form, one->key), one->value);
    assert_int_equal(findings->warnings->len, one->warning != NULL);
    if (one->warning != NULL)
        assert_string_equal(g_ptr_array_index(findings->warnings, 0), one->warning);
}

static void
test_one_date(void **fixture)
{
    static const Case cases[] = {
        {"child.1.dob", "2015-03-09", NULL},
        {"child.1.dob", "2030-03-09", "child.1.dob: in the future"},
        {"child.2.dob", "1900-01-01", "child.2.dob: may only fill the box"},
        {"adult.dob", "99/99/9999", "adult.dob: not a real date"},
        {"child.1.dob", "4/25/2015", "child.1.dob: month and day may have changed places"},
        {"child.1.dob", "25/4/2015", NULL},
        {"child.1.dob", "4", NULL},
        {"child.1.dob", "nearly 7", NULL},
        {"child.1.dob", "2006-03-18", "child.1.dob: 18 or older today"},
        {"child.1.dob", "2006-03-19", NULL},
        {"adult.dob", "2008-03-19", "adult.dob: an adult under 16"},
        {"adult.dob", "2008-03-18", NULL},
        {"adult.dob", "1922-03-18", "adult.dob: an adult over 100"},
        {"adult.dob", "about 50", NULL},
        {"incident.date", "2024-03-19", "incident.date: in the future"},
        {"incident.date", "2024-03-18", NULL},
        {"incident.place", "99/99/9999", NULL},
        {"adult.dob", "", NULL},
    };

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        check("Mon, 18 Mar 2024 10:00:00 +0000", &cases[i]);
}

/* Without a day of today nothing is said that needs one. */
static void
test_no_today(void **fixture)
{
    static const Case cases[] = {
        {"child.1.dob", "2999-03-09", NULL},
        {"adult.dob", "1800-03-09", NULL},
        {"adult.dob", "1970-01-01", "adult.dob: may only fill the box"},
    };

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        check(i == 0 ? "" : "yesterday", &cases[i]);
}

static void
test_two_dates(void **fixture)
{
    g_autoptr(ParsersFindings) findings = parsers_findings_new();
    ParsersForm *form = parsers_form_new();
    static const char *const expected[] = {"child.1.dob: the same date of birth as the adult's",
                                           "child.2.dob: the date of the form"};

    (void)fixture;
    g_ptr_array_add(findings->forms, form);
    g_ptr_array_add(form->fields, parsers_field_new("referral.date", "2024-03-18", "", "", 1));
    g_ptr_array_add(form->fields, parsers_field_new("child.1.dob", "2007-02-03", "", "", 1));
    g_ptr_array_add(form->fields, parsers_field_new("child.2.dob", "2024-03-18", "", "", 1));
    g_ptr_array_add(form->fields, parsers_field_new("adult.dob", "2007-02-03", "", "", 1));
    parsers_plausible_check(findings);
    assert_int_equal(findings->warnings->len, G_N_ELEMENTS(expected));
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
        assert_string_equal(g_ptr_array_index(findings->warnings, i), expected[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_date),
        cmocka_unit_test(test_no_today),
        cmocka_unit_test(test_two_dates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
