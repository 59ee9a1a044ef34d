/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-value.c - what stood behind a label, by its type.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/value.h"

static char *
read_text(const char *text, ParsersType type)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(GPtrArray) lines = parsers_line_array();
    g_autoptr(GArray) slices = g_array_new(FALSE, FALSE, sizeof(ParsersSlice));

    help_lines(document, text);
    for (guint i = 0; i < parsers_document_blocks(document)->len; i++)
        parsers_line_add(lines, g_ptr_array_index(parsers_document_blocks(document), i));
    for (guint i = 0; i < lines->len; i++) {
        ParsersSlice slice = parsers_slice(g_ptr_array_index(lines, i));

        g_array_append_val(slices, slice);
    }
    return parsers_value_read(slices, type);
}

static void
test_read(void **fixture)
{
    static const struct {
        const char *text;
        ParsersType type;
        const char *value;
    } cases[] = {
        {"Click or tap here to enter text.", PARSERS_TYPE_LINE, ""},
        {"..............", PARSERS_TYPE_LINE, ""},
        {"two\nlines", PARSERS_TYPE_TEXT, "two\nlines"},
        {"two\nlines", PARSERS_TYPE_NAME, "two lines"},
        {"3/4/15", PARSERS_TYPE_DATE, "2015-04-03"},
        {"last week", PARSERS_TYPE_DATE, "last week"},
        {"Yep", PARSERS_TYPE_YESNO, "yes"},
        {"Yes, two girls", PARSERS_TYPE_YESNO, "Yes, two girls"},
        {"Physical, Neglect", PARSERS_TYPE_CHOICE, "Physical; Neglect"},
    };

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *value = read_text(cases[i].text, cases[i].type);

        assert_string_equal(value, cases[i].value);
    }
}

static void
test_plausible(void **fixture)
{
    g_autofree char *many = g_strnfill(500, 'x');

    (void)fixture;
    assert_true(parsers_value_plausible("Dr. J. Smith", PARSERS_TYPE_NAME));
    assert_true(parsers_value_plausible("don't know", PARSERS_TYPE_NAME));
    assert_false(parsers_value_plausible("always use the full name.", PARSERS_TYPE_NAME));
    assert_false(parsers_value_plausible(many, PARSERS_TYPE_PHONE));
    assert_true(parsers_value_plausible("just before Easter", PARSERS_TYPE_DATE));
    assert_false(parsers_value_plausible("Thank you. We will contact you within five working days.",
                                         PARSERS_TYPE_DATE));
}

static void
test_take(void **fixture)
{
    g_autofree char *rest = NULL;
    g_autofree char *phone = parsers_value_take("Ann, 01632 960001", PARSERS_TYPE_PHONE, &rest);
    g_autofree char *none = NULL;

    (void)fixture;
    assert_string_equal(phone, "01632 960001");
    assert_string_equal(rest, "Ann");
    none = parsers_value_take("flat 12", PARSERS_TYPE_POSTCODE, &rest);
    assert_null(none);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_plausible),
        cmocka_unit_test(test_take),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
