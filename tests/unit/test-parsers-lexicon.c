/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-lexicon.c - every label that we ship finds its own field, and typing
 * mistakes and strange words do what they should.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/lexicon.h"
#include "parsers/normalise.h"

static guint mistakes;

static void
mistake(const ParsersDefinition *form, const char *text, const ParsersFieldDef *field,
        const char *read)
{
    print_error("%s: \"%s\" of %s is read as %s\n", form->name, text, field->key, read);
    mistakes++;
}

static void
check_field(const ParsersDefinition *form, const ParsersFieldDef *field)
{
    for (guint i = 0; i < field->within->len; i++) {
        const char *text = g_ptr_array_index(field->within, i);
        ParsersLabel label = parsers_lexicon_label(form->lexicon, text, field->section);

        if (label.field != field || label.kind != PARSERS_LABEL_FIELD)
            mistake(form, text, field, label.field != NULL ? label.field->key : "nothing");
    }
    for (guint i = 0; i < field->labels->len; i++) {
        const char *text = g_ptr_array_index(field->labels, i);
        ParsersLabel label = parsers_lexicon_label(form->lexicon, text, NULL);

        if (label.field != field || label.kind != PARSERS_LABEL_FIELD)
            mistake(form, text, field, label.field != NULL ? label.field->key : "nothing");
    }
}

static void
test_own_labels(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const GPtrArray *forms = parsers_definitions_forms(definitions);

    (void)fixture;
    assert_int_equal(forms->len, 4);
    for (guint i = 0; i < forms->len; i++) {
        const ParsersDefinition *form = g_ptr_array_index(forms, i);

        for (guint j = 0; j < form->sections->len; j++) {
            const ParsersSectionDef *section = g_ptr_array_index(form->sections, j);

            for (guint k = 0; k < section->fields->len; k++)
                check_field(form, g_ptr_array_index(section->fields, k));
        }
    }
    assert_int_equal(mistakes, 0);
}

static char *
plain(const char *text)
{
    g_autoptr(GPtrArray) words = parsers_normalise_words(text, false);

    g_ptr_array_add(words, NULL);
    return g_strjoinv(" ", (char **)words->pdata);
}

/* The same words are listed for what is asked under the heading in force. */
static bool
is_listed(const GPtrArray *within, const char *text)
{
    g_autofree char *wanted = plain(text);

    for (guint i = 0; i < within->len; i++) {
        g_autofree char *one = plain(g_ptr_array_index(within, i));

        if (strcmp(one, wanted) == 0)
            return true;
    }
    return false;
}

/* A label means its field under any heading, unless the same words are listed there. */
static void
check_anywhere(const ParsersDefinition *form, const ParsersFieldDef *field, const char *text)
{
    for (guint i = 0; i < form->sections->len; i++) {
        const ParsersSectionDef *section = g_ptr_array_index(form->sections, i);
        ParsersLabel label = parsers_lexicon_label(form->lexicon, text, section);

        if (label.kind == PARSERS_LABEL_FIELD && strcmp(label.field->key, field->key) != 0 &&
            !is_listed(label.field->within, text)) {
            print_error("under %s, ", section->name);
            mistake(form, text, field, label.field->key);
        }
    }
}

static void
test_clashes(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const GPtrArray *forms = parsers_definitions_forms(definitions);

    (void)fixture;
    mistakes = 0;
    for (guint i = 0; i < forms->len; i++) {
        const ParsersDefinition *form = g_ptr_array_index(forms, i);

        for (guint j = 0; j < form->sections->len; j++) {
            const ParsersSectionDef *section = g_ptr_array_index(form->sections, j);

            for (guint k = 0; k < section->fields->len; k++) {
                const ParsersFieldDef *field = g_ptr_array_index(section->fields, k);

                for (guint n = 0; n < field->labels->len; n++)
                    check_anywhere(form, field, g_ptr_array_index(field->labels, n));
            }
        }
    }
    assert_int_equal(mistakes, 0);
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

static void
test_words(void **fixture)
{
    /* clang-format off */
    static const struct { const char *section, *label, *key; guint number; } cases[] = {
        { "child",    "D.O.B.:",                              "child.N.dob",  0 },
        { "adult",    "DATE OF BIRTH",                        "adult.dob",    0 },
        { "referrer", "3. Name (in full) *",                  "referrer.name", 0 },
        { "adult",    "Child 2 \xe2\x80\x93 surname",         "child.N.last_name", 2 },
        { "child",    "Name of third child",                  "child.N.name", 3 },
        { "incident", "Full give full details of the alegation", "incident.description", 0 },
        { "reported", "Have the polise been informed?",       "reported.police", 0 },
        { "child",    "Name of the child's social worker",    NULL, 0 },
        { "referrer", "Name of head teacher",                 NULL, 0 },
        { "adult",    "Favourite colour",                     NULL, 0 },
        { "adult",    "Name of the child this is about",      "child.N.name", 0 },
        { "adult",    "Their telephone number, if you have it", "adult.phone", 0 },
        { "referrer", "Base (address)",                       "referrer.address", 0 },
        { "child",    "3.6 Parents informed?",                "aware.parent", 0 },
        { "child",    "Section (Cubs, Scouts, Explorers)",    NULL, 0 },
    };
    /* clang-format on */
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const ParsersDefinition *form = parsers_definitions_find(definitions, "lado-parent");

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        ParsersLabel label = parsers_lexicon_label(form->lexicon, cases[i].label,
                                                   section_of(form, cases[i].section));

        if (cases[i].key == NULL) {
            assert_int_not_equal(label.kind, PARSERS_LABEL_FIELD);
            continue;
        }
        assert_int_equal(label.kind, PARSERS_LABEL_FIELD);
        assert_string_equal(label.field->key, cases[i].key);
        assert_int_equal(label.number, cases[i].number);
    }
}

static void
test_headings(void **fixture)
{
    /* clang-format off */
    static const struct { const char *heading, *section; guint number; } cases[] = {
        { "Section 1: Your details",                         "referrer", 0 },
        { "Section 2: Child's details (child 2)",            "child",    2 },
        { "PART B \xe2\x80\x93 DETAILS OF THE ADULT",         "adult",    0 },
        { "Another child",                                   "child",    G_MAXUINT },
        { "LADO ONLY",                                       "office",   0 },
    };
    /* clang-format on */
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const ParsersDefinition *form = parsers_definitions_find(definitions, "lado-parent");

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        ParsersHeading heading = parsers_lexicon_heading(form->lexicon, cases[i].heading);

        assert_true(heading.score > 0.8);
        assert_string_equal(heading.section->name, cases[i].section);
        assert_int_equal(heading.number, cases[i].number);
    }
}

/* A heading is about the person it names first. */
static void
test_named_first(void **fixture)
{
    static const struct {
        const char *heading;
        const char *section;
    } cases[] = {
        {"Adult whose behaviour towards the child worries you", "adult"},
        {"Child taught by the adult", "child"},
        {"Employee subject to an allegation", "adult"},
        {"Your concern", "incident"},
    };
    g_autoptr(ParsersDefinitions) definitions = help_definitions();
    const ParsersDefinition *form = parsers_definitions_find(definitions, "lado-parent");

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        ParsersHeading heading = parsers_lexicon_heading(form->lexicon, cases[i].heading);

        assert_true(heading.score >= PARSERS_LEXICON_NAMED);
        assert_string_equal(heading.section->name, cases[i].section);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_own_labels),  cmocka_unit_test(test_clashes),
        cmocka_unit_test(test_words),       cmocka_unit_test(test_headings),
        cmocka_unit_test(test_named_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
