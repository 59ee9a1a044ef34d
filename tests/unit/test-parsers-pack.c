/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-pack.c - what is packed is what GVariant would have made of it.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/pack.h"

#define TYPE "(sa(sdb)utas)"

/* n rows of a text of that length, by GVariant. */
static GBytes *
by_gvariant(guint n, const char *text)
{
    g_autoptr(GVariant) value = NULL;
    GVariantBuilder rows;
    GVariantBuilder texts;

    g_variant_builder_init(&rows, G_VARIANT_TYPE("a(sdb)"));
    g_variant_builder_init(&texts, G_VARIANT_TYPE("as"));
    for (guint i = 0; i < n; i++) {
        g_variant_builder_add(&rows, "(sdb)", text, 0.25 * i, i % 2 == 0);
        g_variant_builder_add(&texts, "s", text);
    }
    value = g_variant_ref_sink(
        g_variant_new(TYPE, "first", &rows, (guint32)7, (guint64)1 << 40, &texts));
    return g_variant_get_data_as_bytes(value);
}

static GBytes *
by_hand(guint n, const char *text)
{
    ParsersPack pack = parsers_pack_new();
    const ParsersPackBox all = parsers_pack_open(&pack, 8);
    ParsersPackBox list;

    parsers_pack_text(&pack, "first", 100);
    parsers_pack_end(&pack, &all);
    list = parsers_pack_open(&pack, 8);
    for (guint i = 0; i < n; i++) {
        const ParsersPackBox row = parsers_pack_open(&pack, 8);

        parsers_pack_text(&pack, text, G_MAXSIZE);
        parsers_pack_end(&pack, &row);
        parsers_pack_double(&pack, 0.25 * i);
        parsers_pack_bool(&pack, i % 2 == 0);
        parsers_pack_close_tuple(&pack, &row);
        parsers_pack_end(&pack, &list);
    }
    parsers_pack_close_array(&pack, &list);
    parsers_pack_end(&pack, &all);
    parsers_pack_uint(&pack, 7);
    parsers_pack_uint64(&pack, (guint64)1 << 40);
    list = parsers_pack_open(&pack, 1);
    for (guint i = 0; i < n; i++) {
        parsers_pack_text(&pack, text, G_MAXSIZE);
        parsers_pack_end(&pack, &list);
    }
    parsers_pack_close_array(&pack, &list);
    parsers_pack_close_tuple(&pack, &all);
    return parsers_pack_finish(&pack);
}

/* Below, at and above the sizes at which it takes more bytes to say where a member ends. */
static void
test_same(void **fixture)
{
    static const guint lengths[] = {0, 1, 80, 230, 250, 251, 252, 253, 254, 255, 256, 300};
    static const guint rows[] = {0, 1, 2, 3, 7, 120, 130, 200, 260};

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(lengths); i++) {
        g_autofree char *text = g_strnfill(lengths[i], 'x');

        for (guint n = 0; n < G_N_ELEMENTS(rows); n++) {
            g_autoptr(GBytes) wanted = by_gvariant(rows[n], text);
            g_autoptr(GBytes) packed = by_hand(rows[n], text);

            assert_true(g_bytes_equal(wanted, packed));
        }
    }
}

/* A text is cut, and what is no UTF-8 then is repaired. */
static void
test_texts(void **fixture)
{
    ParsersPack pack = parsers_pack_new();
    g_autoptr(GBytes) bytes = NULL;

    (void)fixture;
    parsers_pack_text(&pack, "abcdef", 3);
    parsers_pack_text(&pack, "a\xff", 100);
    parsers_pack_text(&pack, "\xe2\x80\xa6", 2);
    bytes = parsers_pack_finish(&pack);
    assert_int_equal(g_bytes_get_size(bytes), 4 + 5 + 7);
    assert_memory_equal(g_bytes_get_data(bytes, NULL),
                        "abc\0a\xef\xbf\xbd\0\xef\xbf\xbd\xef\xbf\xbd", 16);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
