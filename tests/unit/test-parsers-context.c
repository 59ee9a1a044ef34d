/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-context.c - whose questions are being asked.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/context.h"

typedef struct {
    ParsersDefinitions *definitions;
    ParsersContext *reading;
} Fixture;

static int
set_up(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);
    const GPtrArray *forms = NULL;

    fixture->definitions = help_definitions();
    forms = parsers_definitions_forms(fixture->definitions);
    for (guint i = 0; i < forms->len; i++) {
        const ParsersDefinition *form = g_ptr_array_index(forms, i);

        if (strcmp(form->name, "lado-parent") == 0)
            fixture->reading = parsers_context_new(form, NULL);
    }
    *state = fixture;
    return fixture->reading == NULL;
}

static int
tear_down(void **state)
{
    Fixture *fixture = *state;

    parsers_context_free(fixture->reading);
    parsers_definitions_free(fixture->definitions);
    g_free(fixture);
    return 0;
}

/* The key that a label's answer gets now, or "". */
static const char *
ask(ParsersContext *reading, const char *text)
{
    static const ParsersPlace nowhere = {0};
    ParsersLabel label = parsers_context_label(reading, text);

    return parsers_context_answer(reading, &label, text, &nowhere)->key;
}

/* Before anybody is named, a bare question is the writer's; afterwards nobody's. */
static void
test_top(void **state)
{
    ParsersContext *reading = ((Fixture *)*state)->reading;

    assert_string_equal(ask(reading, "Full name"), "referrer.name");
    parsers_context_heading(reading, "About the child", true);
    assert_string_equal(ask(reading, "Full name"), "child.1.name");
    parsers_context_heading(reading, "Parking at our office", true);
    assert_string_equal(ask(reading, "Full name"), "");
}

static void
test_people(void **state)
{
    ParsersContext *reading = ((Fixture *)*state)->reading;

    parsers_context_heading(reading, "Child 2", true);
    assert_string_equal(ask(reading, "Name"), "child.2.name");
    assert_string_equal(ask(reading, "Date of birth"), "child.2.dob");
    assert_string_equal(ask(reading, "Name"), "child.3.name");
    /* A label that names a person speaks for those behind it. */
    assert_string_equal(ask(reading, "Adult's name"), "adult.name");
    assert_string_equal(ask(reading, "Known as"), "adult.known_as");
}

static void
test_signature(void **state)
{
    ParsersContext *reading = ((Fixture *)*state)->reading;

    parsers_context_heading(reading, "What happened", true);
    assert_string_equal(ask(reading, "Date"), "incident.date");
    assert_string_equal(ask(reading, "Signed"), "");
    assert_string_equal(ask(reading, "Date"), "referral.date");
}

static void
test_office(void **state)
{
    ParsersContext *reading = ((Fixture *)*state)->reading;

    assert_false(parsers_context_closed(reading));
    parsers_context_heading(reading, "For office use only", true);
    assert_true(parsers_context_closed(reading));
    parsers_context_heading(reading, "About you", true);
    assert_false(parsers_context_closed(reading));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_top, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_people, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_signature, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_office, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
