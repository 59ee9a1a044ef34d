/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-fields.c - answers become fields; what is printed does not.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/fields.h"
#include "parsers/repair.h"

#define TITLE "LADO referral form for parents and carers"

static void
test_place(void **fixture)
{
    const ParsersPlace cell = {.page = 1, .table = 2, .row = 3, .column = 4, .paragraph = 5};
    const ParsersPlace line = {.paragraph = 5};
    g_autofree char *one = parsers_fields_place(&cell);
    g_autofree char *other = parsers_fields_place(&line);

    (void)fixture;
    assert_string_equal(one, "page 1, table 2, row 3, column 4");
    assert_string_equal(other, "paragraph 5");
}

/* Every definition says what it needs. */
static void
test_missing(void **fixture)
{
    static const struct {
        const char *form;
        const char *keys;
    } wanted[] = {
        {"lado-parent", "referral.date referrer.name referrer.phone child.1.name adult.name "
                        "adult.employer incident.description"},
        {"lado-professional", "referral.date referrer.name referrer.phone child.1.name adult.name "
                              "adult.employer incident.description"},
        {"request-for-support", "referral.date referrer.name referrer.phone child.1.name "
                                "aware.parent family.agreement_obtained incident.description"},
        {"occupational-therapy", "referral.date referrer.name referrer.phone child.1.name "
                                 "aware.parent family.agreement_obtained incident.description"},
    };
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const GPtrArray *forms = parsers_definitions_forms(definitions);

    (void)fixture;
    for (guint i = 0; i < forms->len; i++) {
        g_autoptr(ParsersContext) reading = parsers_context_new(g_ptr_array_index(forms, i), NULL);
        g_autoptr(ParsersForm) form = parsers_fields_collect(reading, true);
        g_autofree char *keys = NULL;

        g_ptr_array_add(form->missing, NULL);
        keys = g_strjoinv(" ", (char **)form->missing->pdata);
        for (guint j = 0; j < G_N_ELEMENTS(wanted); j++)
            if (strcmp(wanted[j].form, form->form) == 0)
                assert_string_equal(keys, wanted[j].keys);
    }
}

/* An empty block between two children counts nobody; a filled key is not missing. */
static void
test_gaps(void **fixture)
{
    static const char *const rows[] = {"#*Your details*", "Your name|Ann",      "#*Child 1*",
                                       "Name|Jo",         "Date of birth|",     "#*Child 2*",
                                       "Name|",           "Date of birth|",     "#*Child 3*",
                                       "Name|Al",         "Date of birth|2015", NULL};
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_paragraph(document, TITLE, 1);
    help_table(document, rows);
    form = help_match(document);
    assert_non_null(form);
    help_value(form, "child.1.name", "Jo");
    help_value(form, "child.2.name", "Al");
    help_value(form, "child.2.dob", "2015");
    help_value(form, "child.3.name", NULL);
    for (guint i = 0; i < form->missing->len; i++)
        assert_string_not_equal(g_ptr_array_index(form->missing, i), "child.1.name");
}

/* A printed sentence where a name is wanted leaves the form blank. */
static void
test_printed(void **fixture)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_lines(document, TITLE "\n\nYour name: always use the full name.\nYour postcode:\n"
                               "Your telephone number:\nChild's name:\nAdult's name:");
    form = help_match(document);
    assert_non_null(form);
    assert_true(form->blank);
}

/* "Date" behind all that happened is the form's own; where it is the only one, it is the event's.
 */
static void
test_last_date(void **fixture)
{
    static const char *const lines =
        TITLE "\n\nYour details\nYour name: Ann\nYour telephone number: 01632 960001\n"
              "The incident\nWhen did it happen? 3 May 2024\nWhere did it happen? Hall\n"
              "What happened? He shouted.\nDate: 7 May 2024";
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_lines(document, lines);
    form = help_match(document);
    assert_non_null(form);
    help_value(form, "incident.date", "2024-05-03");
    help_value(form, "referral.date", "2024-05-07");
}

/* One answer that could be a label does not make its row the labels of the next. */
static void
test_label_like_answer(void **fixture)
{
    static const char *const rows[] = {
        "#*Children*", "#Name of child|#Date of birth|#Gender|#School",
        "Jo Marsh|3/4/2015|Boy|Hill Primary School", "Al Marsh|5/6/2017|Girl|", NULL};
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_paragraph(document, TITLE, 1);
    help_table(document, rows);
    form = help_match(document);
    assert_non_null(form);
    help_value(form, "child.1.name", "Jo Marsh");
    help_value(form, "child.1.gender", "Boy");
    help_value(form, "child.1.school", "Hill Primary School");
    help_value(form, "child.2.gender", "Girl");
}

/* A story below "Nature of allegation" is no kind of harm, if the form asks for it nowhere else. */
static void
test_story(void **fixture)
{
    static const char *const lines = TITLE
        "\n\nYour details\nYour name: Ann\nYour telephone number: 01632 960001\n"
        "The incident\nWhere did it happen? Hall\nNature of allegation: He took the boy by his "
        "arm, shouted at him for a long time, and sent him out of the hall.";
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_lines(document, lines);
    form = help_match(document);
    assert_non_null(form);
    help_value(form, "incident.category", NULL);
    assert_non_null(parsers_form_value(form, "incident.description"));
}

/* The title of a form is no question whether somebody is aware of the referral. */
static void
test_title(void **fixture)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(ParsersForm) form = NULL;

    (void)fixture;
    help_lines(document, "Telling the LADO about your concern: form for parents and carers\n"
                         "Use this form if you are worried about how an adult who works or "
                         "volunteers with children has behaved.\n\nYour name: Ann Bell\n"
                         "Your postcode: CT5 4QX\nYour telephone number: 01632 960001\n"
                         "Child's name: Jo Bell\nAdult's name: Max Reed");
    form = help_match(document);
    assert_non_null(form);
    help_value(form, "aware.adult", NULL);
    help_value(form, "adult.name", "Max Reed");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_place),     cmocka_unit_test(test_missing),
        cmocka_unit_test(test_gaps),      cmocka_unit_test(test_printed),
        cmocka_unit_test(test_last_date), cmocka_unit_test(test_story),
        cmocka_unit_test(test_title),     cmocka_unit_test(test_label_like_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
