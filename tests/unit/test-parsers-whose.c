/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-whose.c - whose block a heading opens that we do not know.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/whose.h"

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

static void
ask(ParsersWhose *whose, const char *const labels[], gsize n)
{
    for (gsize i = 0; i < n; i++)
        parsers_whose_asked(whose, labels[i], NULL);
}

/* Three blocks under headings that say nothing: the writer's by its mail, then a child's, and the
 * adult's, who comes last. */
static void
test_blocks(void **state)
{
    static const char *const writer[] = {"Name", "Email", "Telephone", "Date"};
    static const char *const child[] = {"Name", "Date of birth", "Gender", "School"};
    static const char *const adult[] = {"Name", "Date of birth", "Job title", "Employer"};
    g_autoptr(ParsersWhose) whose = parsers_whose_new(form_of(*state));

    parsers_whose_heading(whose, "Box one", NULL, 0);
    ask(whose, writer, G_N_ELEMENTS(writer));
    parsers_whose_heading(whose, "Box two", NULL, 0);
    ask(whose, child, G_N_ELEMENTS(child));
    parsers_whose_heading(whose, "Box three", NULL, 0);
    ask(whose, adult, G_N_ELEMENTS(adult));
    assert_true(parsers_whose_decide(whose));
    assert_string_equal(parsers_whose_section(whose, "Box one", 0)->name, "referrer");
    assert_string_equal(parsers_whose_section(whose, "Box two", 1)->name, "child");
    assert_string_equal(parsers_whose_section(whose, "Box three", 2)->name, "adult");
    assert_null(parsers_whose_section(whose, "Box four", 3));
}

/* Wordings that no definition has count, too. */
static void
test_guessed(void **state)
{
    static const char *const adult[] = {"Full name", "How old are they, roughly?",
                                        "What do they do for a living?",
                                        "Which club or school do they work for?"};
    g_autoptr(ParsersWhose) whose = parsers_whose_new(form_of(*state));

    parsers_whose_heading(whose, "Box one", NULL, 0);
    ask(whose, adult, G_N_ELEMENTS(adult));
    assert_true(parsers_whose_decide(whose));
    assert_string_equal(parsers_whose_section(whose, "Box one", 0)->name, "adult");
}

/* A block whose end was missed: what was asked first tells. */
static void
test_early(void **state)
{
    static const char *const adult[] = {"Full name", "Job title",    "Employer",
                                        "Known as",  "Home address", "Date of birth"};
    static const char *const story[] = {"What happened?", "Where did it happen?", "Witnesses",
                                        "Injuries",       "When did it happen?",  "Police informed",
                                        "Crime number",   "Action taken"};
    g_autoptr(ParsersWhose) whose = parsers_whose_new(form_of(*state));

    parsers_whose_heading(whose, "Box one", NULL, 0);
    ask(whose, adult, G_N_ELEMENTS(adult));
    ask(whose, story, G_N_ELEMENTS(story));
    assert_true(parsers_whose_decide(whose));
    assert_string_equal(parsers_whose_section(whose, "Box one", 0)->name, "adult");
}

/* Two questions are too few, and a person who has a heading gets no second one. */
static void
test_doubt(void **state)
{
    static const char *const few[] = {"Name", "Email"};
    static const char *const many[] = {"Name", "Email", "Job title", "Relationship to child"};
    const ParsersDefinition *form = form_of(*state);
    g_autoptr(ParsersWhose) whose = parsers_whose_new(form);

    parsers_whose_heading(whose, "Box one", NULL, 0);
    ask(whose, few, G_N_ELEMENTS(few));
    assert_false(parsers_whose_decide(whose));
    for (guint i = 0; i < form->sections->len; i++)
        parsers_whose_heading(whose, "Known", g_ptr_array_index(form->sections, i), 1);
    parsers_whose_heading(whose, "Box two", NULL, 0);
    ask(whose, many, G_N_ELEMENTS(many));
    assert_false(parsers_whose_decide(whose));
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
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_guessed),
        cmocka_unit_test(test_early),
        cmocka_unit_test(test_doubt),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
