/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-flow.c - where answers begin and end in running lines.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/text.h"

#define TITLE "LADO referral form for parents and carers\n\n"

/* The gap before the second question was lost on the way. */
static void
test_lost_gap(void **fixture)
{
    g_autoptr(ParsersForm) form = help_read(
        TITLE "Your name: Ann Example\nTelephone: 01632 960001\n\nAbout the child\nName: Jo\n"
              "Date of birth: 30/07/2016 Gender: Male\nSchool: Hill School\nEthnicity:");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.name", "Ann Example");
    help_value(form, "referrer.phone", "01632 960001");
    help_value(form, "child.1.dob", "2016-07-30");
    help_value(form, "child.1.gender", "Male");
    help_value(form, "child.1.ethnicity", NULL);
}

/* Where answers stand beside the labels, the line below one is the next question. */
static void
test_not_below(void **fixture)
{
    g_autoptr(ParsersForm) form = help_read(
        TITLE "Your name: Ann\nYour telephone number: 01632 960001\n"
              "Your relationship to the child: mum\nYour postcode: ME1 1AA\nYour address:\n"
              "Handedness\nChild's name: Jo");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.address", NULL);
    help_value(form, "child.1.name", "Jo");
}

/* Capitals are a heading where there are no bold letters. */
static void
test_capitals(void **fixture)
{
    g_autoptr(ParsersForm) form =
        help_read(TITLE "YOUR DETAILS\nName: Ann\nTelephone: 01632 960001\n\n"
                        "DETAILS OF STAFF MEMBER OR VOLUNTEER\nName: Mr X\nRole: coach\n\n"
                        "YOUNG PERSON'S DETAILS\nName: Jo");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.name", "Ann");
    help_value(form, "adult.name", "Mr X");
    help_value(form, "adult.job_title", "coach");
    help_value(form, "child.1.name", "Jo");
    help_value(form, "incident.description", NULL);
}

/* Marks of questions and answers are no part of either. */
static void
test_marked(void **fixture)
{
    g_autoptr(ParsersForm) form = help_read(
        TITLE "Q: What is your name?\nA: Ann Example\nQ: What is your telephone number?\n"
              "A: 01632 960001\nQ: What is the child called?\nA: Jo\n"
              "Q: What is the child's date of birth?\nA:\nQ: What happened?\nA: He shouted.");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.name", "Ann Example");
    help_value(form, "referrer.phone", "01632 960001");
    help_value(form, "child.1.name", "Jo");
    help_value(form, "child.1.dob", NULL);
    help_value(form, "incident.description", "He shouted.");
}

/* One sign of dots on either side of what was written. */
static void
test_dots(void **fixture)
{
    g_autoptr(ParsersForm) form =
        help_read(TITLE "PART I. YOUR DETAILS\n"
                        "Name \xe2\x80\xa6"
                        "Ann Example\xe2\x80\xa6   Telephone \xe2\x80\xa6"
                        "01632 960001\xe2\x80\xa6\nPART II. STUDENT\nName \xe2\x80\xa6"
                        "Jo\xe2\x80\xa6 Gender \xe2\x80\xa6"
                        "Male\xe2\x80\xa6\n");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.name", "Ann Example");
    help_value(form, "referrer.phone", "01632 960001");
    help_value(form, "child.1.name", "Jo");
    help_value(form, "child.1.gender", "Male");
}

static void
test_hint_then_gap(void **fixture)
{
    g_autoptr(ParsersForm) form = help_read(
        TITLE "Your name: Ann\nYour telephone number: 01632 960001\nChild's name: Jo\n"
              "Adult's name: X\nWas the child hurt? Please describe any marks\tA scratch");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "incident.injuries", "A scratch");
}

/* What is signed is no answer, and the date behind it is the form's; a line for the service has
 * none. */
static void
test_declaration(void **fixture)
{
    g_autoptr(ParsersForm) form =
        help_read(TITLE "Your name: Ann\nYour telephone number: 01632 960001\nChild's name: Jo\n"
                        "What would you like to happen?\n\n"
                        "I confirm that the information on this form is true.\nDate: 3 April 2024\n"
                        "Club welfare officer only - date sent on: ____ Name: Bo");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "wishes", NULL);
    help_value(form, "referral.date", "2024-04-03");
    help_value(form, "referrer.name", "Ann");
}

