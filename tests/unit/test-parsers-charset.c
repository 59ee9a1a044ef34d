/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-charset.c - text always ends as valid UTF-8.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/charset.h"

static void
gives(const char *in, gsize size, const char *charset, const char *expected)
{
    g_autofree char *out = parsers_charset_to_utf8(in, size, charset);

    assert_string_equal(out, expected);
}

#define GIVES(in, charset, expected) gives(in, sizeof(in) - 1, charset, expected)

static void
test_declared(void **fixture)
{
    (void)fixture;
    GIVES("caf\xe9", "iso-8859-1", "caf\xc3\xa9");
    GIVES("\x93q\x94", "ISO-8859-1", "\xe2\x80\x9cq\xe2\x80\x9d"); /* is windows-1252 */
    GIVES("\xb1", "iso-8859-2", "\xc4\x85");
    GIVES("\x1b$B$\"\x1b(B", "iso-2022-jp", "\xe3\x81\x82");
    GIVES("a\0b\0", "utf-16le", "ab");
    GIVES("\xc1", "koi8_r", "\xd0\xb0");
    GIVES("\x1b$B$\"\x1b(B", "utf-8", "\xe3\x81\x82"); /* whatever it is said to be */
}

static void
test_undeclared_or_wrong(void **fixture)
{
    (void)fixture;
    GIVES("caf\xc3\xa9", NULL, "caf\xc3\xa9");
    GIVES("caf\xe9", NULL, "caf\xc3\xa9");
    GIVES("caf\xe9", "x-mac-klingon", "caf\xc3\xa9");
    GIVES("caf\xe9", "utf-8", "caf\xc3\xa9");
    GIVES("caf\xc3\xa9", "us-ascii", "caf\xc3\xa9");
    GIVES("plain", "utf-16", "plain"); /* no NUL: not UTF-16, whatever it says */
    GIVES("\xc3\xa9\xc3\xa9\xff", "utf-8", "\xc3\xa9\xc3\xa9\xef\xbf\xbd");
}

/* All that windows-1252 has, and what is not assigned in it. */
static void
test_windows_1252(void **fixture)
{
    (void)fixture;
    GIVES("\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f", "latin1",
          "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD");
    GIVES("\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f", NULL,
          "\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ");
    GIVES("\xa0\0\xa3\xff", "us-ascii", "\u00a0£ÿ");
}

static void
test_marks_and_nuls(void **fixture)
{
    (void)fixture;
    GIVES("\xef\xbb\xbfx", NULL, "x");
    GIVES("\xff\xfe"
          "a\0",
          "utf-8", "a");
    GIVES("a\0b", NULL, "ab");
    GIVES("", "utf-8", "");
}

/* Every pair of bytes in every kind of charset is valid afterwards. */
static void
test_always_valid(void **fixture)
{
    static const char *const charsets[] = {"utf-8",       "gb2312", "shift_jis",
                                           "iso-2022-jp", "utf-7",  "big5"};
    (void)fixture;

    for (guint i = 0; i < 65536 * G_N_ELEMENTS(charsets); i++) {
        const char in[2] = {(char)(i >> 8), (char)i};
        g_autofree char *out = parsers_charset_to_utf8(in, 2, charsets[i / 65536]);

        assert_true(g_utf8_validate(out, -1, NULL));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_declared),     cmocka_unit_test(test_undeclared_or_wrong),
        cmocka_unit_test(test_windows_1252), cmocka_unit_test(test_marks_and_nuls),
        cmocka_unit_test(test_always_valid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
