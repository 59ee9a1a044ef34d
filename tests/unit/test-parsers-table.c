/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-table.c - which way a table is read.
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
test_answer_columns(void **fixture)
{
    static const char *const rows[] = {"Your name|Ann|",
                                       "Your telephone number|01632 960001|",
                                       "Child's name|Jo|",
                                       "|Yes|No",
                                       "Have you told the police?||x",
                                       "Are the parents aware?|\xe2\x9c\x93|",
                                       "Does the adult know about this referral?||",
                                       NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);

    (void)fixture;
    assert_non_null(form);
    help_value(form, "reported.police", "no");
    help_value(form, "aware.parent", "yes");
    help_value(form, "aware.adult", NULL);
}

static void
test_people_beside(void **fixture)
{
    static const char *const rows[] = {"Your name|Ann",
                                       "Your telephone number|01632 960001",
                                       "|#*Child*|#*Adult of concern*",
                                       "Name|Jo|Mr X",
                                       "Date of birth|3/4/2015|about 50",
                                       "Gender||M",
                                       NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);

    (void)fixture;
    assert_non_null(form);
    help_value(form, "child.1.name", "Jo");
    help_value(form, "child.1.dob", "2015-04-03");
    help_value(form, "child.1.gender", NULL);
    help_value(form, "adult.name", "Mr X");
    help_value(form, "adult.dob", "about 50");
    help_value(form, "adult.gender", "M");
}

/* An answer that would be a label elsewhere does not become one. */
static void
test_answer_like_label(void **fixture)
{
    static const char *const rows[] = {
        "Your name|Ann|Relationship to child|Mother", "Your address||Your postcode|",
        "Your telephone number|01632 960001|Your email|", "Child's name|Jo|Child's school|", NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.relationship", "Mother");
    help_value(form, "referrer.address", NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answer_columns),
        cmocka_unit_test(test_people_beside),
        cmocka_unit_test(test_answer_like_label),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
