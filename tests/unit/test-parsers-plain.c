/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-plain.c - which mails may share a process.
 *
 * Source:   doc/process-model.md, "Plain mails"
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/plain.h"

static bool
looks(const char *mail)
{
    return parsers_plain_looks(mail, strlen(mail));
}

static void
test_plain(void **fixture)
{
    (void)fixture;
    assert_true(looks(""));
    assert_true(looks("Subject: x\r\n\r\nhello\r\n"));
    assert_true(looks("Content-Type: text/plain; charset=utf-8\r\n"
                      "Content-Transfer-Encoding: quoted-printable\r\n\r\n=C3=A9\r\n"));
    assert_true(looks("CONTENT-TYPE:\r\n TEXT/PLAIN;\r\n\tcharset=x\r\n\r\nx"));
    assert_true(looks("Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\n\r\nsorry\r\n"
                      "--x\r\nContent-Type: message/delivery-status\r\n\r\nStatus: 5.1.1\r\n"
                      "--x\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: y\r\n--x--\r\n"));
    assert_true(looks("Content-Type: message/delivery-status; name=x.txt\r\n"
                      "Content-Disposition: attachment; filename=x.txt\r\n\r\nStatus: 5.1.1\r\n"));
    assert_true(looks("\r\nwe begin at nine\r\nbegin here\r\n"));
}

static void
test_not_plain(void **fixture)
{
    (void)fixture;
    const char *const mails[] = {
        "Content-Type: text/html\r\n\r\n<p>x",
        "Content-Type:\r\n\ttext/html\r\n\r\n<p>x",
        "content-type : text/html\r\n\r\nx",
        "Content-Type: application/pdf\r\n\r\nx",
        "Content-Type: text/plain; name=form.docx\r\n\r\nx",
        "Content-Type: text/plain;\r\n filename*0=form\r\n\r\nx",
        "Content-Type:\r\n\r\nx",
        "Content-Disposition: attachment\r\n\r\nx",
        "Content-Disposition: inline; filename=x\r\n\r\nx",
        "Content-Type: text/rfc822-headers\r\n\r\nContent-Disposition: inline; filename=x\r\n\r\n",
        "Content-Transfer-Encoding: base64\r\n\r\nPHA+\r\n",
        "Content-Transfer-Encoding:\r\n base64\r\n\r\nPHA+\r\n",
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\n",
        "Subject: x\r\n\r\nbegin 644 form.doc\r\nM\r\n`\r\nend\r\n",
        "Subject: x\r\n\r\n=ybegin line=128 size=1 name=x\r\n",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(mails); i++)
        if (looks(mails[i]))
            fail_msg("taken for plain: %s", mails[i]);
    assert_false(parsers_plain_looks("Subject: \0\r\n", 12));
}

/* Converters that few mails need are not in every process. */
static void
test_common(void **fixture)
{
    const char *const common[] = {"hello", "charset=utf-8;", "charset=\"UTF-8\"\r\n",
                                  "Subject: =?ISO-8859-15?q?x?=\r\n", "charset=iso-8859-1\r\n"};
    const char *const rare[] = {"charset=iso-2022-jp\r\n",
                                "Subject: =?koi8-r?b?x?=\r\n",
                                "charset=iso-8859-16\r\n",
                                "charset=utf-8; charset=big5\r\n",
                                "\x1b$B\x1b(B",
                                "charset="};

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(common); i++)
        assert_true(parsers_plain_is_common(common[i], strlen(common[i])));
    for (gsize i = 0; i < G_N_ELEMENTS(rare); i++)
        assert_false(parsers_plain_is_common(rare[i], strlen(rare[i])));
}

static void
test_too_large(void **fixture)
{
    (void)fixture;
    g_autofree char *mail = g_strnfill(PARSERS_PLAIN_BYTES + 1, 'x');

    assert_true(parsers_plain_looks(mail, PARSERS_PLAIN_BYTES));
    assert_false(parsers_plain_looks(mail, PARSERS_PLAIN_BYTES + 1));
}

/* What came out decides in the end. */
static void
test_was(void **fixture)
{
    (void)fixture;
    g_autoptr(ParsersFindings) findings = parsers_findings_new();
    ParsersPart *part = parsers_part_new();

    assert_true(parsers_plain_was(findings));
    g_free(part->type);
    part->type = g_strdup("text");
    part->state = PARSERS_PART_READ;
    g_ptr_array_add(findings->parts, part);
    assert_true(parsers_plain_was(findings));
    part->state = PARSERS_PART_LIMIT;
    assert_false(parsers_plain_was(findings));
    part->state = PARSERS_PART_READ;
    g_free(part->type);
    part->type = g_strdup("html");
    assert_false(parsers_plain_was(findings));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),  cmocka_unit_test(test_not_plain),
        cmocka_unit_test(test_common), cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
