/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-lexicon-near.c - the variants that a label is near to.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/lexicon-heard.h"
#include "parsers/lexicon-near.h"

static ParsersLexiconMeaning *
read_near(const ParsersDefinition *form, const char *text)
{
    ParsersLexiconHeard *heard = parsers_lexicon_heard_of(form->lexicon, text);
    ParsersLexiconMeaning *meaning = parsers_lexicon_heard_meaning(form->lexicon, heard, false);

    if (!meaning->weighed)
        parsers_lexicon_near_find(form->lexicon, meaning);
    return meaning;
}

/* What is kept is what wins, and nothing much farther. */
static void
test_nearest(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const ParsersDefinition *form = g_ptr_array_index(parsers_definitions_forms(definitions), 0);
    const ParsersLexiconMeaning *meaning = read_near(form, "Date of birth");
    double best = 0;

    (void)fixture;
    assert_true(meaning->n_near > 0);
    for (guint i = 0; i < meaning->n_near; i++) {
        const ParsersLexiconNear *near = &meaning->near[i];

        assert_true(near->close || near->alone);
        assert_true(MAX(near->full, near->bare) > 0.89 || near->alone);
        assert_true(i == 0 || meaning->near[i - 1].variant < near->variant);
        best = MAX(best, near->full);
    }
    assert_true(best > 0.99);
}

static void
test_persons(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const ParsersDefinition *form = g_ptr_array_index(parsers_definitions_forms(definitions), 0);
    const ParsersLexiconMeaning *meaning = read_near(form, "Ethnicity of the child");
    bool own = false;

    (void)fixture;
    assert_false(meaning->persons);
    for (guint i = 0; i < meaning->n_near; i++)
        own = own || (meaning->near[i].own && meaning->near[i].bare > 0.99 &&
                      strcmp(meaning->near[i].variant->section->name, "child") == 0);
    assert_true(own);
    assert_true(read_near(form, "The child")->persons);
}

/* Strange words, and far too many of ours, are near to nothing; nothing stays marked. */
static void
test_far(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const ParsersDefinition *form = g_ptr_array_index(parsers_definitions_forms(definitions), 0);
    g_autoptr(GString) line = g_string_new("school police ethnicity gender witness injury");

    (void)fixture;
    assert_int_equal(read_near(form, "Name: zebra quokka xylophone wombat")->n_near, 0);
    for (guint i = 0; i < form->lexicon->words->len && line->len < 400; i += 3)
        g_string_append_printf(line, " %s",
                               (const char *)g_ptr_array_index(form->lexicon->words, i));
    assert_true(read_near(form, line->str)->heavy);
    for (guint i = 0; i < form->lexicon->marks->len; i++)
        assert_true(g_array_index(form->lexicon->marks, guint64, i) == 0);
}

/* The weight that is added up over the words is that of comparing the two. */
static void
test_one(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const ParsersDefinition *form = g_ptr_array_index(parsers_definitions_forms(definitions), 0);
    const ParsersLexiconMeaning *meaning = read_near(form, "Age or date of birth");
    ParsersLexiconNear near;
    double shared = 0;

    (void)fixture;
    assert_true(meaning->n_near > 0);
    for (guint i = 0; i < meaning->n_near; i++) {
        const ParsersVariant *variant = meaning->near[i].variant;

        assert_true(parsers_lexicon_near_of(form->lexicon, &meaning->set, variant, &near, &shared));
        assert_true(near.full == meaning->near[i].full && near.alone == meaning->near[i].alone);
        assert_true(near.full ==
                    parsers_lexicon_set_alike(form->lexicon, &meaning->set, &variant->set));
    }
}

/* What the definition says is known before anybody asks, in any dress. */
static void
test_known(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const ParsersDefinition *form = g_ptr_array_index(parsers_definitions_forms(definitions), 0);
    const ParsersLexiconMeaning *meaning = read_near(form, "DATE OF BIRTH:");

    (void)fixture;
    assert_true(meaning->known);
    assert_ptr_equal(read_near(form, "Date of birth (if known)"), meaning);
    assert_false(read_near(form, "Date of birth of the zebra")->known);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nearest), cmocka_unit_test(test_persons), cmocka_unit_test(test_far),
        cmocka_unit_test(test_one),     cmocka_unit_test(test_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
