/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-cfb.c - streams of compound files, whole, circular and cut.
 *
 * Runs in:  make check.
 * Source:   [MS-CFB] 2
 */
#include "config.h"

#include "parsers/cfb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/compound.h"

enum {
    LONG_BYTES = 5000,
    SHORT_BYTES = 200,
};

static void
add_stream(Compound *compound, const char *name, guint size)
{
    g_autoptr(GByteArray) data = g_byte_array_new();

    for (guint i = 0; i < size; i++)
        compound_add(data, i % 251, 1);
    compound_stream(compound, name, data);
}

/* A file with a long and a short stream. */
static GByteArray *
make_file(CompoundPlaces *places)
{
    Compound compound = compound_new();

    add_stream(&compound, "Long", LONG_BYTES);
    add_stream(&compound, "Short", SHORT_BYTES);
    add_stream(&compound, "Empty", 0);
    return compound_finish(&compound, places);
}

static bool
open_file(const GByteArray *file, ParsersCfb **out_cfb, GError **error)
{
    g_autoptr(GBytes) bytes = g_bytes_new(file->data, file->len);

    return parsers_cfb_open(bytes, parsers_limits_default(), out_cfb, error);
}

static void
check_stream(const ParsersCfb *cfb, const char *name, gsize wanted)
{
    g_autoptr(GBytes) bytes = NULL;
    gsize size = 0;
    const guint8 *data = NULL;

    assert_true(parsers_cfb_has(cfb, name));
    assert_true(parsers_cfb_read(cfb, name, &bytes, NULL));
    data = g_bytes_get_data(bytes, &size);
    assert_int_equal(size, wanted);
    for (gsize i = 0; i < size; i++)
        assert_int_equal(data[i], i % 251);
}

static void
test_streams(void **fixture)
{
    CompoundPlaces places;
    g_autoptr(GByteArray) file = make_file(&places);
    g_autoptr(ParsersCfb) cfb = NULL;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) error = NULL;

    (void)fixture;
    assert_true(open_file(file, &cfb, NULL));
    check_stream(cfb, "Long", LONG_BYTES);
    check_stream(cfb, "sHORT", SHORT_BYTES);
    check_stream(cfb, "Empty", 0);
    assert_false(parsers_cfb_has(cfb, "Root Entry"));
    assert_false(parsers_cfb_has(cfb, "Lon"));
    assert_false(parsers_cfb_read(cfb, "Other", &bytes, &error));
    assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_DAMAGED));
}

/* Change one number of the FAT, then try both streams. */
static void
check_link(guint sector, guint32 link, bool opens, bool is_whole)
{
    CompoundPlaces places;
    g_autoptr(GByteArray) file = make_file(&places);
    g_autoptr(ParsersCfb) cfb = NULL;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) error = NULL;

    compound_put(file, (places.fat + 1) * COMPOUND_SECTOR + sector * 4, link, 4);
    assert_int_equal(open_file(file, &cfb, &error), opens);
    if (!opens) {
        assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_DAMAGED));
        return;
    }
    assert_int_equal(parsers_cfb_read(cfb, "Long", &bytes, &error), is_whole);
}

static void
test_circles(void **fixture)
{
    CompoundPlaces places;
    g_autoptr(GByteArray) file = make_file(&places);

    (void)fixture;
    (void)file; /* keeps the bytes that places tell of */
    check_link(3, 4, true, true);
    check_link(3, (guint32)COMPOUND_END, true, false);
    check_link(3, 100000, true, false);
    /* In a circle there is always more to read, and the directory never ends. */
    check_link(places.directory, places.directory, false, false);
    check_link(places.mini_fat, places.mini_fat, false, false);
}

/* Streams that say they are longer than the file. */
static void
test_too_long(void **fixture)
{
    CompoundPlaces places;
    g_autoptr(GByteArray) file = make_file(&places);
    const gsize at = (places.directory + 1) * COMPOUND_SECTOR;
    g_autoptr(ParsersCfb) cfb = NULL;
    g_autoptr(GBytes) bytes = NULL;

    (void)fixture;
    compound_put(file, at + 128 + 120, 0x7FFFFFFF, 4);
    compound_put(file, at + 256 + 120, 4000, 4);
    assert_true(open_file(file, &cfb, NULL));
    assert_false(parsers_cfb_read(cfb, "Long", &bytes, NULL));
    assert_false(parsers_cfb_read(cfb, "Short", &bytes, NULL));
}

