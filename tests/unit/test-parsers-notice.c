/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-notice.c - tests for parsers/notice.c.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "parsers/notice.h"

static bool
is_bare(const char *subject, const char *text, const char *quoted)
{
    g_autoptr(ParsersFindings) findings = parsers_findings_new();

    g_free(findings->subject);
    findings->subject = g_strdup(subject);
    g_free(findings->text);
    findings->text = g_strdup(text);
    g_free(findings->quoted);
    findings->quoted = g_strdup(quoted);
    return parsers_notice_is_bare(findings);
}

static void
test_systems(void **fixture)
{
    const char *const texts[] = {
        "Hi. This is the qmail-send program at example.org.\nI'm afraid I wasn't able to deliver "
        "your "
        "message to the following addresses.\nThis is a permanent error; I've given up.",
        "This is the mail system at host mx.example.org.\n\nI'm sorry to have to inform you that "
        "your "
        "message could not be delivered to one or more recipients.",
        "Your message wasn't delivered to a@example.org because the address couldn't be found.",
        "550 5.2.2 The mailbox is full.",
        "The email account that you tried to reach does not exist.",
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (!is_bare("Undelivered Mail", texts[i], ""))
            fail_msg("not bare: %s", texts[i]);
}

/* Whoever tells something, and in whichever part: for each signal that holds a machine's mail. */
static void
test_people(void **fixture)
{
    const char *const texts[] = {
        "My son came home with a bruise.",
        "our Ava won't go back",
        "I am his mum and I want to know",
        "We foster two brothers",
        "I live opposite the club and saw him shout",
        "I\xe2\x80\x99m 12 and he keeps messaging me",
        "i am in year 9",
        "please dont tell my mum",
        "They have made an allegation against me",
        "I have been suspended",
        "Child's name: Ava\nDate of birth: 1/2/2015",
        "Name of adult\nJob title\nEmployer",
        "I picked him up and he cried",
        "As a member of the public I must say",
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (is_bare("Undelivered", texts[i], "") || is_bare("Undelivered", "", texts[i]) ||
            is_bare(texts[i], "", ""))
            fail_msg("bare: %s", texts[i]);
}

/* What is not looked through whole is not bare, nor what is no text. */
static void
test_doubt(void **fixture)
{
    g_autofree char *half = g_strnfill(10000, 'x');

    (void)fixture;
    assert_true(is_bare("", half, ""));
    assert_false(is_bare("", half, half));
    assert_false(is_bare("", "caf\xe9", ""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_systems),
        cmocka_unit_test(test_people),
        cmocka_unit_test(test_doubt),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