/* A second question behind the first is no answer; one that nobody knows leaves the next alone. */
static void
test_questions_beside(void **fixture)
{
    g_autoptr(ParsersForm) form = help_read(
        TITLE "Your name: Ann\nYour telephone number: 01632 960001\nChild's name: Jo\n"
              "Was anybody hurt? How?\n\nAdvocate present: Bo   Form completed on: 3/4/2024");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "incident.injuries", NULL);
    help_value(form, "referral.date", "2024-04-03");
}

/* Questions counted by letters end a story; a second numbered heading goes on with the first; a
 * protective marking asks nobody's name. */
static void
test_counted(void **fixture)
{
    g_autoptr(ParsersForm) form =
        help_read("OFFICIAL - SENSITIVE (when completed)\n" TITLE
                  "1. About you\n(a) Name: Ann\n(b) Telephone: 01632 960001\n"
                  "2. About the child being looked after\n(a) Name: Jo\n(b) Sex: M\n"
                  "3. About the adult\n(a) Name: Mr X\n(b) Job title: coach\n"
                  "4. What happened\n(a) Your account: He shouted.\n(b) Injuries: a bruise\n"
                  "I believe that the information in this form is true.\nDate: 02/03/2024");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.name", "Ann");
    help_value(form, "child.1.name", "Jo");
    help_value(form, "incident.description", "He shouted.");
    help_value(form, "incident.injuries", "a bruise");
    help_value(form, "referral.date", "2024-03-02");
}

/* A table that became text: cells are parted by tabs. */
static void
test_tabs(void **fixture)
{
    static const char text[] =
        TITLE "About you\nName\tAnn\tTelephone\t01632 960001\n\nAbout the children\n"
              "Name\tDOB\tM/F\nJo Hill\t02/03/2014\tBoy\nAl Hill\t04/05/2016\tGirl\n\n"
              "About the adult\nName\tMr X\tJob title\tcoach\n";
    g_autoptr(ParsersDocument) document = NULL;
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    assert_true(
        parsers_text_read(text, PARSERS_TEXT_FIXED, parsers_limits_default(), &document, NULL));
    form = help_match(document);
    assert_non_null(form);
    help_value(form, "referrer.phone", "01632 960001");
    help_value(form, "child.2.name", "Al Hill");
    help_value(form, "adult.job_title", "coach");
}

/* What is printed between questions and answers: options of which none is marked, a condition, a
 * warning, and words that say which club is meant. */
static void
test_printed_between(void **fixture)
{
    g_autoptr(ParsersForm) form = help_read(
        TITLE
        "Do not ask the child any questions.\nYour name: Ann\nTel. or mobile:\n\nAbout the adult\n"
        "Name: Mr X\nGender and ethnicity: Female / Welsh\nJob title: coach\n"
        "Club in which they hold that position: Hill Harriers\nWard or department:\n"
        "Home address: 1 Low Road\nD.O.B. 3/4/1980\n\n"
        "Have the police been told? Yes / No\nNo\nIf the police know: crime number\n"
        "Is the adult aware of this form? Yes / No\nDate: 2/3/2024");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "child.1.name", NULL);
    help_value(form, "referrer.phone", NULL);
    help_value(form, "adult.gender", "Female");
    help_value(form, "adult.ethnicity", "Welsh");
    help_value(form, "adult.job_title", "coach");
    help_value(form, "adult.employer", "Hill Harriers");
    help_value(form, "adult.address", "1 Low Road");
    help_value(form, "adult.dob", "1980-04-03");
    help_value(form, "reported.police", "no");
    help_value(form, "aware.adult", NULL);
}

