/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-definition.c - mistakes have a file, a line and a reason.
 */
#include "config.h"

#include "forms-help.h"

static bool
add(ParsersDefinitions *definitions, const char *name, const char *text, GError **error)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));

    return parsers_definitions_add(definitions, name, bytes, error);
}

static void
test_mistakes(void **fixture)
{
    /* clang-format off */
    static const struct { const char *text, *message; } cases[] = {
        { "form a\nfeild a.b\n",                          "x.form:2: there is no such keyword: feild" },
        { "form A b\n",                                   "x.form:1: a form's name has only a-z, 0-9 and -: A b" },
        { "form a\nform b\n",                             "x.form:2: a second \"form\" line: b" },
        { "field a.b\n",                                  "x.form:1: stands before the first \"section\" line: field" },
        { "section a\ntype name\n",                       "x.form:2: stands before the section's first \"field\" line: type" },
        { "section a\nfield a.b\ntype nome\n",            "x.form:3: there is no such type: nome" },
        { "section a\nfield a.b\nrequired yes\n",         "x.form:3: has nothing behind it: required" },
        { "section a\nheading\n",                         "x.form:2: wants something behind it: heading" },
        { "evidence much lado\n",                         "x.form:1: wanted a weight from -20 to 20 and words: much lado" },
        { "words name full name\n",                       "x.form:1: wanted name = word | word: name full name" },
        { "form a\n\xff\n",                               "x.form:0: the file is not UTF-8" },
    };
    /* clang-format on */

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
        g_autoptr(GError) error = NULL;

        assert_false(add(definitions, "x.form", cases[i].text, &error));
        assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_DEFINITION));
        assert_string_equal(error->message, cases[i].message);
    }
}

/* Files may come in any order; one that is missing is told when all came. */
static void
test_include(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
    g_autoptr(GError) error = NULL;
    const ParsersDefinition *form = NULL;

    (void)fixture;
    assert_true(
        add(definitions, "a.form", "form a\ninclude p.form\nsection one\n  heading More\n", NULL));
    assert_false(parsers_definitions_check(definitions, &error));
    assert_string_equal(error->message, "a.form:2: the included file is not there: p.form");
    assert_null(parsers_definitions_find(definitions, "a"));
    assert_true(add(definitions, "p.form",
                    "section one\nrepeats\nheading One | First\nfield child.N.name\ntype name\n"
                    "required\nsensitive\nlabel Name of child\n", /* "sensitive": an old word */
                    NULL));
    assert_true(parsers_definitions_check(definitions, NULL));
    form = parsers_definitions_find(definitions, "a");
    assert_non_null(form);
    assert_int_equal(form->sections->len, 1);
    assert_int_equal(((ParsersSectionDef *)g_ptr_array_index(form->sections, 0))->headings->len, 3);
    assert_true(parsers_definition_field(form, "child.2.name")->required);
    assert_null(parsers_definition_field(form, "child.2.dob"));
}

static void
test_include_loop(void **fixture)
{
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();

    (void)fixture;
    assert_true(add(definitions, "a.form", "form a\ninclude a.form\n", NULL));
    assert_false(parsers_definitions_check(definitions, NULL));
    assert_int_equal(parsers_definitions_forms(definitions)->len, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_mistakes),
                                       cmocka_unit_test(test_include),
                                       cmocka_unit_test(test_include_loop)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
