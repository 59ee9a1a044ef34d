/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-normalise.c - words of labels, and white space.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/normalise.h"

static void
check_words(const char *label, bool hints, const char *wanted)
{
    g_autoptr(GPtrArray) words = parsers_normalise_words(label, hints);
    g_autofree char *joined = NULL;

    g_ptr_array_add(words, NULL);
    joined = g_strjoinv(" ", (char **)words->pdata);
    assert_string_equal(joined, wanted);
}

static void
test_words(void **fixture)
{
    (void)fixture;
    check_words("NAME", true, "name");
    check_words("Name (if known):", false, "name");
    check_words("Name (if known):", true, "name if known");
    check_words("Date\xc2\xa0of\xe2\x80\x8b birth*", true, "date of birth");
    check_words("", true, "");
}

/* One stem for the forms of a word, whichever apostrophe it has. */
static void
test_stems(void **fixture)
{
    g_autoptr(GPtrArray) one = parsers_normalise_words("Child's addresses", true);
    g_autoptr(GPtrArray) other = parsers_normalise_words("Child\xe2\x80\x99s address", true);

    (void)fixture;
    assert_int_equal(one->len, 2);
    assert_int_equal(other->len, 2);
    for (guint i = 0; i < 2; i++)
        assert_string_equal(g_ptr_array_index(one, i), g_ptr_array_index(other, i));
}

static void
test_distance(void **fixture)
{
    (void)fixture;
    assert_int_equal(parsers_normalise_distance("name", "name", 2), 0);
    assert_int_equal(parsers_normalise_distance("adress", "address", 2), 1);
    assert_int_equal(parsers_normalise_distance("nmae", "name", 2), 1);
    assert_true(parsers_normalise_distance("name", "telephone", 2) > 2);
}

static void
test_is_blank(void **fixture)
{
    (void)fixture;
    assert_true(parsers_normalise_is_blank(""));
    assert_true(parsers_normalise_is_blank(" \t\n\u2002\u00a0"));
    assert_false(parsers_normalise_is_blank(" \u2002x"));
}

static void
test_blanks(void **fixture)
{
    g_autofree char *one = parsers_normalise_blanks("  a \t\n b\xe2\x80\x8b ");
    g_autofree char *lines = parsers_normalise_lines(" a  b \n\n \nc");

    (void)fixture;
    assert_string_equal(one, "a b");
    assert_string_equal(lines, "a b\nc");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),    cmocka_unit_test(test_stems),
        cmocka_unit_test(test_distance), cmocka_unit_test(test_blanks),
        cmocka_unit_test(test_is_blank),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
