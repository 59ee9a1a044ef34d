/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-foreign.c - lists of documents to convert, across the wall and damaged.
 *
 * Runs in:  make check.
 * Source:   doc/process-model.md, "Converters"
 */
#include "config.h"

#include "parsers/foreign.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool
add(GPtrArray *list, const ParsersLimits *limits, const char *converter, const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autofree char *sum = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);

    return parsers_foreign_add(list, limits, converter, sum, bytes);
}

static void
test_there_and_back(void **fixture)
{
    g_autoptr(GPtrArray) list = parsers_foreign_list_new();
    g_autoptr(GPtrArray) back = NULL;
    g_autoptr(GBytes) packed = NULL;
    g_autoptr(GBytes) text = g_bytes_new_static("first", 5);
    g_autofree char *sum = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, text);

    assert_true(add(list, parsers_limits_default(), "text", "first"));
    assert_true(add(list, parsers_limits_default(), "picture", "second"));
    assert_true(add(list, parsers_limits_default(), "text", "first")); /* once is enough */
    assert_int_equal(list->len, 2);
    packed = parsers_foreign_pack(list);
    assert_true(parsers_foreign_unpack(packed, &back, NULL));
    assert_int_equal(back->len, 2);
    assert_true(g_bytes_equal(parsers_foreign_find(back, sum), text));
    assert_string_equal(((const ParsersForeign *)back->pdata[1])->converter, "picture");
    assert_null(parsers_foreign_find(back, "00"));
    assert_null(parsers_foreign_find(NULL, sum));
}

static void
test_nothing(void **fixture)
{
    g_autoptr(GPtrArray) list = parsers_foreign_list_new();
    g_autoptr(GPtrArray) back = NULL;
    g_autoptr(GBytes) packed = parsers_foreign_pack(list);

    assert_true(parsers_foreign_unpack(packed, &back, NULL));
    assert_int_equal(back->len, 0);
}

static void
test_limits(void **fixture)
{
    g_autoptr(GPtrArray) list = parsers_foreign_list_new();
    ParsersLimits few = *parsers_limits_default();
    ParsersLimits small = few;

    few.convert_documents = 1;
    small.convert_bytes = 10;
    assert_true(add(list, &few, "text", "12345"));
    assert_false(add(list, &few, "text", "other"));
    assert_false(add(list, &small, "text", "123456"));
    assert_true(add(list, &small, "text", "abcde"));
    assert_int_equal(list->len, 2);
}

static void
assert_refused(GBytes *packed)
{
    g_autoptr(GPtrArray) back = NULL;
    g_autoptr(GError) error = NULL;

    assert_false(parsers_foreign_unpack(packed, &back, &error));
    assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_DAMAGED));
    assert_null(back);
}

/* What a parser that was taken over might send. */
static void
test_damaged(void **fixture)
{
    static const char sum[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    const char *const wrong[][2] = {{"shell", sum}, {"text", "../../etc/passwd"}, {"text", ""}};
    g_autoptr(GBytes) one = g_bytes_new_static("x", 1);
    g_autoptr(GBytes) noise = g_bytes_new_static("no such list at all", 19);

    assert_refused(noise);
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GPtrArray) list = parsers_foreign_list_new();
        g_autoptr(GBytes) packed = NULL;

        assert_true(
            parsers_foreign_add(list, parsers_limits_default(), wrong[i][0], wrong[i][1], one));
        packed = parsers_foreign_pack(list);
        assert_refused(packed);
    }
}

/* What was printed is drawn, and never read in the place of its document. */
static void
test_printed(void **fixture)
{
    static const char sum[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    g_autoptr(GPtrArray) list = parsers_foreign_list_new();
    g_autoptr(GPtrArray) back = NULL;
    g_autoptr(GBytes) one = g_bytes_new_static("%PDF", 4);
    g_autoptr(GBytes) packed = NULL;

    assert_true(parsers_foreign_add(list, parsers_limits_default(), "print", sum, one));
    packed = parsers_foreign_pack(list);
    assert_true(parsers_foreign_unpack(packed, &back, NULL));
    assert_null(parsers_foreign_find(back, sum));
    assert_true(g_bytes_equal(parsers_foreign_find_pages(back, sum), one));
}

/* Each type that has a converter has words for staff, and the other way round. */
static void
test_kinds(void **fixture)
{
    static const char *const types[] = {"works", "xlsx", "pptx", "heic", "text", "exe", ""};

    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        assert_true((parsers_foreign_converter(types[i]) != NULL) ==
                    (parsers_foreign_words(types[i]) != NULL));
    assert_string_equal(parsers_foreign_converter("xls"), "table");
    assert_null(parsers_foreign_converter("exe"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back), cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_limits),         cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_printed),        cmocka_unit_test(test_kinds),
    };

    return cmocka_run_group_tests_name("parsers-foreign", tests, NULL, NULL);
}
