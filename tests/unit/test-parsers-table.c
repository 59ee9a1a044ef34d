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

/* A column for details stands behind the ticks. */
static void
test_details_column(void **fixture)
{
    static const char *const rows[] = {
        "Your name|Ann||",
        "Your telephone number|01632 960001||",
        "Child's name|Jo||",
        "Please tick|Yes|No|Details",
        "Have you told the police?|x||They took notes",
        "Are the parents aware?||\xe2\x9c\x93|",
        "Have you been worried about this adult before?|x||He shouted in May",
        "Does the adult know about this referral?|||",
        NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);

    (void)fixture;
    assert_non_null(form);
    help_value(form, "reported.police", "yes");
    help_value(form, "aware.parent", "no");
    help_value(form, "incident.previous_concerns", "He shouted in May");
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

/* Questions over their answers: one that nobody knows is no heading, and "Father" is an answer. */
static void
test_question_over_answer(void **fixture)
{
    static const char *const rows[] = {"#*1. What is your name?*",
                                       "Ann",
                                       "#*2. How are you connected to the child?*",
                                       "Father",
                                       "#*3. What is your favourite colour?*",
                                       "Blue",
                                       "#*4. What is your phone number?*",
                                       "01632 960001",
                                       "#*5. Who is the adult? (full name if you know it)*",
                                       "Mr X",
                                       "#*6. Was anybody hurt? How?*",
                                       "A bruise",
                                       NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.name", "Ann");
    help_value(form, "referrer.relationship", "Father");
    help_value(form, "referrer.phone", "01632 960001");
    help_value(form, "adult.name", "Mr X");
    help_value(form, "incident.injuries", "A bruise");
    assert_int_equal(form->others->len, 1);
}

/* Two cells that both read like labels, among rows of a label and its answer. */
static void
test_pair_like_header(void **fixture)
{
    static const char *const rows[] = {"Your name|Ann",
                                       "Your connection with the child|Father",
                                       "Best time to ring|After six",
                                       "Your telephone number|01632 960001",
                                       "Your favourite colour|Blue",
                                       "Child's name|Jo",
                                       NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);
    bool kept = false;

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.relationship", "Father");
    help_value(form, "child.1.name", "Jo");
    for (guint i = 0; i < form->others->len; i++)
        kept = kept ||
               strcmp(((ParsersField *)g_ptr_array_index(form->others, i))->value, "Blue") == 0;
    assert_true(kept);
}

/* In a form of widgets the answer may stand in the second row of its label. */
static void
test_tall_label(void **fixture)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;
    static const char *const rows[] = {"Your telephone number|01632 960001", "Child's name|Jo",
                                       "Name of adult|Mr X", NULL};

    (void)fixture;
    help_paragraph(document, TITLE, 1);
    parsers_document_begin_table(document);
    parsers_document_begin_row(document);
    parsers_document_begin_cell(document, 1, 1, false);
    help_paragraph(document, "Your name", 0);
    parsers_document_end_cell(document);
    parsers_document_begin_cell(document, 2, 1, false);
    help_paragraph(document, "", 0);
    parsers_document_end_cell(document);
    parsers_document_end_row(document);
    parsers_document_begin_row(document);
    parsers_document_begin_cell(document, 1, 1, true);
    parsers_document_end_cell(document);
    parsers_document_begin_cell(document, 2, 1, false);
    help_paragraph(document, "Ann", 0);
    parsers_document_end_cell(document);
    parsers_document_end_row(document);
    parsers_document_end_table(document);
    help_table(document, rows);
    form = help_match(document);
    assert_non_null(form);
    help_value(form, "referrer.name", "Ann");
}

/* "Boy" below "M/F" does not make its row one of labels. */
static void
test_boy_below(void **fixture)
{
    static const char *const rows[] = {"Child's name|DOB|M/F|School",
                                       "Jo Hill|02/03/2014|Boy|Oak Primary",
                                       "Al Hill|04/05/2016|Girl|Oak Primary", NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);

    (void)fixture;
    assert_non_null(form);
    help_value(form, "child.1.name", "Jo Hill");
    help_value(form, "child.2.gender", "Girl");
}

/* Questions in bold, each above its answer: "Mobile" is no heading there. */
static void
test_stacked(void **fixture)
{
    static const char *const texts[] = {
        "Your full name", "Ann Hill",     "Mobile", "07700 900123", "Child's name",
        "Jo Hill",        "Adult's name", "Mr X",   "Home address", "1 Mill Lane, Deal"};
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_paragraph(document, TITLE, 1);
    parsers_document_begin_table(document);
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        parsers_document_begin_row(document);
        parsers_document_begin_cell(document, 1, 1, false);
        parsers_document_mark_cell(document, false, i % 2 == 0);
        help_paragraph(document, texts[i], 0);
        parsers_document_end_cell(document);
        parsers_document_end_row(document);
    }
    parsers_document_end_table(document);
    form = help_match(document);
    assert_non_null(form);
    help_value(form, "referrer.phone", "07700 900123");
    help_value(form, "adult.name", "Mr X");
}

/* What is printed behind a question is a hint where the next cell answers. */
static void
test_hint_behind(void **fixture)
{
    static const char *const rows[] = {
        "#*Your name*|Ann",
        "#*Your telephone number*|01632 960001",
        "#*Child's name*|Jo",
        "#*When did it happen?* Date, and time if you have it|14/3/2023",
        "#*Where did it happen?* The room, or the part of the ground|the pavilion",
        "#*What happened?* In your own words|He shouted.",
        NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);

    (void)fixture;
    assert_non_null(form);
    help_value(form, "incident.date", "2023-03-14");
    help_value(form, "incident.place", "the pavilion");
    help_value(form, "incident.description", "He shouted.");
}

