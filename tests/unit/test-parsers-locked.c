/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-locked.c - what is locked is known by what locked it.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/locked.h"

static void
locked(const char *headers, const char *body, const char *expected)
{
    g_autofree char *text = g_strconcat(headers, "\n\n", body, NULL);
    g_autoptr(GBytes) raw = g_bytes_new(text, strlen(text));
    g_autoptr(ParsersMime) mime = parsers_mime_read(raw, parsers_limits_default());
    const char *by = parsers_locked_by(g_ptr_array_index(parsers_mime_parts(mime), 0));

    if (expected == NULL)
        assert_null(by);
    else
        assert_string_equal(by, expected);
}

static void
test_smime(void **fixture)
{
    (void)fixture;
    locked("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "0",
           "S/MIME");
    locked(
        "Content-Type: application/octet-stream; name=smime.p7m\nContent-Transfer-Encoding: base64",
        "MIIxbgYJKoZIhvcNAQcDoIIxXzCCMVs=", "S/MIME");
    locked("Content-Type: application/pkcs7-mime; "
           "smime-type=signed-data\nContent-Transfer-Encoding: base64",
           "MIIxbgYJKoZIhvcNAQcCoIIxXzCCMVs=", NULL);
}

static void
test_pgp(void **fixture)
{
    (void)fixture;
    locked("Subject: x", "see below\n-----BEGIN PGP MESSAGE-----\n\nabc\n", "PGP");
    locked("Content-Type: application/pgp-encrypted", "Version: 1", "PGP");
    locked("Subject: x", "we use PGP here", NULL);
}

static void
test_wrappers(void **fixture)
{
    (void)fixture;
    locked("Content-Type: application/octet-stream; name=message_v2.rpmsg", "x",
           "Microsoft Purview");
    locked("Content-Type: application/octet-stream; name=A.SWITCH", "x", "Egress");
    locked("Content-Type: text/html; name=secured.html",
           "<html>An encrypted message from Mimecast. Log in.", "Mimecast");
    locked("Content-Type: text/html; name=m.html",
           "<html><h1>Secure message</h1><form action='https://x'><input type=hidden>",
           "a secure mail portal");
    locked("Content-Type: text/html; name=form.html",
           "<html>Was the classroom door secure? Please sign in.", NULL);
    locked("Content-Type: text/html", "<html>You have a secure message, log in",
           NULL); /* a body, not a file */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_smime),
        cmocka_unit_test(test_pgp),
        cmocka_unit_test(test_wrappers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
