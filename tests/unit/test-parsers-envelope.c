/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-envelope.c - headers become findings, however odd.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/envelope.h"

static ParsersFindings *
findings_of(const char *text)
{
    g_autoptr(GBytes) raw = g_bytes_new(text, strlen(text));
    g_autoptr(ParsersMime) mime = parsers_mime_read(raw, parsers_limits_default());
    ParsersFindings *findings = parsers_findings_new();

    parsers_envelope_read(findings, mime, parsers_limits_default());
    return findings;
}

static void
item(const GPtrArray *texts, guint i, const char *expected)
{
    assert_true(i < texts->len);
    assert_string_equal(g_ptr_array_index(texts, i), expected);
}

static void
test_people(void **fixture)
{
    g_autoptr(ParsersFindings) f = findings_of(
        "Return-Path: <>\nDelivered-To: box@x.org\nFrom: =?utf-8?q?Si=C3=A2n?= <Sian@x.org>, "
        "b@x.org\n"
        "Sender: s@x.org\nReply-To: r@x.org\nTo: Team: one@x.org, two@x.org;\nCc: "
        "<three@x.org>, one@x.org\n"
        "Message-ID: <a@b>\nSubject: =?utf-8?b?4oKs?= re lado-7k3m-q9tr\n\nx");
    (void)fixture;

    assert_string_equal(f->from_address, "Sian@x.org");
    assert_string_equal(f->from_name, "Si\xc3\xa2n");
    assert_int_equal(f->from_count, 2);
    assert_string_equal(f->sender_address, "s@x.org");
    assert_string_equal(f->reply_to, "r@x.org");
    assert_true(f->has_return_path);
    assert_string_equal(f->return_path, "");
    assert_int_equal(f->recipients->len, 3);
    item(f->recipients, 1, "two@x.org");
    item(f->delivered_to, 0, "box@x.org");
    assert_string_equal(f->message_id, "a@b");
    assert_string_equal(f->subject, "\xe2\x82\xac re lado-7k3m-q9tr");
    item(f->references, 0, "LADO-7K3M-Q9TR");
}

/* GMime would overflow its stack on this. */
static void
test_colons(void **fixture)
{
    g_autofree char *colons = g_strnfill(60000, ':');
    g_autofree char *text = g_strconcat("From: a", colons, " <x@y.org>\n\nhi", NULL);
    g_autoptr(ParsersFindings) f = findings_of(text);
    g_autoptr(ParsersFindings) none = findings_of("Subject: x\n\n");
    (void)fixture;

    assert_string_equal(f->from_address, "x@y.org");
    assert_int_equal(f->warnings->len, 1);
    assert_string_equal(none->from_address, "");
    assert_false(none->has_return_path);
}

/* Authentication-Results are counted over all that the mail's own header has, from the top,
 * whatever they say; what a part or a mail inside has is none of them. */
static void
test_auth_instances(void **fixture)
{
    g_autofree char *wide = g_strnfill(parsers_limits_default()->header_line_bytes, 'x');
    g_autofree char *text = g_strconcat(
        "Received: x\nAUTHENTICATION-RESULTS : (", wide, ") dmarc=pass\n",
        "Authentication-Results-Original: dmarc=pass\nX-MS-Exchange-Authentication-Results: "
        "dmarc=pass\n"
        "Authentication-Results:\nSubject: y\nAuthentication-Results:\n "
        "spf=none\n\tsmtp.mailfrom=\n"
        " a.org;\n dkim=fail header.d=b.org\nARC-Authentication-Results: i=1; dmarc=pass\n"
        "authentication-results: mx; dmarc=pass header.from=c.org\n"
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nAuthentication-Results: dmarc=pass\n"
        "Content-Type: message/rfc822\n\nAuthentication-Results: dmarc=pass\n\nz\n--b--\n",
        NULL);
    static const struct {
        guint instance;
        const char *id, *domain;
    } wanted[] = {{2, "", "a.org"}, {2, "", "b.org"}, {3, "mx", "c.org"}};
    g_autoptr(ParsersFindings) f = findings_of(text);
    (void)fixture;

    assert_int_equal(f->auth->len, G_N_ELEMENTS(wanted));
    for (guint i = 0; i < f->auth->len; i++) {
        const ParsersAuth *auth = f->auth->pdata[i];

        assert_int_equal(auth->instance, wanted[i].instance);
        assert_string_equal(auth->authserv_id, wanted[i].id);
        assert_string_equal(auth->domain, wanted[i].domain);
    }
}

static void
test_ids(void **fixture)
{
    g_autoptr(ParsersFindings) f =
        findings_of("In-Reply-To: <one@x>\nReferences: <zero@x> <one@x>\n\t<tw\n o@x> <bad>\n\n");
    g_autoptr(ParsersFindings) bounce = findings_of(
        "Content-Type: multipart/report; boundary=b\n\n--b\n\nfailed\n--b\nContent-Type: "
        "message/delivery-status\n\n"
        "Original-Message-ID: <orig@x>\n\n--b\nContent-Type: text/rfc822-headers\n\nSubject: "
        "y\nMessage-ID:\n <two@x>\n"
        "--b\nContent-Type: message/rfc822\n\nMessage-ID: <three@x>\n\nz\n--b--\n");
    (void)fixture;

    assert_int_equal(f->in_reply_to->len, 3);
    item(f->in_reply_to, 0, "one@x");
    item(f->in_reply_to, 2, "two@x");
    assert_int_equal(bounce->original_ids->len, 3);
    item(bounce->original_ids, 0, "orig@x");
    item(bounce->original_ids, 1, "two@x");
    item(bounce->original_ids, 2, "three@x");
}

static void
references(const char *text, const char *expected)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);

    parsers_envelope_find_references(text, found);
    if (expected == NULL)
        assert_int_equal(found->len, 0);
    else
        item(found, 0, expected);
}

static void
test_references(void **fixture)
{
    (void)fixture;
    references("(LADO-7K3M-Q9TR)", "LADO-7K3M-Q9TR");
    references("re lado7k3mq9tr.", "LADO-7K3M-Q9TR");
    references("CON-Oi3l-q9tr", "CON-0131-Q9TR");
    references("OTHERWISE10 RFS-1234-567", NULL);
    references("otherwises considered", NULL);
    references("XLADO-7K3M-Q9TR LADO-7K3M-Q9TRX", NULL);
    references("LADO-7\xe2\x84\xaa"
               "3M-Q9TR",
               NULL); /* Kelvin sign */
}

static void
test_careless_writers(void **fixture)
{
    g_autoptr(ParsersFindings) f = findings_of("From: =?utf-8?Q?Si=C3=A2n:)?= <s@x.org>\n"
                                               "Message-ID: <a@ b\n .org>\n\nx");
    (void)fixture;

    assert_string_equal(f->from_address, "s@x.org");
    assert_string_equal(f->from_name, "Si\xc3\xa2n:)");
    assert_string_equal(f->message_id, "a@b.org");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people), cmocka_unit_test(test_careless_writers),
        cmocka_unit_test(test_colons), cmocka_unit_test(test_auth_instances),
        cmocka_unit_test(test_ids),    cmocka_unit_test(test_references),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