/* What stands beside a question that is dressed is its answer, whatever it would ask as a label;
 * what brings a label of its own is not. */
static void
test_pairs(void **fixture)
{
    static const char *const rows[] = {"#*Your name*|Ann",
                                       "#*Your telephone number*|01632 960001",
                                       "#*Relationship to the child*|Mother",
                                       "#*Child's name*|Jo",
                                       "#*School*|Date of birth: 3/4/2015",
                                       "#*Adult's name*|Mr X",
                                       NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.relationship", "Mother");
    help_value(form, "child.1.dob", "2015-04-03");
    help_value(form, "child.1.school", NULL);
    help_value(form, "adult.name", "Mr X");
}

/* Few labels that we know, none of them dressed, make a column of labels beside one without any. */
static void
test_plain_columns(void **fixture)
{
    static const char *const rows[] = {"Your name|Ann",
                                       "Favourite snooker hall|The Pot",
                                       "Your telephone number|01632 960001",
                                       "Lucky bicycle bell|the red one",
                                       "Child's name|Jo",
                                       "Colour of kettle|blue",
                                       "Adult's name|Mr X",
                                       NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.name", "Ann");
    help_value(form, "child.1.name", "Jo");
    help_value(form, "adult.name", "Mr X");
}

/* "If yes, please give details" goes on with the question beside it and is not the story. */
static void
test_follow_up(void **fixture)
{
    static const char *const rows[] = {
        "Your name|Ann|Your telephone number|01632 960001", "Child's name|Jo|Adult's name|Mr X",
        "Does the adult have children of their own?|Yes|If yes, please give details|twin boys",
        "Details of the concern|He pushed Jo.|Location|hall", NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);

    (void)fixture;
    assert_non_null(form);
    help_value(form, "incident.description", "He pushed Jo.");
    help_value(form, "adult.own_children", "yes");
}

/* Below a table with a row for each child, what is asked once is of the first. */
static void
test_below_rows(void **fixture)
{
    static const char *const asked[] = {"Home address|1 High Street, Deal",
                                        "School attended|Hill School", NULL};
    static const char *const rows[] = {"#*Forename*|#*Surname*|#*Date of birth*",
                                       "Jo|Marsh|3/4/2015", "Al|Marsh|5/6/2017", NULL};
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_paragraph(document, TITLE, 1);
    help_lines(document, "Your name: Ann\nYour telephone number: 01632 960001");
    help_paragraph(document, "Children", 1);
    help_table(document, rows);
    help_table(document, asked);
    form = help_match(document);
    assert_non_null(form);
    help_value(form, "child.2.name", "Al Marsh");
    help_value(form, "child.1.address", "1 High Street, Deal");
    help_value(form, "child.1.school", "Hill School");
    help_value(form, "child.2.address", NULL);
}

/* A box of one cell below a question holds its answer. */
static void
test_box(void **fixture)
{
    static const char *const box[] = {"He pushed her under the water.", NULL};
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_paragraph(document, TITLE, 1);
    help_lines(document, "Your name: Ann\nYour telephone number: 01632 960001\n"
                         "Child's name: Jo\nAdult's name: Mr X\nWhat happened?");
    help_table(document, box);
    form = help_match(document);
    assert_non_null(form);
    help_value(form, "incident.description", "He pushed her under the water.");
}

/* Answers that other forms ask for ("Health visitor") do not make a column of labels. */
static void
test_answers_like_labels(void **fixture)
{
    static const char *const rows[] = {
        "#*Your name*|Ann|#*Your job title*|Health visitor",
        "#*Your telephone number*|01632 960001|#*Your relationship to the child*|Social worker",
        "#*Child's name*|Jo|#*Adult's name*|Mr X", NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);

    (void)fixture;
    assert_non_null(form);
    help_value(form, "referrer.job_title", "Health visitor");
    help_value(form, "referrer.relationship", "Social worker");
    help_value(form, "adult.name", "Mr X");
}

/* An answer may begin with the words of its own question. */
static void
test_same_again(void **fixture)
{
    static const char *const rows[] = {
        "#*Your name*|Ann", "#*Your telephone number*|01632 960001", "#*Child's name*|Jo",
        "#*Previous concerns*|One previous concern (Feb 2025): raised voice.", NULL};
    g_autoptr(ParsersForm) form = read_rows(rows);

    (void)fixture;
    assert_non_null(form);
    help_value(form, "incident.previous_concerns",
               "One previous concern (Feb 2025): raised voice.");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answer_columns),
        cmocka_unit_test(test_people_beside),
        cmocka_unit_test(test_answer_like_label),
        cmocka_unit_test(test_question_over_answer),
        cmocka_unit_test(test_pair_like_header),
        cmocka_unit_test(test_tall_label),
        cmocka_unit_test(test_boy_below),
        cmocka_unit_test(test_stacked),
        cmocka_unit_test(test_hint_behind),
        cmocka_unit_test(test_details_column),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_plain_columns),
        cmocka_unit_test(test_follow_up),
        cmocka_unit_test(test_below_rows),
        cmocka_unit_test(test_box),
        cmocka_unit_test(test_answers_like_labels),
        cmocka_unit_test(test_same_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
