/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-transfer.c - base64, quoted-printable and uuencode, whole or cut.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/transfer.h"

static void
gives(const char *in, const char *encoding, const char *expected, const char *problem)
{
    g_autoptr(GBytes) raw = g_bytes_new_static(in, strlen(in));
    const char *said = NULL;
    g_autoptr(GBytes) out = parsers_transfer_decode(raw, encoding, &said);

    assert_int_equal(g_bytes_get_size(out), strlen(expected));
    assert_memory_equal(g_bytes_get_data(out, NULL), expected, strlen(expected));
    if (problem == NULL)
        assert_null(said);
    else
        assert_string_equal(said, problem);
}

static void
test_base64(void **fixture)
{
    (void)fixture;
    gives("SGVsbG8=", "base64", "Hello", NULL);
    gives("SGVs\r\nbG8=\r\n", "BASE64", "Hello", NULL);
    gives("SGVsbG8=IHdvcmxkIQ==YWdhaW4u", "base64", "Hello world!again.", NULL);
    gives("SGVsbG8", "base64", "Hello", NULL);                       /* padding left out */
    gives("SGVsbG8===\r\nIHdvcmxk=", "base64", "Hello world", NULL); /* too much of it */
    gives("SGVsbA=IHdvcmxkIQ=", "base64", "Hell world!", NULL);      /* too little */
    gives("SGVsb", "base64", "Hel", "base64 is cut short");
    gives("SGV!!!!sbG8=", "base64", "Hello", "base64 holds foreign characters");
    gives("", "base64", "", NULL);
}

/* Lines of all lengths, so that groups lie across whatever the decoder takes at once; padding and
 * foreign characters in the middle; longer than three of its strides. */
static GBytes *
ragged_base64(gsize size, guint seed)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n!";
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    char *text = g_malloc(size);

    for (gsize i = 0; i < size; i++) {
        gint32 mostly = g_rand_int_range(random, 0, 64);
        gint32 any = g_rand_int_range(random, 0, (gint32)sizeof alphabet - 1);

        text[i] = alphabet[g_rand_int_range(random, 0, 70) == 0 ? any : mostly];
    }
    return g_bytes_new_take(text, size);
}

/* What is measured without being held is what decoding gives. */
static void
test_measured(void **fixture)
{
    const gsize sizes[] = {0, 1, 2, 3, 4, 5, 1000, 1048576, 1048577, 3500000};

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(GBytes) raw = ragged_base64(sizes[i], i);
        const char *problem = NULL, *said = NULL;
        g_autoptr(GBytes) held = parsers_transfer_decode(raw, "base64", &problem);
        g_autofree char *wanted = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, held);
        g_autofree char *sha256 = NULL;
        gsize length = 0;

        parsers_transfer_measure(raw, NULL, &length, &sha256, &said);
        assert_int_equal(length, g_bytes_get_size(held));
        assert_string_equal(sha256, wanted);
        assert_ptr_equal(said, problem);
    }
}

static void
test_quoted_printable(void **fixture)
{
    (void)fixture;
    gives("a=C3=A9=\r\nb", "quoted-printable",
          "a\xc3\xa9"
          "b",
          NULL);
    gives("1=2 =ZZ", "quoted-printable", "1=2 =ZZ", NULL);
    gives("as it is =41", "8bit", "as it is =41", NULL);
    gives("as it is =41", NULL, "as it is =41", NULL);
}

static void
test_uuencode(void **fixture)
{
    static const char text[] = "Hello\r\nbegin 644 a.txt\r\n%2&5L;&\\\r\n`\r\nend\r\nbye\r\n";
    g_autoptr(ParsersTransferFile) file = parsers_transfer_find_file(text, strlen(text), 0);
    (void)fixture;

    assert_non_null(file);
    assert_string_equal(file->name, "a.txt");
    assert_int_equal(g_bytes_get_size(file->bytes), 5);
    assert_memory_equal(g_bytes_get_data(file->bytes, NULL), "Hello", 5);
    assert_memory_equal(text + file->start, "begin", 5);
    assert_memory_equal(text + file->end, "bye", 3);
}

static void
test_no_uuencode(void **fixture)
{
    static const char *const texts[] = {"begin 644 a\nno end\n", "begin the day\nend\n",
                                        "begin 644 a\n", "end\n", ""};
    (void)fixture;

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_null(parsers_transfer_find_file(texts[i], strlen(texts[i]), 0));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_base64),           cmocka_unit_test(test_measured),
        cmocka_unit_test(test_quoted_printable), cmocka_unit_test(test_uuencode),
        cmocka_unit_test(test_no_uuencode),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
