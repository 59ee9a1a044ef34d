/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-choice.c - boxes, strokes, marks, and what was left standing; with them
 * the lines (parsers/line.c) and values (parsers/value.c) they come from.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/choice.h"
#include "parsers/normalise.h"
#include "parsers/value.h"

/* The value of one paragraph in the notation of help_paragraph(). */
static char *
value_of(const char *text, ParsersType type)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(GPtrArray) lines = parsers_line_array();
    g_autoptr(GArray) slices = g_array_new(FALSE, FALSE, sizeof(ParsersSlice));

    help_paragraph(document, text, 0);
    parsers_line_add(lines, g_ptr_array_index(parsers_document_blocks(document), 0));
    for (guint i = 0; i < lines->len; i++) {
        ParsersSlice slice = parsers_slice(g_ptr_array_index(lines, i));

        g_array_append_val(slices, slice);
    }
    return parsers_value_read(slices, type);
}

static void
test_values(void **fixture)
{
    /* clang-format off */
    static const struct { const char *text; ParsersType type; const char *value; } cases[] = {
        { "\xe2\x98\x90 Yes  \xe2\x98\x92 No",              PARSERS_TYPE_YESNO,  "no" },
        { "Yes \xe2\x98\x91 No \xe2\x98\x90",               PARSERS_TYPE_YESNO,  "yes" },
        { "[ ] Yes [x] No",                                 PARSERS_TYPE_YESNO,  "no" },
        { "\xe2\x98\x90 Yes  \xe2\x98\x90 No",              PARSERS_TYPE_YESNO,  "" },
        { "Yes / No",                                       PARSERS_TYPE_YESNO,  "" },
        { "Yes \xe2\x98\x92      No",                          PARSERS_TYPE_YESNO,  "yes" },
        { "Yes      No \xe2\x98\x92",                          PARSERS_TYPE_YESNO,  "no" },
        { "~Yes~ / No",                                     PARSERS_TYPE_YESNO,  "no" },
        { "*Yes* / No",                                     PARSERS_TYPE_YESNO,  "yes" },
        { "Yes / ^No^",                                     PARSERS_TYPE_YESNO,  "no" },
        { "Yes /",                                          PARSERS_TYPE_YESNO,  "yes" },
        { "Yes x / No",                                     PARSERS_TYPE_YESNO,  "yes" },
        { "Yes \xe2\x80\x93 two girls",                     PARSERS_TYPE_YESNO,  "Yes \xe2\x80\x93 two girls" },
        { "don't know",                                     PARSERS_TYPE_YESNO,  "don't know" },
        { "\xe2\x98\x92 Physical \xe2\x98\x90 Sexual \xe2\x98\x92 Neglect", PARSERS_TYPE_CHOICE, "Physical; Neglect" },
        { "Emotional, Neglect",                             PARSERS_TYPE_CHOICE, "Emotional; Neglect" },
        { "Click or tap here to enter text.",               PARSERS_TYPE_LINE,   "" },
        { "\xe2\x80\xa6\xe2\x80\xa6\xe2\x80\xa6" "Colin\xe2\x80\xa6\xe2\x80\xa6", PARSERS_TYPE_NAME, "Colin" },
        { "___4_____",                                      PARSERS_TYPE_BIRTH,  "4" },
        { "he laughed\xe2\x80\xa6 then left",               PARSERS_TYPE_TEXT,   "he laughed\xe2\x80\xa6 then left" },
        { "..........",                                     PARSERS_TYPE_LINE,   "" },
    };
    /* clang-format on */

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *value = value_of(cases[i].text, cases[i].type);

        if (strcmp(value, cases[i].value) != 0)
            fail_msg("\"%s\" is read as \"%s\"", cases[i].text, value);
    }
}

static void
test_take(void **fixture)
{
    g_autofree char *rest = NULL;
    g_autofree char *code = parsers_value_take("Flat 2, 77 Marine Parade, SHEERNESS me12 2px",
                                               PARSERS_TYPE_POSTCODE, &rest);
    g_autofree char *left = NULL;
    g_autofree char *mail =
        parsers_value_take("07700 900123 / a.b@example.org", PARSERS_TYPE_EMAIL, &left);

    (void)fixture;
    assert_string_equal(code, "me12 2px");
    assert_string_equal(rest, "Flat 2, 77 Marine Parade, SHEERNESS");
    assert_string_equal(mail, "a.b@example.org");
    assert_string_equal(left, "07700 900123");
}

static void
test_normalise(void **fixture)
{
    g_autofree char *blanks = parsers_normalise_blanks("  a\xc2\xa0 b\xe2\x80\x8b\t c ");
    g_autoptr(GPtrArray) words =
        parsers_normalise_words("CHILD\xe2\x80\x99S Name(s) (if known):", false);

    (void)fixture;
    assert_string_equal(blanks, "a b c");
    assert_int_equal(words->len, 2);
    assert_string_equal(g_ptr_array_index(words, 0), "child");
    assert_string_equal(g_ptr_array_index(words, 1), "name");
    assert_int_equal(parsers_normalise_distance("polise", "police", 2), 1);
    assert_int_equal(parsers_normalise_distance("adn", "and", 2), 1);
    assert_int_equal(parsers_normalise_distance("adult", "school", 2), 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_values), cmocka_unit_test(test_take),
                                       cmocka_unit_test(test_normalise)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
