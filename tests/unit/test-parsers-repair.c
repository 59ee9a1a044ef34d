/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-repair.c - only what is certain is moved.
 */
#include "config.h"

#include "forms-help.h"

#define TITLE "LADO referral form for parents and carers"

static ParsersForm *
read_rows(const char *const *rows)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());

    help_paragraph(document, TITLE, 1);
    help_lines(document, "About you");
    help_table(document, rows);
    return help_match(document);
}

static void
test_apart(void **fixture)
{
    static const char *const rows[] = {"Your name|Ann",
                                       "Your telephone number|ann@example.org",
                                       "Your address|1 High Street, ME1 1AA",
                                       "Your postcode|",
                                       "#*About the child*",
                                       "Name & DoB|Jo Bloggs 01/02/2015",
                                       "#*What happened*",
                                       "Date and place of incident|25/11/2023",
                                       NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.phone", NULL);
    help_value(form, "referrer.email", "ann@example.org");
    help_value(form, "referrer.address", "1 High Street");
    help_value(form, "referrer.postcode", "ME1 1AA");
    help_value(form, "child.1.name", "Jo Bloggs");
    help_value(form, "child.1.dob", "2015-02-01");
    help_value(form, "incident.date", "2023-11-25");
    help_value(form, "incident.place", NULL);
}

static void
test_names(void **fixture)
{
    static const char *const rows[] = {"Your surname|Example",
                                       "Your first name|Ann",
                                       "Your telephone number|01632 960001",
                                       "Child's name|Jo Bloggs",
                                       "Child's surname|Smith",
                                       "Adult's name|Lee",
                                       "Adult's surname|Green",
                                       NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.name", "Ann Example");
    /* The whole name was asked for: nothing is mixed into it. */
    help_value(form, "child.1.name", "Jo Bloggs");
    help_value(form, "adult.name", "Lee Green");
}

/* A form that does not ask for the postcode keeps it in the address. */
static void
test_postcode_stays(void **fixture)
{
    static const char *const rows[] = {"Your name|Ann", "Your telephone number|01632 960001",
                                       "Your address|1 High Street, ME1 1AA", "Child's name|Jo",
                                       NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.address", "1 High Street, ME1 1AA");
    help_value(form, "referrer.postcode", NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_apart),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_postcode_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
