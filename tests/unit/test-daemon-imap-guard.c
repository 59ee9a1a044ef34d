/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-imap-guard.c - no server makes us take much memory or recurse deeply.
 *
 * Runs in:  make check.
 * Source:   daemon/imap-guard.h
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/imap-guard.h"

/* Whether the guard lets text pass, given whole or byte by byte. */
static bool
passes(const char *text, guint64 budget)
{
    DaemonImapGuard whole = {.budget = budget}, split = {.budget = budget};
    bool in_one = daemon_imap_guard_check(&whole, text, strlen(text), NULL);
    bool in_pieces = true;

    for (const char *p = text; *p != '\0' && in_pieces; p++)
        in_pieces = daemon_imap_guard_check(&split, p, 1, NULL);
    assert_int_equal(in_one, in_pieces);
    return in_one;
}

static char *
brackets(const char *before, guint count)
{
    g_autofree char *many = g_strnfill(count, '(');

    return g_strconcat(before, many, "\r\n", NULL);
}

static void
test_ordinary_answers(void **fixture)
{
    assert_true(
        passes("* 1 FETCH (UID 1 BODY[] {5}\r\n((((() FLAGS (\\Seen))\r\n1 OK x\r\n", 1000));
    assert_true(passes("* LIST (\\HasChildren) \"/\" {3}\r\nabc\r\n", 1000));
    assert_true(passes("* OK a {99999999}\r\n* OK next\r\n", 1000));
}

static void
test_budget(void **fixture)
{
    assert_true(passes("* OK\r\n", 6));
    assert_false(passes("* OK\r\n", 5));
    assert_false(passes("* 1 FETCH (BODY[] {1000}\r\n", 1000));
    assert_false(passes("* 1 FETCH (BODY[] {18446744073709551617}\r\n", 1000));
    assert_false(passes("* 1 FETCH (BODY[] {4294967297+}\r\n", 1000));
}

static void
test_depth(void **fixture)
{
    g_autofree char *fits = brackets("* 1 FETCH ", DAEMON_IMAP_DEPTH_MAX);
    g_autofree char *deep = brackets("* 1 FETCH ", DAEMON_IMAP_DEPTH_MAX + 1);
    g_autofree char *quoted = brackets("* 1 FETCH \"", 100);
    g_autofree char *escaped = brackets("* 1 FETCH \"\\\"\" ", 100);
    g_autofree char *literal = brackets("* 1 FETCH {2}\r\n\"\"", 100);
    g_autofree char *hidden = brackets("* OK see {500}\r\n", 100);
    g_autofree char *tagged = brackets("1 OK see {500}\r\n", 100);

    assert_true(passes(fits, 10000));
    assert_false(passes(deep, 10000));
    assert_true(passes(quoted, 10000));
    assert_false(passes(escaped, 10000));
    assert_false(passes(literal, 10000));
    assert_false(passes(hidden, 10000));
    assert_false(passes(tagged, 10000));
}

static void
test_line(void **fixture)
{
    g_autofree char *fits = g_strnfill(DAEMON_IMAP_LINE_MAX, 'a');
    g_autofree char *longer = g_strnfill(DAEMON_IMAP_LINE_MAX + 1, 'a');

    assert_true(passes(fits, G_MAXUINT64));
    assert_false(passes(longer, G_MAXUINT64));
}

static void
test_refusals(void **fixture)
{
    static const struct {
        const char *text;
        bool refused;
    } cases[] = {
        {"* 1 FETCH (UID 1)\r\n7 NO half of it\r\n", true},
        {"P12 BAD what\r\n", true},
        {"7 OK NO problem\r\n", false},
        {"* NO warning\r\n", false},
        {"7 NO\r\n8 OK\r\n", false},
        {"* 1 FETCH (BODY[] {6}\r\n1 NO\r\n)\r\n1 OK x\r\n", false},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        DaemonImapGuard guard = {.budget = 1000};

        assert_true(daemon_imap_guard_check(&guard, cases[i].text, strlen(cases[i].text), NULL));
        assert_int_equal(guard.refused, cases[i].refused);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ordinary_answers),
        cmocka_unit_test(test_budget),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_line),
        cmocka_unit_test(test_refusals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
