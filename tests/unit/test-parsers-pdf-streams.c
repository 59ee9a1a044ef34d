/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-pdf-streams.c - streams that inflate to more than is allowed.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-streams.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

#include <cmocka.h>

/* An object with a stream that inflates to so many equal bytes. */
static GBytes *
make_stream(const char *dictionary, gsize inflated)
{
    g_autofree guint8 *plain = g_malloc0(inflated);
    GByteArray *file = g_byte_array_new();
    g_autofree char *head = g_strdup_printf("1 0 obj\n<<%s>>stream\r\n", dictionary);
    uLongf size = compressBound(inflated);
    g_autofree guint8 *deflated = g_malloc(size);

    assert_int_equal(compress2(deflated, &size, plain, inflated, 9), Z_OK);
    g_byte_array_append(file, (const guint8 *)head, strlen(head));
    g_byte_array_append(file, deflated, (guint)size);
    g_byte_array_append(file, (const guint8 *)"\nendstream\nendobj\n", 18);
    return g_byte_array_free_to_bytes(file);
}

static bool
is_refused(GBytes *made, guint most)
{
    g_autoptr(GBytes) bytes = made;
    g_autoptr(GError) error = NULL;
    ParsersLimits limits = *parsers_limits_default();

    limits.pdf_stream_bytes = most;
    if (parsers_pdf_streams_check(bytes, &limits, &error))
        return false;
    assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_LIMIT));
    return true;
}

static void
test_size(void **fixture)
{
    (void)fixture;
    assert_true(is_refused(make_stream("/Filter/FlateDecode", 4000001), 4000000));
    assert_false(is_refused(make_stream("/Filter/FlateDecode", 4000000), 4000000));
    assert_true(is_refused(make_stream("/Filter 9 0 R", 5000000), 4000000));
}

/* Pictures are never decoded, and a picture before another stream does not speak for it. */
static void
test_pictures(void **fixture)
{
    g_autoptr(GBytes) picture = make_stream("/Subtype/Image/Filter/FlateDecode", 5000000);
    g_autoptr(GBytes) other = make_stream("/Filter/FlateDecode", 5000000);
    GByteArray *both = g_byte_array_new();

    (void)fixture;
    assert_false(is_refused(g_bytes_ref(picture), 4000000));
    g_byte_array_append(both, g_bytes_get_data(picture, NULL), (guint)g_bytes_get_size(picture));
    g_byte_array_append(both, g_bytes_get_data(other, NULL), (guint)g_bytes_get_size(other));
    assert_true(is_refused(g_byte_array_free_to_bytes(both), 4000000));
}

static void
test_damaged(void **fixture)
{
    static const char *const files[] = {"", "stream", "stream\n\x78\x9c", "endstream stream\r\n",
                                        "stream\x78\x9c\xff\xff\xff\xff"};

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(files); i++)
        assert_false(is_refused(g_bytes_new_static(files[i], strlen(files[i])), 1));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_size),
        cmocka_unit_test(test_pictures),
        cmocka_unit_test(test_damaged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
