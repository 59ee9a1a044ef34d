/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-mail.c - whole mails in, findings out.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/foreign.h"
#include "parsers/mail.h"

static ParsersFindings *
findings_of(const char *text)
{
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
    g_autoptr(GBytes) raw = g_bytes_new(text, strlen(text));

    return parsers_mail_read(raw, definitions, parsers_limits_default());
}

static const ParsersPart *
part(const ParsersFindings *findings, guint i)
{
    assert_true(i < findings->parts->len);
    return g_ptr_array_index(findings->parts, i);
}

static void
test_words(void **fixture)
{
    g_autoptr(ParsersFindings) f = findings_of(
        "From: a@x.org\nSubject: hi\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\n"
        "my words LADO-7K3M-Q9TR\n\nKind regards\nA\n\n> old\n--b\nContent-Type: "
        "text/html\n\n<p>my words</p>\n--b--\n");
    (void)fixture;

    assert_string_equal(f->text, "my words LADO-7K3M-Q9TR");
    assert_string_equal(f->signature, "Kind regards\nA");
    assert_string_equal(f->quoted, "old\n");
    assert_string_equal(g_ptr_array_index(f->references, 0), "LADO-7K3M-Q9TR");
    assert_int_equal(f->kind, PARSERS_KIND_PERSON);
    assert_int_equal(f->parts->len, 2);
    assert_int_equal(strlen(part(f, 0)->sha256), 64);
}

/* Text that only says that the mail is HTML does not hide what the HTML says. */
static void
test_richer(void **fixture)
{
    g_autoptr(ParsersFindings) f =
        findings_of("Content-Type: multipart/alternative; boundary=b\n\n--b\n\nSee "
                    "HTML.\n--b\nContent-Type: text/html\n\n"
                    "<p>My son came home and told me what happened at the club on Monday "
                    "evening.</p>\n--b--\n");
    (void)fixture;

    assert_string_equal(
        f->text, "My son came home and told me what happened at the club on Monday evening.");
}

static void
test_states(void **fixture)
{
    g_autoptr(ParsersFindings) f = findings_of(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n"
        "--b\nContent-Type: image/jpeg; name=a.jpg\n\n\xff\xd8\xff\xe0\n"
        "--b\nContent-Type: application/pdf; name=b.pdf\n\n%PDF-1.4 broken\n"
        "--b\nContent-Type: application/octet-stream; name=c.exe\n\n\x7f"
        "ELF\n"
        "--b\nContent-Type: application/octet-stream; name=d\nContent-Transfer-Encoding: "
        "base64\n\n\n"
        "--b\nContent-Type: application/octet-stream; name=message.rpmsg\n\nx\n--b--\n");
    (void)fixture;

    assert_int_equal(part(f, 0)->state, PARSERS_PART_READ);
    assert_int_equal(part(f, 1)->state, PARSERS_PART_EVIDENCE);
    assert_string_equal(part(f, 1)->type, "image");
    assert_int_equal(part(f, 2)->state, PARSERS_PART_DAMAGED);
    assert_int_equal(part(f, 3)->state, PARSERS_PART_UNSUPPORTED);
    assert_int_equal(part(f, 4)->state, PARSERS_PART_DAMAGED);
    assert_int_equal(part(f, 5)->state, PARSERS_PART_LOCKED);
    assert_int_equal(f->kind, PARSERS_KIND_ENCRYPTED);
}

static void
test_decoration(void **fixture)
{
    g_autoptr(ParsersFindings) f =
        findings_of("Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: "
                    "text/html\n\n<img src=cid:i>\n"
                    "--b\nContent-Type: image/png\nContent-ID: <i>\n\n\x89PNG\r\n\x1a\n\n--b--\n");
    (void)fixture;

    assert_int_equal(part(f, 1)->state, PARSERS_PART_DECORATION);
}

/* ---- what a converter must read ---- */

static const char works_mail[] =
    "From: a@x.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n"
    "--b\nContent-Type: application/octet-stream; name=form.wps\nContent-Transfer-Encoding: base64"
    "\n\n/1dQQwEAAAAx\n--b--\n"; /* the signature of WordPerfect */

