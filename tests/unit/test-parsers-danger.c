/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-danger.c - sentences that tell of danger now, and near misses.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/danger.h"

static bool
found(const char *text)
{
    gsize start = 0;
    gsize end = 0;

    return parsers_danger_find(text, &start, &end);
}

/* Worded unlike the sentences that it was made of. */
static void
test_danger(void **fixture)
{
    (void)fixture;
    assert_true(found("My cousin is in the flat with that man tonight and he has a blade"));
    assert_true(found("she will be alone with the coach in his van tomorrow morning"));
    assert_true(found("our lad has swallowed all his tablets and will not wake up"));
    assert_true(found("he says he will stab her if she is not back by six tonight"));
}

static void
test_calm(void **fixture)
{
    (void)fixture;
    assert_false(found("The coach pulled him by the sleeve last term and shouted"));
    assert_false(found("If you think a child is in danger call the police"));
    assert_false(found("Please send me the form when you are back on Monday"));
    assert_false(found("The children were playing dead lions when she came in"));
    assert_false(found("Kill her"));
    assert_false(found(""));
}

/* The sentence is found among others, and where it stands is told. */
static void
test_where(void **fixture)
{
    static const char text[] = "Thank you for your time. He has a knife and is in the house with "
                               "my daughter now! Her name is Mia.";
    gsize start = 0;
    gsize end = 0;

    (void)fixture;
    assert_true(parsers_danger_find(text, &start, &end));
    assert_ptr_equal(text + start, strstr(text, "He has"));
    assert_int_equal(text[end], '!');
}

/* However long a text is, and without any end of a sentence. */
static void
test_long(void **fixture)
{
    g_autofree char *words = g_strnfill(70000, 'a');
    gsize start = 0;
    gsize end = 0;

    (void)fixture;
    for (gsize i = 5; i < 70000; i += 6)
        words[i] = ' ';
    assert_false(parsers_danger_find(words, &start, &end));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_danger),
        cmocka_unit_test(test_calm),
        cmocka_unit_test(test_where),
        cmocka_unit_test(test_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
