/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-context-guess.c - labels and headings that the lexicon leaves alone.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/context.h"

static ParsersContext *
reading_of(const ParsersDefinitions *definitions)
{
    return parsers_context_new(parsers_definitions_find(definitions, "lado-parent"), NULL);
}

static void
test_labels(void **fixture)
{
    static const char text[] = "In what spot did the matter take place?";
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    g_autoptr(ParsersContext) reading = reading_of(definitions);
    ParsersLabel label = parsers_context_guess(reading, text);

    (void)fixture;
    assert_int_equal(parsers_context_label(reading, text).kind, PARSERS_LABEL_NONE);
    assert_int_equal(label.kind, PARSERS_LABEL_FIELD);
    assert_string_equal(label.field->key, "incident.place");
    assert_true(label.guessed);
    /* Staff are shown it as doubtful. */
    assert_true(label.score < 0.8);
    assert_int_equal(parsers_context_guess(reading, "Number of minibus seats").kind,
                     PARSERS_LABEL_NONE);
    assert_int_equal(parsers_context_guess(reading, "").kind, PARSERS_LABEL_NONE);
}

/* Under a heading about others nothing is guessed either. */
static void
test_others(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    g_autoptr(ParsersContext) reading = reading_of(definitions);

    (void)fixture;
    assert_int_equal(parsers_context_guess(reading, "In what spot did the matter take place?").kind,
                     PARSERS_LABEL_FIELD);
    parsers_context_heading(reading, "For office use only", true);
    assert_int_equal(parsers_context_guess(reading, "In what spot did the matter take place?").kind,
                     PARSERS_LABEL_NONE);
}

/* What is word for word a label stays what it is; what only resembles one need not. */
static void
test_reconsider(void **fixture)
{
    static const char text[] = "When exactly was the alleged occurrence?";
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    g_autoptr(ParsersContext) reading = reading_of(definitions);
    ParsersLabel label = {.kind = PARSERS_LABEL_FIELD, .score = 0.8, .number = 2};
    ParsersLabel again = {0};

    (void)fixture;
    label.field = parsers_definition_field(reading->form, "adult.name");
    again = parsers_context_reconsider(reading, text, label);
    assert_string_equal(again.field->key, "incident.date");
    assert_true(again.guessed);
    assert_int_equal(again.number, 2);
    label.score = 1.0;
    again = parsers_context_reconsider(reading, text, label);
    assert_string_equal(again.field->key, "adult.name");
    label.kind = PARSERS_LABEL_ELSEWHERE;
    again = parsers_context_reconsider(reading, text, label);
    assert_int_equal(again.kind, PARSERS_LABEL_FIELD);
    assert_string_equal(again.field->key, "incident.date");
    label.kind = PARSERS_LABEL_OTHER;
    again = parsers_context_reconsider(reading, text, label);
    assert_int_equal(again.kind, PARSERS_LABEL_OTHER);
}

static void
test_headings(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    g_autoptr(ParsersContext) reading = reading_of(definitions);
    const ParsersSectionDef *section = parsers_context_guess_heading(reading, "Which youngster");

    (void)fixture;
    assert_non_null(section);
    assert_string_equal(section->name, "child");
    assert_null(parsers_context_guess_heading(reading, "Thank you for your time"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_reconsider),
        cmocka_unit_test(test_headings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
