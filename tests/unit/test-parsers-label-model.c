/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-label-model.c - labels that nobody listed are guessed, and seldom
 * wrongly.
 *
 * The labels of the definitions are a set that the model has not learnt from: its phrases were
 * written in other words.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/label-model.h"

#define SURE 0.8

typedef struct {
    guint asked;
    guint taken;
    guint right;
} Tally;

static void
ask(Tally *tally, const GPtrArray *labels, const char *section, const char *wanted)
{
    for (guint i = 0; i < labels->len; i++) {
        double sure = 0;
        const char *key = parsers_label_model_guess(g_ptr_array_index(labels, i), section, &sure);

        assert_true(sure > 0 && sure <= 1);
        tally->asked++;
        if (sure < SURE || strcmp(key, "-") == 0)
            continue;
        tally->taken++;
        tally->right += strcmp(key, wanted) == 0;
    }
}

static void
test_definitions(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const ParsersDefinition *form = parsers_definitions_find(definitions, "lado-parent");
    Tally tally = {0};

    (void)fixture;
    for (guint i = 0; i < form->sections->len; i++) {
        const ParsersSectionDef *section = g_ptr_array_index(form->sections, i);

        for (guint j = 0; j < section->fields->len; j++) {
            const ParsersFieldDef *field = g_ptr_array_index(section->fields, j);

            ask(&tally, field->labels, "", field->key);
            ask(&tally, field->within, section->name, field->key);
        }
    }
    print_message("# %u labels, %u taken, %u rightly\n", tally.asked, tally.taken, tally.right);
    assert_true(tally.taken * 10 >= tally.asked * 7);
    assert_true(tally.right * 100 >= tally.taken * 97);
}

static void
test_others(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const ParsersDefinition *form = parsers_definitions_find(definitions, "lado-parent");
    Tally tally = {0};

    (void)fixture;
    ask(&tally, form->others, "", "");
    ask(&tally, form->others, "adult", "");
    print_message("# %u labels without a field, %u taken\n", tally.asked, tally.taken);
    assert_true(tally.asked > 300);
    assert_true(tally.taken * 100 <= tally.asked * 3);
}

/* The heading in force decides what says nothing itself. */
static void
test_section(void **fixture)
{
    double sure = 0;

    (void)fixture;
    assert_string_equal(parsers_label_model_guess("Date of their birth", "child", &sure),
                        "child.N.dob");
    assert_string_equal(parsers_label_model_guess("Date of their birth", "adult", &sure),
                        "adult.dob");
    assert_string_equal(parsers_label_model_guess("Which youngster", "#", &sure), "section:child");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_definitions),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_section),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
