/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-lexicon-set.c - a label as a set of meanings.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/lexicon-set.h"

static ParsersLexiconSet
read_set(const ParsersDefinition *form, const char *text, guint *out_number)
{
    const ParsersTokens *words = parsers_tokens_of(text, true);
    const ParsersLexiconSet set = parsers_lexicon_set_read(form->lexicon, words, false, out_number);

    parsers_tokens_release(words);
    return set;
}

static double
alike(const ParsersDefinition *form, const char *one, const char *other)
{
    ParsersLexiconSet a = read_set(form, one, NULL);
    ParsersLexiconSet b = read_set(form, other, NULL);

    return parsers_lexicon_set_alike(form->lexicon, &a, &b);
}

static void
test_alike(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const ParsersDefinition *form = g_ptr_array_index(parsers_definitions_forms(definitions), 0);

    (void)fixture;
    assert_true(alike(form, "Child's D.O.B.", "date of birth of the child") > 0.99);
    assert_true(alike(form, "Telephnoe number", "Telephone") > 0.99);
    assert_true(alike(form, "Name of zebra", "Name") < 0.78);
    assert_true(alike(form, "Ethnicity", "Postcode") < 0.01);
}

static void
test_numbers(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const ParsersDefinition *form = g_ptr_array_index(parsers_definitions_forms(definitions), 0);
    guint number = 0;
    ParsersLexiconSet set = read_set(form, "2.3 Child 4: name", &number);

    (void)fixture;
    assert_int_equal(number, 4);
    assert_int_equal(set.unknown, 0);
    read_set(form, "Another child", &number);
    assert_true(number == G_MAXUINT);
    /* A date is an answer, not a label. */
    set = read_set(form, "Date 12 3 2024", &number);
    assert_true(set.unknown > 0);
}

static void
test_learns_nothing(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const ParsersDefinition *form = g_ptr_array_index(parsers_definitions_forms(definitions), 0);
    const guint before = form->lexicon->words->len;
    ParsersLexiconSet set = read_set(form, "Xylophone quokka", NULL);

    (void)fixture;
    assert_int_equal(set.n, 0);
    assert_int_equal(set.unknown, 2);
    assert_int_equal(form->lexicon->words->len, before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alike),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_learns_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
