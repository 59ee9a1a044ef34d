/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-gist.c - what a question asks that nobody has put just so before.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/gist.h"

static const ParsersDefinition *
form_of(const ParsersDefinitions *definitions)
{
    const GPtrArray *forms = parsers_definitions_forms(definitions);

    for (guint i = 0; i < forms->len; i++) {
        const ParsersDefinition *form = g_ptr_array_index(forms, i);

        if (strcmp(form->name, "lado-professional") == 0)
            return form;
    }
    return NULL;
}

static const ParsersSectionDef *
section_of(const ParsersDefinition *form, const char *name)
{
    for (guint i = 0; i < form->sections->len; i++) {
        const ParsersSectionDef *section = g_ptr_array_index(form->sections, i);

        if (strcmp(section->name, name) == 0)
            return section;
    }
    return NULL;
}

/* The key that a label means below a section's heading, or "". */
static const char *
gist(const ParsersDefinition *form, const char *section, const char *text)
{
    ParsersLabel label = parsers_gist_label(form->lexicon, text, section_of(form, section));

    assert_true(label.kind == PARSERS_LABEL_NONE || label.guessed);
    return label.kind == PARSERS_LABEL_FIELD ? label.field->key : "";
}

static void
test_skip(void **state)
{
    (void)state;
    assert_string_equal(parsers_gist_skip("Please tell us where you live"), "where you live");
    assert_string_equal(parsers_gist_skip("Name the school"), "school");
    assert_string_equal(parsers_gist_skip("Statement"), "Statement");
}

/* A known label inside a longer one decides, the first of two. */
static void
test_part(void **state)
{
    ParsersDefinitions *definitions = *state;
    const ParsersDefinition *form = form_of(definitions);

    assert_string_equal(gist(form, "adult", "Role within gymnastics"), "adult.job_title");
    assert_string_equal(gist(form, "referrer", "Position in the governing body or club"),
                        "referrer.job_title");
    assert_string_equal(gist(form, "incident", "Injuries the matron noted"), "incident.injuries");
}

/* Dates and names are asked for too often to be guessed, and another's are not these. */
static void
test_doubt(void **state)
{
    ParsersDefinitions *definitions = *state;
    const ParsersDefinition *form = form_of(definitions);

    assert_string_equal(gist(form, "incident", "Date the gymnasium was inspected"), "");
    assert_string_equal(gist(form, "adult", "Name of trapeze supplier"), "");
    assert_string_equal(gist(form, "referrer", "Child's disability"), "child.N.disability");
    assert_string_equal(gist(form, "child", "Favourite colour"), "");
}

static int
set_up(void **state)
{
    *state = help_definitions();
    return *state == NULL;
}

static int
tear_down(void **state)
{
    parsers_definitions_free(*state);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_skip),
        cmocka_unit_test(test_part),
        cmocka_unit_test(test_doubt),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