/* Let a link of an entry (68: to the left, 72: to the right, 76: to children) name another. */
static void
check_relative(guint entry, guint link, guint32 other, bool opens)
{
    CompoundPlaces places;
    Compound compound = compound_new();
    const guint first = compound_storage(&compound, 0, "first");
    const guint second = compound_storage(&compound, 0, "second");
    g_autoptr(GByteArray) file = NULL;
    g_autoptr(ParsersCfb) cfb = NULL;
    g_autoptr(GError) error = NULL;
    ParsersCfbStorage found = 0;

    compound_storage(&compound, first, "inner");
    assert_int_equal(first, 1);
    assert_int_equal(second, 2);
    file = compound_finish(&compound, &places);
    compound_put(file, (places.directory + 1) * COMPOUND_SECTOR + entry * 128 + link, other, 4);
    assert_int_equal(open_file(file, &cfb, &error), opens);
    if (!opens) {
        assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_DAMAGED));
        return;
    }
    assert_true(parsers_cfb_find(cfb, PARSERS_CFB_ROOT, "FIRST", &found));
    assert_int_equal(found, 1);
    assert_true(parsers_cfb_find(cfb, found, "inner", &found));
    assert_false(parsers_cfb_find(cfb, PARSERS_CFB_ROOT, "inner", &found));
}

/* An entry that stands in two places would be looked at once for each way that leads to it. */
static void
test_relatives(void **fixture)
{
    (void)fixture;
    check_relative(1, 68, (guint32)COMPOUND_FREE, true);
    check_relative(1, 68, 1000, true);
    check_relative(1, 68, 1, false); /* its own sibling */
    check_relative(2, 72, 1, false); /* a circle */
    check_relative(2, 76, 3, false); /* two storages with the same children */
    check_relative(3, 76, 1, false); /* inside itself */
    check_relative(3, 76, 0, false);
}

static void
test_many_entries(void **fixture)
{
    CompoundPlaces places;
    g_autoptr(GByteArray) file = make_file(&places);
    g_autoptr(GBytes) bytes = g_bytes_new(file->data, file->len);
    ParsersLimits limits = *parsers_limits_default();
    g_autoptr(ParsersCfb) cfb = NULL;
    g_autoptr(GError) error = NULL;

    (void)fixture;
    limits.compound_entries = 3; /* the directory has four */
    assert_false(parsers_cfb_open(bytes, &limits, &cfb, &error));
    assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_LIMIT));
    limits.compound_entries = 4;
    assert_true(parsers_cfb_open(bytes, &limits, &cfb, NULL));
}

static void
test_cut(void **fixture)
{
    CompoundPlaces places;
    g_autoptr(GByteArray) file = make_file(&places);
    const guint length = file->len;

    (void)fixture;
    for (guint size = 0; size < length; size += 100) {
        g_autoptr(GBytes) bytes = g_bytes_new(file->data, size);
        g_autoptr(ParsersCfb) cfb = NULL;
        g_autoptr(GError) error = NULL;

        if (!parsers_cfb_open(bytes, parsers_limits_default(), &cfb, &error))
            assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_DAMAGED));
        else
            assert_true(size > places.fat * COMPOUND_SECTOR);
    }
}

static void
test_header(void **fixture)
{
    CompoundPlaces places;
    g_autoptr(GByteArray) file = make_file(&places);
    ParsersLimits limits = *parsers_limits_default();
    g_autoptr(GBytes) bytes = g_bytes_new(file->data, file->len);
    ParsersCfb *cfb = NULL;
    g_autoptr(GError) error = NULL;

    (void)fixture;
    limits.part_bytes = file->len - 1;
    assert_false(parsers_cfb_open(bytes, &limits, &cfb, &error));
    assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_LIMIT));
    compound_put(file, 30, 31, 2);
    assert_false(open_file(file, &cfb, NULL));
    compound_put(file, 30, 9, 2);
    compound_put(file, 0, 0, 1);
    assert_false(open_file(file, &cfb, NULL));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_streams),      cmocka_unit_test(test_circles),
        cmocka_unit_test(test_too_long),     cmocka_unit_test(test_relatives),
        cmocka_unit_test(test_many_entries), cmocka_unit_test(test_cut),
        cmocka_unit_test(test_header),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
