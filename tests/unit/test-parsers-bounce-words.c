/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-bounce-words.c - the notice, the report and the mail returned, apart.
 *
 * Source:   RFC 3462, RFC 3464
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/bounce-words.h"
#include "parsers/limits.h"

static void
take(const char *mail, ParsersBounceWords *out_words)
{
    g_autoptr(GBytes) raw = g_bytes_new_static(mail, strlen(mail));
    g_autoptr(ParsersFindings) findings = parsers_findings_new();
    g_autoptr(ParsersMime) mime = parsers_mime_read(raw, parsers_limits_default());

    parsers_bounce_words_take(findings, mime, out_words);
}

static void
test_report(void **fixture)
{
    g_auto(ParsersBounceWords) words = {0};

    (void)fixture;
    take("Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n"
         "--x\r\n\r\nIt did not go.\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n"
         "Reporting-MTA: dns; mx\r\n\r\nAction: failed\r\n"
         "--x\r\nContent-Type: message/rfc822\r\n\r\nTo: a@b.example\r\n\r\nSecret words.\r\n--x--",
         &words);
    assert_string_equal(words.notice, "It did not go.");
    assert_non_null(strstr(words.report, "Action: failed"));
    assert_non_null(strstr(words.returned, "To: a@b.example"));
    assert_null(strstr(words.returned, "Secret"));
}

/* One text holds both: what follows the ruled line, or begins with headers, was returned. */
static void
test_divided(void **fixture)
{
    static const char *const dividers[] = {
        "--- Below this line is a copy of the message.",
        "------ This is a copy of the message, including all the headers. ------",
        "   ----- Unsent message follows -----",
        "Original message follows.",
        "Received: from a by b",
        "Return-Path: <x@example.org>",
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(dividers); i++) {
        g_auto(ParsersBounceWords) words = {0};
        g_autofree char *mail = g_strdup_printf(
            "Subject: x\r\n\r\nThe original message was received at 5 pm\r\nand not "
            "delivered.\r\n%s\r\nTo: x@example.org\r\n",
            dividers[i]);

        take(mail, &words);
        assert_non_null(strstr(words.notice, "not delivered."));
        assert_null(strstr(words.notice, "x@example.org"));
        assert_non_null(strstr(words.returned, "x@example.org"));
    }
}

/* Megabytes that follow are not looked at. */
static void
test_long(void **fixture)
{
    g_autoptr(GString) mail = g_string_new("Subject: x\r\n\r\nIt did not go.\r\n");
    g_auto(ParsersBounceWords) words = {0};

    (void)fixture;
    for (guint i = 0; i < 20000; i++)
        g_string_append(mail, "Line upon line of it.\r\n");
    take(mail->str, &words);
    assert_true(g_str_has_prefix(words.notice, "It did not go.\n"));
    assert_in_range(strlen(words.notice), 60000, 65536);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_report),
                                       cmocka_unit_test(test_divided), cmocka_unit_test(test_long)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
