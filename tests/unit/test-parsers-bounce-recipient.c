/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-bounce-recipient.c - to whom a returned mail did not go.
 *
 * Source:   RFC 3464 section 2.3
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/bounce-recipient.h"
#include "parsers/limits.h"

/* The recipients, one to a line; the caller frees. */
static char *
find(const char *mail)
{
    g_autoptr(GBytes) raw = g_bytes_new_static(mail, strlen(mail));
    g_autoptr(ParsersFindings) findings = parsers_findings_new();
    g_autoptr(ParsersMime) mime = parsers_mime_read(raw, parsers_limits_default());
    g_auto(ParsersBounceWords) words = {0};
    g_autoptr(GPtrArray) found = NULL;

    g_free(findings->from_address);
    findings->from_address = g_strdup("helper@mx.example");
    parsers_bounce_words_take(findings, mime, &words);
    found = parsers_bounce_recipient_find(findings, mime, &words);
    g_ptr_array_add(found, NULL);
    return g_strjoinv(" ", (char **)found->pdata);
}

#define HEAD "From: helper@mx.example\r\nTo: us@here.example\r\n"
#define REPORT(groups)                                                                             \
    HEAD "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n"         \
         "--x\r\n\r\nTo: not.this@one.example\r\n"                                                 \
         "--x\r\nContent-Type: message/delivery-status\r\n\r\n"                                    \
         "Reporting-MTA: dns; mx\r\n\r\n" groups "\r\n--x--\r\n"

static void
test_recipients(void **fixture)
{
    static const struct {
        const char *mail, *want;
    } cases[] = {
        {REPORT("Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n"), "a@b.example"},
        {REPORT("Final-Recipient: <a@b.example>\r\nAction: failed\r\n\r\n"
                "Final-Recipient: rfc822;A@B.example\r\nAction: failed\r\n\r\n"
                "Final-Recipient: rfc822;c@d.example\r\nAction: delayed\r\n\r\n"
                "Final-Recipient: rfc822;e@f.example\r\nAction: delivered\r\n"),
         "a@b.example c@d.example"},
        {REPORT("Final-Recipient: rfc822;@relay.example:a@b\r\n"
                "Original-Recipient: rfc822;a@b.example\r\nAction: failed\r\n"),
         "a@b.example"},
        {HEAD "X-Failed-Recipients: a@b.example,\r\n c@d.example\r\n\r\nIt failed: e@f.example\r\n",
         "a@b.example c@d.example"},
        {HEAD "\r\nThe following addresses failed:\r\n\r\n  a@b.example on Monday\r\n"
              "  <c@d.example>: no\r\nAsk helper@mx.example or us@here.example\r\n",
         "a@b.example c@d.example"},
        {HEAD "\r\nIt failed for \"|cmd #who@b.example\" (from: <g@h.example>)\r\n\r\n"
              "Final-Recipient: RFC822; a@b.example\r\nAction: failed\r\n\r\n"
              "Final-Recipient: RFC822; c@d.example\r\nAction: delayed\r\n",
         "a@b.example c@d.example"},
        {HEAD "\r\n550 5.1.1 <a@b.example>... User unknown\r\n", "a@b.example"},
        {HEAD "\r\nRecipient: <a@b.example>\r\nTo: c@d.example\r\n", "a@b.example"},
        {HEAD "\r\nYour mail to a@b.example was refused.\r\n", "a@b.example"},
        {HEAD "\r\nIt was refused.\r\n--- Below this line is a copy of the message.\r\n"
              "Return-Path: <us@here.example>\r\nTo: A Name <a@b.example>\r\n",
         "a@b.example"},
        {HEAD "\r\nIt was refused, us@here.example.\r\n", ""},
        {HEAD "\r\nIt was refused: a@b, @b.example, a@.\r\n", ""},
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = find(cases[i].mail);

        assert_string_equal(found, cases[i].want);
    }
}

/* However many a bounce names, only so many are noted. */
static void
test_many(void **fixture)
{
    g_autoptr(GString) mail = g_string_new(HEAD "\r\n");
    g_autofree char *found = NULL;
    g_auto(GStrv) list = NULL;

    (void)fixture;
    for (guint i = 0; i < 3000; i++)
        g_string_append_printf(mail, "<a%u@b.example>: no\r\n", i);
    found = find(mail->str);
    list = g_strsplit(found, " ", -1);
    assert_int_equal(g_strv_length(list), PARSERS_BOUNCE_RECIPIENTS);
}

/* Nothing that a stranger writes makes the search slow: this would not end. */
static void
test_awkward(void **fixture)
{
    static const char *const pieces[] = {"a.", "a@", "-", "<a", "user ", "to: ", "a@b.", "!#"};

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(GString) mail = g_string_new(HEAD "\r\n");
        g_autofree char *found = NULL;

        while (mail->len < 200000)
            g_string_append(mail, pieces[i]);
        found = find(mail->str);
        assert_string_equal(found, "");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_recipients),
                                       cmocka_unit_test(test_many), cmocka_unit_test(test_awkward)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
