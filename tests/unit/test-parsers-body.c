/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-body.c - which parts are the words of a mail.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/body.h"

static ParsersFindings *
findings_of(const char *text)
{
    g_autoptr(GBytes) raw = g_bytes_new(text, strlen(text));
    g_autoptr(ParsersMime) mime = parsers_mime_read(raw, parsers_limits_default());
    ParsersFindings *findings = parsers_findings_new();
    g_autoptr(GPtrArray) bodies =
        parsers_body_read(mime, parsers_limits_default(), findings->warnings);

    parsers_body_fill(findings, mime, bodies);
    return findings;
}

#define ALTERNATIVE "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n"
#define HTML "\n--b\nContent-Type: text/html\n\n"

static void
says(const char *mail, const char *expected)
{
    g_autoptr(ParsersFindings) f = findings_of(mail);

    assert_string_equal(f->text, expected);
}

static void
test_alternatives(void **fixture)
{
    (void)fixture;
    says(ALTERNATIVE "plain words" HTML "<p>plain words\n--b--\n", "plain words");
    says(ALTERNATIVE "" HTML "<p>only here\n--b--\n", "only here");
    says("Content-Type: text/html\n\n<p>a<p>b", "a\nb");
}

/* A phone puts text before and after the pictures: all of it was written. */
static void
test_several(void **fixture)
{
    (void)fixture;
    says("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\nContent-Type: image/png; "
         "name=a\n\n\x89PNG\r\n\x1a\n"
         "\n--b\n\ntwo\n--b--\n",
         "one\ntwo");
}

static void
test_attachments_are_not(void **fixture)
{
    (void)fixture;
    says("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\nContent-Type: text/plain; "
         "name=x.txt\n\ntwo\n--b\n"
         "Content-Disposition: attachment\n\nthree\n--b--\n",
         "one");
    says("Content-Type: text/plain; name=x.txt\n\nthe body",
         "the body"); /* a body that was given a name */
}

static void
test_too_long(void **fixture)
{
    g_autofree char *words = g_strnfill(parsers_limits_default()->body_text_bytes + 1, 'x');
    g_autofree char *mail = g_strconcat("Subject: x\n\n", words, NULL);
    g_autoptr(ParsersFindings) f = findings_of(mail);
    (void)fixture;

    assert_string_equal(f->text, "");
    assert_int_equal(f->warnings->len, 1);
    assert_non_null(strstr(g_ptr_array_index(f->warnings, 0), "body_text_bytes"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alternatives),
        cmocka_unit_test(test_several),
        cmocka_unit_test(test_attachments_are_not),
        cmocka_unit_test(test_too_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
