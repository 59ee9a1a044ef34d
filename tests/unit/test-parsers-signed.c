/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-signed.c - the mail inside an opaque signature, whole or cut.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/signed.h"

/* "hello" as SignedData: once with lengths, once in pieces without them. */
static const char definite[] = "\x30\x26\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x19\x30"
                               "\x17\x02\x01\x01\x31\x00\x30\x10"
                               "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0\x03\x04\x01h";
static const char pieces[] = "\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80"
                             "\x02\x01\x01\x31\x00\x30\x80"
                             "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0\x80\x24\x80\x04\x02h"
                             "e\x04\x03llo\0\0\0\0\0\0\0\0\0\0\0\0";

static void
gives(const char *in, gsize size, const char *expected)
{
    g_autoptr(GBytes) bytes = g_bytes_new(in, size);
    g_autoptr(GBytes) out = parsers_signed_content(bytes);

    if (expected == NULL) {
        assert_null(out);
        return;
    }
    assert_non_null(out);
    assert_int_equal(g_bytes_get_size(out), strlen(expected));
    assert_memory_equal(g_bytes_get_data(out, NULL), expected, strlen(expected));
}

static void
test_content(void **fixture)
{
    (void)fixture;
    gives(definite, sizeof definite - 1, "h");
    gives(pieces, sizeof pieces - 1, "hello");
}

static void
test_cut(void **fixture)
{
    (void)fixture;
    for (gsize n = 0; n + 1 < sizeof definite; n++)
        gives(definite, n, NULL);
    for (gsize n = 0; n + 1 < sizeof pieces; n++)
        gives(pieces, n, NULL);
}

/* No change of one byte reads past the end (a sanitizer sees it), and deep nesting is refused. */
static void
test_changed(void **fixture)
{
    g_autofree char *deep = g_strnfill(100000, '\x30');
    (void)fixture;

    for (gsize i = 0; i + 1 < sizeof pieces; i++)
        for (guint value = 0; value < 256; value++) {
            g_autofree char *copy = g_memdup2(pieces, sizeof pieces - 1);
            g_autoptr(GBytes) bytes = NULL;
            g_autoptr(GBytes) out = NULL;

            copy[i] = (char)value;
            bytes = g_bytes_new_take(g_steal_pointer(&copy), sizeof pieces - 1);
            out = parsers_signed_content(bytes);
            assert_true(out == NULL || g_bytes_get_size(out) < sizeof pieces);
        }
    for (gsize i = 1; i < 100000; i += 2)
        deep[i] = '\x80';
    gives(deep, 100000, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_content),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_changed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
