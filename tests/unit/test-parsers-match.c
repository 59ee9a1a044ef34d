/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-match.c - whole small forms, and the traps in them.
 */
#include "config.h"

#include "forms-help.h"

#define TITLE "LADO referral form for parents and carers"

static void
test_text(void **fixture)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_lines(document,
               TITLE "\n\nAbout you\nYour name: Ann Example\nTelephone: ann@example.org\n"
                     "Email: 07700 900123\nYour relationship to the child: mum\n\n"
                     "About the child\nName of child: Jo Example DOB 3/4/15\nDate of birth:\n\n"
                     "About the adult\nName of the adult: Mr X\nDate of birth or age: about 50\n"
                     "\nWhat happened\nWhat happened?: He shouted.\nThen he said: stop it.\n"
                     "Have you told the police? No");
    form = help_match(document);
    assert_non_null(form);
    assert_string_equal(form->form, "lado-parent");
    assert_false(form->blank);
    help_value(form, "referrer.name", "Ann Example");
    help_value(form, "referrer.email", "ann@example.org");
    help_value(form, "referrer.phone", "07700 900123");
    help_value(form, "child.1.name", "Jo Example");
    help_value(form, "child.1.dob", "2015-04-03");
    help_value(form, "adult.name", "Mr X");
    help_value(form, "adult.dob", "about 50");
    help_value(form, "incident.description", "He shouted.\nThen he said: stop it.");
    help_value(form, "reported.police", "no");
}

/* A blank form full of hints, harm criteria and options has no answer. */
static void
test_blank(void **fixture)
{
    static const char *const rows[] = {"#*Your details*", "#*Your name*|",
                                       "#*Your relationship to the child* (e.g. mother)|",
                                       "#*Telephone number*|", NULL};
    static const char *const what[] = {
        "#*What happened*",
        "#*What kind of harm are you worried about?*|\xe2\x98\x90 Physical \xe2\x98\x90 Neglect",
        "#*Have you told the police?*|Yes / No",
        "*Please describe what happened*;(who, what, when);", NULL};
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_paragraph(document, TITLE, 1);
    help_lines(document,
               "Use this form if an adult has behaved in a way that has harmed a child, "
               "possibly committed a criminal offence against a child, or may pose a risk.");
    help_table(document, rows);
    help_table(document, what);
    form = help_match(document);
    assert_non_null(form);
    assert_string_equal(form->form, "lado-parent");
    assert_int_equal(form->fields->len, 0);
    assert_true(form->blank);
    assert_true(form->missing->len > 0);
}

static void
test_children_in_rows(void **fixture)
{
    static const char *const rows[] = {"#*Children you are worried about*",
                                       "#*First name*|#*Surname*|#*DoB*|#*M/F*|#*School*",
                                       "Ann|Example|3/4/15|F|Hill School",
                                       "Bob|Example||M|",
                                       "Cy|Example|about 3|M|",
                                       "||||",
                                       NULL};
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_paragraph(document, TITLE, 1);
    help_table(document, rows);
    form = help_match(document);
    assert_non_null(form);
    help_value(form, "child.1.name", "Ann Example");
    help_value(form, "child.1.dob", "2015-04-03");
    help_value(form, "child.1.school", "Hill School");
    help_value(form, "child.2.name", "Bob Example");
    help_value(form, "child.2.dob", NULL);
    help_value(form, "child.2.gender", "M");
    help_value(form, "child.3.dob", "about 3");
    help_value(form, "child.4.name", NULL);
}

static void
test_blocks_of_children(void **fixture)
{
    static const char *const one[] = {"#*Child's details*", "#*Full name*|Ann Example",
                                      "#*Address*|1 Hill Road, Dover CT16 1AA", "#*Postcode*|",
                                      NULL};
    static const char *const two[] = {"#*Child's details (second child)*",
                                      "#*Full name*|Bob Example", "#*Address*|As above",
                                      "#*Postcode*|", NULL};
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_paragraph(document, TITLE, 1);
    help_table(document, one);
    help_table(document, two);
    form = help_match(document);
    assert_non_null(form);
    help_value(form, "child.1.address", "1 Hill Road, Dover");
    help_value(form, "child.1.postcode", "CT16 1AA");
    help_value(form, "child.2.name", "Bob Example");
    help_value(form, "child.2.address", "As above");
}

/* What the service fills in is not the sender's. */
static void
test_office_use(void **fixture)
{
    static const char *const rows[] = {
        "#*Your details*",        "#*Your name*|Ann Example", "#*Telephone*|07700 900123",
        "#*Email*|a@example.org", "#*For office use only*",   "Name of adult|Duty Officer",
        "Date of birth|1/1/1980", "Address|County Hall",      NULL};
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_paragraph(document, TITLE, 1);
    help_table(document, rows);
    form = help_match(document);
    assert_non_null(form);
    help_value(form, "referrer.name", "Ann Example");
    help_value(form, "adult.name", NULL);
    help_value(form, "referrer.address", NULL);
}

