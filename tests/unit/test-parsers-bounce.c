/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-bounce.c - whether a returned mail may still arrive, its code, and
 * whether the address is wrong.
 *
 * Source:   RFC 3464 section 2.3; RFC 3463 section 2
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/bounce.h"
#include "parsers/limits.h"

#define SAYS(words) "Subject: x\r\n\r\n" words "\r\n"
#define REPORT(action, status)                                                                     \
    "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n"              \
    "--x\r\n\r\nwords\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n"                     \
    "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; a@b.c\r\n" action status               \
    "\r\n--x--\r\n"

static void
test_bounces(void **fixture)
{
    static const struct {
        const char *mail, *subject, *text;
        bool delayed;
        const char *code; /* or NULL */
    } cases[] = {
        {REPORT("Action: failed\r\n", "Status: 5.1.1\r\n"), "", "", false, "5.1.1"},
        {REPORT("Action: delayed\r\n", "Status: 4.4.1 (later)\r\n"), "", "", true, "4.4.1"},
        {REPORT("action: FAILED\r\n", "status: 4.4.7\r\n"), "Delayed", "delayed", false, "4.4.7"},
        {REPORT("Action: failed\r\n", "Status: 5.0.0\r\nDiagnostic-Code: smtp; 550 5.2.2 full\r\n"),
         "", "", false, "5.2.2"},
        {REPORT("Action: failed\r\n", "Status: 5.0.0\r\n"), "", "", false, "5.0.0"},
        {SAYS("said: 550 5.7.1 no"), "", "", false, "5.7.1"},
        {REPORT("Action: failed\r\n",
                "Status: 4.4.7\r\nDiagnostic-Code: smtp; 421 4.3.2 closing\r\n"),
         "", "", false, "4.3.2"},
        {"Subject: x\r\n\r\n", "Warning: could not send message for past 4 hours",
         "THIS IS A WARNING MESSAGE ONLY. YOU DO NOT NEED TO RESEND.", true, NULL},
        {"Subject: x\r\n\r\n", "Warning", "It was refused.", false, NULL},
        {"Subject: x\r\n\r\n", "Undelivered", "host 192.0.2.5.1.1 said 550 no", false, NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) raw = g_bytes_new_static(cases[i].mail, strlen(cases[i].mail));
        g_autoptr(ParsersFindings) findings = parsers_findings_new();
        g_autoptr(ParsersMime) mime = parsers_mime_read(raw, parsers_limits_default());

        g_free(findings->subject);
        g_free(findings->text);
        findings->subject = g_strdup(cases[i].subject);
        findings->text = g_strdup(cases[i].text);
        parsers_bounce_note(findings, mime);
        assert_int_equal(parsers_findings_signal(findings, "bounce-delayed") != NULL,
                         cases[i].delayed);
        if (cases[i].code == NULL)
            assert_null(parsers_findings_signal(findings, "bounce-status"));
        else
            assert_string_equal(parsers_findings_signal(findings, "bounce-status"), cases[i].code);
    }
}

/* Hard is only what says that the address itself takes no mail. */
static void
test_hard(void **fixture)
{
    static const struct {
        const char *mail;
        bool hard;
    } cases[] = {
        {REPORT("Action: failed\r\n", "Status: 5.1.1\r\n"), true},
        {REPORT("Action: failed\r\n", "Status: 5.1.8\r\n"), false},
        {REPORT("Action: failed\r\n", "Status: 4.1.1\r\n"), false},
        {REPORT("Action: failed\r\n", "Status: 5.2.2\r\n"), false},
        {REPORT("Action: failed\r\n",
                "Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 mailbox is full\r\n"),
         false},
        {REPORT("Action: failed\r\n",
                "Status: 5.0.0\r\nDiagnostic-Code: smtp; 550 Unknown user\r\n"),
         true},
        {REPORT("Action: failed\r\n",
                "Status: 5.7.1\r\nDiagnostic-Code: smtp; 554 blocked: invalid address\r\n"),
         false},
        {SAYS("The account does not exist."), true},
        {SAYS("550 Host unknown"), true},
        {SAYS("Sorry, over quota."), false},
        {SAYS("Address not found, as the connection timed out."), false},
        {SAYS("It did not go."), false},
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) raw = g_bytes_new_static(cases[i].mail, strlen(cases[i].mail));
        g_autoptr(ParsersFindings) findings = parsers_findings_new();
        g_autoptr(ParsersMime) mime = parsers_mime_read(raw, parsers_limits_default());

        parsers_bounce_note(findings, mime);
        assert_int_equal(parsers_findings_signal(findings, "bounce-hard") != NULL, cases[i].hard);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bounces), cmocka_unit_test(test_hard)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
