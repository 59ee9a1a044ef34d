/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-denial.c - which words go when a text says what it is not.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "parsers/denial.h"

static void
check(const char *text, const char *kept)
{
    g_autofree char *result = parsers_denial_remove(text);

    assert_string_equal(result, kept);
}

static void
test_sentence(void **fixture)
{
    (void)fixture;
    check("use it for children. this form is not for allegations about staff. thank you.",
          "use it for children.. thank you.");
    check("do not use it for staff\nname:", "\nname:");
    check("it is not an allegation and not for staff, or caf\xc3\xa9s! go on", "! go on");
    check("this is not foreign to us", "this is not foreign to us");
    check("", "");
}

/* Only so much goes; more words of the kind nearby belong to the same piece. */
static void
test_length(void **fixture)
{
    g_autofree char *before = g_strnfill(100, 'x');
    g_autofree char *behind = g_strnfill(250, 'y');
    g_autofree char *one = g_strconcat(before, " not for ", behind, NULL);
    g_autofree char *left = g_strconcat(before + 79, behind + 199, NULL);
    g_autofree char *two = g_strconcat("a not for b not for ", behind, NULL);

    (void)fixture;
    check(one, left);
    check(two, behind + 199);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentence),
        cmocka_unit_test(test_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
