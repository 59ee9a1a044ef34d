/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-stack.c - tables of which each cell became a line of its own.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "forms-help.h"

#define TITLE "LADO referral form for professionals\n\n"

/* Heads one below the other, then the answers of each child in turn. */
static void
test_rows(void **fixture)
{
    g_autoptr(ParsersForm) form =
        help_read(TITLE "About you\nName\nTelephone\nEmail\nAnn Example\n01632 960001\n"
                        "ann@example.org\n\nAbout the children\nChild's name\nDate of birth\n"
                        "Gender\nSchool\nJo Hill\n02/03/2014\nM\nHill Academy\nAl Hill\n"
                        "04/05/2016\nBoy\nLow School\n\nAbout the adult\nName: Mr X");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.name", "Ann Example");
    help_value(form, "referrer.email", "ann@example.org");
    help_value(form, "child.1.school", "Hill Academy");
    help_value(form, "child.2.name", "Al Hill");
    help_value(form, "child.2.dob", "2016-05-04");
    help_value(form, "child.2.gender", "Boy");
    help_value(form, "adult.name", "Mr X");
}

/* Answers that do not look like what was asked, or too few of them, are nobody's. */
static void
test_doubt(void **fixture)
{
    g_autoptr(ParsersForm) form = help_read(
        TITLE "About you\nName\nTelephone\nEmail\nAnn Example\nann@example.org\n01632 960001\n\n"
              "About the adult\nName: Mr X\nJob title: coach\nEmployer: Hill Harriers\n"
              "Date of birth: 02/03/1980\nGender: Male\n");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.name", NULL);
    help_value(form, "referrer.phone", NULL);
    help_value(form, "adult.job_title", "coach");
}

/* Each question above its answer: "Organisation" is a question there and no heading. */
static void
test_pairs(void **fixture)
{
    g_autoptr(ParsersForm) form = help_read(
        TITLE "A. About you\nOrganisation\nHill Council\nName\nAnn Example\nJob title\nNurse\n"
              "Telephone\n01632 960001\n\nB. About the adult\nName\nMr X\nRole\nCaretaker\n"
              "Mobile\n07700 900001\n\nC. What happened\nDate of incident\n2 May 2023\n"
              "Type of abuse\n\xe2\x98\x90 Physical\n\xe2\x98\x92 Emotional\n"
              "\xe2\x98\x92 Neglect\nAny injuries?\nNone\n");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.organisation", "Hill Council");
    help_value(form, "referrer.job_title", "Nurse");
    help_value(form, "referrer.phone", "01632 960001");
    help_value(form, "adult.job_title", "Caretaker");
    help_value(form, "adult.phone", "07700 900001");
    help_value(form, "incident.date", "2023-05-02");
    help_value(form, "incident.category", "Emotional; Neglect");
    help_value(form, "incident.injuries", "None");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_doubt),
        cmocka_unit_test(test_pairs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
