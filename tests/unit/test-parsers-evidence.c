/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-evidence.c - which words speak for a definition.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/evidence.h"

static const char form_text[] = "form trial\n"
                                "evidence 3 step right up\n"
                                "evidence -5 fare rise\n"
                                "evidence 2 ox\n"
                                "evidence 4 caf\xc3\xa9\n"
                                "section a\n"
                                "  field a.name\n"
                                "    label Name\n";

static double
weigh(const char *text)
{
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(GBytes) bytes = g_bytes_new_static(form_text, strlen(form_text));
    g_autoptr(GError) error = NULL;
    double weight = 99;

    if (!parsers_definitions_add(definitions, "trial.form", bytes, &error))
        fail_msg("%s", error->message);
    help_lines(document, text);
    parsers_evidence_weigh(parsers_definitions_forms(definitions), document, &weight);
    return weight;
}

static void
test_weights(void **fixture)
{
    /* clang-format off */
    static const struct { const char *text; double weight; } cases[] = {
        { "",                                     0 },
        { "Step Right Up",                        3 },
        { "step right, up",                       0 },
        { "step right up and step right up",      3 },
        { "STEP RIGHT UP: a fare rise",          -2 },
        { "an ox",                                2 },
        { "o x",                                  0 },
        { "a CAF\xc3\x89 with an ox",             6 },
        { "it is not for a fare rise. an ox",     2 }, /* says what it is not */
        { "up right step ste tep ghtup righ",     0 },
    };
    /* clang-format on */

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        if (weigh(cases[i].text) != cases[i].weight)
            fail_msg("\"%s\" weighs %g", cases[i].text, weigh(cases[i].text));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_weights),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