static void
test_professional(void **fixture)
{
    static const char *const rows[] = {"#*Agency details*",
                                       "Date of referral|12 Jan 24",
                                       "Referrers name|Pat Example",
                                       "Referrers job title|Head",
                                       "Place of work|Hill School",
                                       "Name of social worker|Somebody Else",
                                       "Have the parents been informed?|~Yes~ / No",
                                       NULL};
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_paragraph(document, "Agency reporting form", 1);
    help_table(document, rows);
    form = help_match(document);
    assert_non_null(form);
    assert_string_equal(form->form, "lado-professional");
    help_value(form, "referral.date", "2024-01-12");
    help_value(form, "referrer.job_title", "Head");
    help_value(form, "referrer.organisation", "Hill School");
    help_value(form, "aware.parent", "no");
    help_value(form, "child.1.name", NULL);
    assert_int_equal(form->others->len, 1);
    assert_string_equal(((ParsersField *)g_ptr_array_index(form->others, 0))->value,
                        "Somebody Else");
}

/* Other people of the household are neither the child nor the adult. */
static void
test_household(void **fixture)
{
    static const char *const child[] = {"#*Key child's details*",
                                        "#First name|Tom|#Last name|Example",
                                        "#DOB or EDD|1/2/2020|#Gender|M", NULL};
    static const char *const home[] = {"#*Other people in the household*",
                                       "#*Name*|#*Relationship to key child*|#*Date of Birth*",
                                       "Cary Example|Mother|2/3/1994", "||", NULL};
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_paragraph(document, "Request for Support", 1);
    help_table(document, child);
    help_table(document, home);
    form = help_match(document);
    assert_non_null(form);
    assert_string_equal(form->form, "request-for-support");
    help_value(form, "child.1.name", "Tom Example");
    help_value(form, "child.2.name", NULL);
    help_value(form, "child.1.dob", "2020-02-01");
    assert_int_equal(form->fields->len, 3);
    assert_string_equal(((ParsersField *)g_ptr_array_index(form->others, 0))->key,
                        "household.1.name");
}

/* Words of one form in a story, questions of another: the questions decide. */
static void
test_words_of_another(void **fixture)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_lines(document,
               "About you\nYour name: Ann Example\nYour relationship to the child: mum\n\n"
               "About the child\nName of child: Jo Example\n\n"
               "About the adult\nName of the adult: Mr X\nEmployer: Hill School\n\n"
               "What happened\nWhat happened?: He took the wheelchair, "
               "so that he has no mobility.\nHave you told the police? No\n"
               "What would you like to happen?: An apology");
    form = help_match(document);
    assert_non_null(form);
    assert_string_equal(form->form, "lado-parent");
    help_value(form, "adult.name", "Mr X");
}

static void
test_no_form(void **fixture)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_lines(document, "Hello\n\nMy son told me that his coach hit him. What should I do?\n\n"
                         "Ann Example\nTel: 07700 900123\nEmail: ann@example.org");
    form = help_match(document);
    assert_null(form);
}

/* A form that no definition fits keeps all its pairs. */
static void
test_unknown_form(void **fixture)
{
    static const char *const rows[] = {
        "#*Make*|Ford",  "#*Colour*|Blue", "#*Mileage*|12",  "#*Owner of car*|X",
        "#*Tax band*|B", "#*MOT due*|May", "#*Fuel*|Petrol", NULL};
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_table(document, rows);
    form = help_match(document);
    assert_non_null(form);
    assert_string_equal(form->form, "unknown");
    assert_int_equal(form->fields->len, 0);
    assert_int_equal(form->others->len, 7);
}

/* The box below a question may hold nothing but empty lines. */
static void
test_empty_box(void **fixture)
{
    static const char *const rows[] = {
        "#*Your details*", "Your name|", "Your phone number|", "#*The incident*",
        "What happened?",  ";;",         "Any injuries?|",     NULL};
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_paragraph(document, TITLE, 1);
    help_table(document, rows);
    form = help_match(document);
    assert_non_null(form);
    assert_true(form->blank);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_blank),
        cmocka_unit_test(test_children_in_rows),
        cmocka_unit_test(test_blocks_of_children),
        cmocka_unit_test(test_office_use),
        cmocka_unit_test(test_professional),
        cmocka_unit_test(test_household),
        cmocka_unit_test(test_words_of_another),
        cmocka_unit_test(test_no_form),
        cmocka_unit_test(test_unknown_form),
        cmocka_unit_test(test_empty_box),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
