/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-sniff.c - types by content alone.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/sniff.h"

static void
is_type(const char *bytes, gsize size, const char *expected)
{
    g_autoptr(GBytes) raw = g_bytes_new(bytes, size);

    assert_string_equal(parsers_sniff_type(raw), expected);
}

#define IS(bytes, expected) is_type(bytes, sizeof(bytes) - 1, expected)

static void
test_signatures(void **fixture)
{
    (void)fixture;
    IS("\x89PNG\r\n\x1a\n....", "png");
    IS("\xff\xd8\xff\xe0....", "jpeg");
    IS("....ftypheic....", "heic");
    IS("....ftypM4A ....", "audio");
    IS("....ftypqt  ....", "video");
    IS("junk\n%PDF-1.4\n", "pdf");
    IS("\x78\x9f\x3e\x22\x01", "tnef");
    IS("{\\rtf1 x}", "rtf");
    IS("PK\3\4 nothing", "zip");
    IS("PK\3\4\x14\0\0\0\0\0word/document.xml", "docx"); /* cut short, but a document it was */
    IS("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", "doc");
    IS("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
       "locked-office");
    IS("", "empty");
}

/* Documents of other programs, which a converter knows. */
static void
test_foreign(void **fixture)
{
    (void)fixture;
    IS("\xffWPC\x10\0\0\0\1\n\2\1\0\0\0\0", "wordperfect");
    IS("\x01\xfe\x32\x00 old", "works");
    IS("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 M\0a\0t\0O\0S\0T\0", "works");
    IS("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 C\0O\0N\0T\0E\0N\0T\0S\0 CHNKWKS", "works");
    IS("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 something else", "cfb");
    IS("\xdb\xa5\x2d\x00 Word 2", "word-old");
    IS("<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?><w:wordDocument>",
       "word-xml");
    IS("<?mso-application progid=\"Word.Document\"?><pkg:package>", "office-xml");
    IS("<?xml version='1.0'?><uof:UOF>", "uof");
    IS("<?xml version='1.0'?><abiword>", "abiword");
}

static void
test_texts(void **fixture)
{
    (void)fixture;
    IS("hello world", "text");
    IS("caf\xe9", "text");
    IS("\xef\xbb\xbf<!DOCTYPE html><p>x", "html");
    IS("  <div>x</div>", "html");
    IS("<?xml version='1.0'?><office:document x='y'>", "fodt");
    IS("<?xml version='1.0'?><a/>", "xml");
    IS("<3 this", "text");
    IS("BEGIN:VCALENDAR\r\n", "ics");
    IS("Received: from x\n by y\nSubject: z\n\nbody", "mail");
    IS("From: my point of view\nit was wrong", "text");
    IS("-----BEGIN PGP MESSAGE-----\n", "pgp");
    IS("a\0b\0\0\0\0\0\0", "unknown");
}

static void
test_images(void **fixture)
{
    (void)fixture;
    assert_true(parsers_sniff_is_image("heic"));
    assert_false(parsers_sniff_is_image("pdf"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signatures),
        cmocka_unit_test(test_foreign),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_images),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