/* What follows a box is the next question, not more of the first. */
static void
test_behind_box(void **fixture)
{
    g_autoptr(ParsersForm) form = help_read(
        TITLE "Your name: __Ann Example____\nTelephone: __01632 960001____\n"
              "Child's name: __Jo____   Date of birth: __3/4/2015____\n"
              "Have the police been informed? [x] Yes   [  ] No    Crime number: __22/4810/23____");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.name", "Ann Example");
    help_value(form, "child.1.name", "Jo");
    help_value(form, "child.1.dob", "2015-04-03");
    help_value(form, "reported.police", "yes");
    help_value(form, "reported.crime_reference", "22/4810/23");
}

/* A date is done where the line ends, however long the line is. */
static void
test_date_ends(void **fixture)
{
    g_autoptr(ParsersForm) form = help_read(
        TITLE "Your name: Ann Example\nTelephone: 01632 960001\nChild's name: Jo\n"
              "Signature: ______A Example__________________    Date of this form: 10th Oct 2023\n"
              "We keep this sheet in a file in line with the law on records of the church.");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referral.date", "2023-10-10");
}

/* What somebody said, quoted behind a colon, is part of the story. */
static void
test_quotes(void **fixture)
{
    g_autoptr(ParsersForm) form =
        help_read(TITLE "Your name: Ann\nYour telephone number: 01632 960001\nChild's name: Jo\n"
                        "What happened?\nHe hit her fingers.\n"
                        "She said: \xe2\x80\x9che does it often\xe2\x80\x9d.\nShe cried.");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "incident.description",
               "He hit her fingers.\n"
               "She said: \xe2\x80\x9che does it often\xe2\x80\x9d.\nShe cried.");
}

/* An example below a question is printed, and the answer follows. */
static void
test_example(void **fixture)
{
    g_autoptr(ParsersForm) form =
        help_read(TITLE "Your name: Ann\nYour telephone number: 01632 960001\nChild's name: Jo\n"
                        "Your relationship to the child:\nFor example: mum, dad, neighbour\n"
                        "grandmother");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.relationship", "grandmother");
}

/* An address has lines, and a label ends it. */
static void
test_address_lines(void **fixture)
{
    g_autoptr(ParsersForm) form =
        help_read(TITLE "Your name: Ann\nYour address: The Old Forge\nChurch Lane\nBarham\n"
                        "Your telephone number: 01632 960001\nChild's name: Jo");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.address", "The Old Forge\nChurch Lane\nBarham");
    help_value(form, "referrer.phone", "01632 960001");
}

/* The question once more in another language. */
static void
test_two_languages(void **fixture)
{
    g_autoptr(ParsersForm) form =
        help_read(TITLE "Your name / Eich enw: Ann\nTelephone / Ff\xc3\xb4n: 01632 960001\n"
                        "Child's name: Jo\nWhere did it happen? / Ble ddigwyddodd? the hall");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.name", "Ann");
    help_value(form, "referrer.phone", "01632 960001");
    help_value(form, "incident.place", "the hall");
}

/* What is below a question may ask the same once more, or answer it in such words. */
static void
test_asks_again(void **fixture)
{
    g_autoptr(ParsersForm) form =
        help_read(TITLE "What is your name?\nAnn\nWhat is your telephone number?\n01632 960001\n"
                        "What is your child called?\nJo\nWhen were they born?\n8 years old\n"
                        "Which school do they go to?\nHill School");

    (void)fixture;
    assert_non_null(form);
    help_value(form, "child.1.name", "Jo");
    help_value(form, "child.1.dob", "8 years old");
    help_value(form, "child.1.school", "Hill School");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lost_gap),
        cmocka_unit_test(test_not_below),
        cmocka_unit_test(test_capitals),
        cmocka_unit_test(test_marked),
        cmocka_unit_test(test_dots),
        cmocka_unit_test(test_hint_then_gap),
        cmocka_unit_test(test_counted),
        cmocka_unit_test(test_tabs),
        cmocka_unit_test(test_printed_between),
        cmocka_unit_test(test_declaration),
        cmocka_unit_test(test_questions_beside),
        cmocka_unit_test(test_behind_box),
        cmocka_unit_test(test_date_ends),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_example),
        cmocka_unit_test(test_address_lines),
        cmocka_unit_test(test_two_languages),
        cmocka_unit_test(test_asks_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
