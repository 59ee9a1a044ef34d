/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-sum.c - SHA-256, whole and piece by piece.
 *
 * Runs in:  make check.
 * Source:   FIPS 180-4
 */
#include "config.h"

#include "parsers/sum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
test_known(void **fixture)
{
    g_autofree char *none = parsers_sum_of("", 0);
    g_autofree char *abc = parsers_sum_of("abc", 3);

    (void)fixture;
    assert_string_equal(none, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_string_equal(abc, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* Two at once, in pieces of all sizes, are what GLib says of the whole. */
static void
test_pieces(void **fixture)
{
    ParsersSum *one = parsers_sum_new();
    ParsersSum *two = parsers_sum_new();
    guint8 bytes[5000];
    gsize at = 0;

    (void)fixture;
    for (gsize i = 0; i < sizeof bytes; i++)
        bytes[i] = (guint8)(i * 7 + i / 251);
    for (gsize size = 0; at + size <= sizeof bytes; at += size++)
        parsers_sum_add(one, bytes + at, size);
    parsers_sum_add(one, bytes + at, sizeof bytes - at);
    parsers_sum_add(two, bytes, 100);
    {
        g_autofree char *a = parsers_sum_finish(one);
        g_autofree char *b = parsers_sum_finish(two);
        g_autofree char *all = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, sizeof bytes);
        g_autofree char *some = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, 100);

        assert_string_equal(a, all);
        assert_string_equal(b, some);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_pieces),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
