/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-prose.c - signatures and disclaimers are cut, words are not.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/prose.h"

static void
gives(const char *in, const char *text, const char *signature)
{
    g_autofree char *a = NULL;
    g_autofree char *b = NULL;

    parsers_prose_split(in, &a, &b);
    assert_string_equal(a, text);
    assert_string_equal(b, signature);
}

static void
test_signatures(void **fixture)
{
    (void)fixture;
    gives("Please help.\n\nKind regards\nA B\nHead", "Please help.", "Kind regards\nA B\nHead");
    gives("x\n-- \nA", "x", "-- \nA");
    gives("x\n\nSent from my iPhone", "x", "Sent from my iPhone");
    gives("x\nMany thanks,\nA", "x", "Many thanks,\nA");
    gives("x", "x", "");
    gives("", "", "");
}

/* Thanks in the middle are no end. */
static void
test_words_stay(void **fixture)
{
    g_autofree char *tale = g_strnfill(200, 'y');
    g_autofree char *text = g_strconcat("x\nThank you\n", tale, NULL);
    (void)fixture;

    gives(text, text, "");
    gives("Thanks for reading this, my son was hurt.\nhe cried",
          "Thanks for reading this, my son was hurt.\nhe cried", "");
    gives("He told me in confidence", "He told me in confidence", "");
}

static void
test_disclaimers(void **fixture)
{
    (void)fixture;
    gives("x\nThis e-mail and any attachments are confidential and so on", "x",
          "This e-mail and any attachments are confidential and so on");
    gives("CAUTION: This email originated from outside the organisation.\nx", "x", "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signatures),
        cmocka_unit_test(test_words_stay),
        cmocka_unit_test(test_disclaimers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