static ParsersFindings *
findings_with(const GPtrArray *converted)
{
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
    g_autoptr(GBytes) raw = g_bytes_new_static(works_mail, sizeof works_mail - 1);

    return parsers_mail_read_converted(raw, definitions, parsers_limits_default(), converted);
}

static void
test_asks_for_converter(void **fixture)
{
    g_autoptr(ParsersFindings) f = findings_of(works_mail);
    const ParsersForeign *foreign = NULL;

    assert_int_equal(part(f, 1)->state, PARSERS_PART_UNSUPPORTED);
    assert_string_equal(part(f, 1)->problem, "WordPerfect document");
    assert_int_equal(f->foreign->len, 1);
    foreign = f->foreign->pdata[0];
    assert_string_equal(foreign->converter, "text");
    assert_string_equal(foreign->sha256, part(f, 1)->sha256);
    assert_int_equal(g_bytes_get_size(foreign->bytes), part(f, 1)->size);
}

static void
test_reads_what_was_converted(void **fixture)
{
    static const char *const results[] = {"{\\rtf1 some words}", "\177ELF", "PK\3\4"};
    g_autoptr(ParsersFindings) before = findings_of(works_mail);

    for (gsize i = 0; i < G_N_ELEMENTS(results); i++) {
        g_autoptr(GBytes) result = g_bytes_new_static(results[i], strlen(results[i]));
        g_autoptr(GPtrArray) converted = parsers_foreign_list_new();
        g_autoptr(ParsersFindings) f = NULL;

        assert_true(parsers_foreign_add(converted, parsers_limits_default(), "",
                                        part(before, 1)->sha256, result));
        f = findings_with(converted);
        /* The row stays that of what was sent. */
        assert_string_equal(part(f, 1)->type, "wordperfect");
        assert_string_equal(part(f, 1)->sha256, part(before, 1)->sha256);
        /* What is no document after all leaves the part unread. */
        assert_int_equal(part(f, 1)->state, i == 0 ? PARSERS_PART_READ : PARSERS_PART_UNSUPPORTED);
        assert_int_equal(f->foreign->len, 0);
    }
}

/* Another document's conversion is not taken for this one's. */
static void
test_converted_by_sum_only(void **fixture)
{
    g_autoptr(GBytes) result = g_bytes_new_static("{\\rtf1 x}", 8);
    g_autoptr(GPtrArray) converted = parsers_foreign_list_new();
    g_autoptr(ParsersFindings) f = NULL;

    parsers_foreign_add(converted, parsers_limits_default(), "", "0123", result);
    f = findings_with(converted);
    assert_int_equal(part(f, 1)->state, PARSERS_PART_UNSUPPORTED);
    assert_int_equal(f->foreign->len, 1);
}

/* Whatever comes, there are findings that can be sent. */
static void
test_anything(void **fixture)
{
    static const char *const mails[] = {"",
                                        "\n",
                                        "x",
                                        "\xff\xfe\xfd",
                                        "From:\n\n",
                                        "Content-Type: multipart/mixed\n\n",
                                        "Content-Type: ;;;===\nSubject: =?x?q?\n\n=",
                                        "Content-Type: message/rfc822\n\n"};
    (void)fixture;

    for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
        g_autoptr(ParsersFindings) f = findings_of(mails[i]);
        g_autoptr(GBytes) bytes = parsers_findings_encode(f);
        g_autoptr(ParsersFindings) again = NULL;

        assert_true(f->parts->len > 0);
        assert_true(parsers_findings_decode(bytes, &again, NULL));
    }
}

/* A book in the body is kept, but not looked through for a form. */
static void
test_book(void **fixture)
{
    g_autoptr(GString) mail = g_string_new("Subject: x\n\n");
    g_autoptr(ParsersFindings) f = NULL;
    (void)fixture;

    for (guint i = 0; i < 5000; i++)
        g_string_append(mail, "Name: A\n");
    f = findings_of(mail->str);
    assert_int_equal(f->warnings->len, 1);
    assert_int_equal(strlen(f->text), 5000 * 8 - 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_richer),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_decoration),
        cmocka_unit_test(test_asks_for_converter),
        cmocka_unit_test(test_reads_what_was_converted),
        cmocka_unit_test(test_converted_by_sum_only),
        cmocka_unit_test(test_anything),
        cmocka_unit_test(test_book),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
