/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-zip.c - plain archives are read as libzip reads them, or left to it.
 *
 * Runs in:  make check.
 * Source:   APPNOTE.TXT 6.3.10
 */
#include "config.h"

#include "parsers/zip.h"

#include "tests/unit/office.h"

#define LONG                                                                                       \
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" \
    "aaaaaaaaa"

static GBytes *
sample(void)
{
    return office_zip("word/document.xml", LONG, "/Word\\styles.xml", "stored", "empty", "", NULL);
}

static void
check(const ParsersZip *zip, const char *name, gsize max, const char *wanted)
{
    const gint found = parsers_zip_find(zip, name);
    g_autoptr(GBytes) bytes = NULL;

    assert_true(found >= 0);
    bytes = parsers_zip_read(zip, (guint)found, max);
    assert_int_equal(bytes != NULL, wanted != NULL);
    if (wanted == NULL)
        return;
    assert_int_equal(g_bytes_get_size(bytes), strlen(wanted));
    assert_memory_equal(g_bytes_get_data(bytes, NULL), wanted, strlen(wanted));
}

static void
test_read(void **fixture)
{
    g_autoptr(GBytes) bytes = sample();
    g_autoptr(ParsersZip) zip = parsers_zip_new(bytes, 3);

    (void)fixture;
    assert_non_null(zip);
    check(zip, "WORD\\document.xml", 1000, LONG);
    check(zip, "/word/document.xml", strlen(LONG), LONG);
    check(zip, "word/document.xml", strlen(LONG) - 1, NULL);
    check(zip, "word/styles.xml", 1000, "stored");
    check(zip, "empty", 1000, NULL); /* left to libzip */
    assert_int_equal(parsers_zip_find(zip, "word/document"), -1);
    assert_true(parsers_zip_has(zip, "Word/Document.xml"));
    assert_false(parsers_zip_has(zip, "word\\document.xml"));
    assert_null(parsers_zip_new(bytes, 2));
}

/* The same file, by libzip: its bytes, or NULL. */
static GBytes *
by_libzip(const guint8 *data, gsize size, const char *name)
{
    zip_source_t *source = zip_source_buffer_create(data, size, 0, NULL);
    zip_t *archive = zip_open_from_source(source, ZIP_RDONLY, NULL);
    zip_file_t *file = NULL;
    g_autofree guint8 *out = g_malloc(4096);
    zip_int64_t n = -1;

    if (archive == NULL) {
        zip_source_free(source);
        return NULL;
    }
    file = zip_fopen(archive, name, ZIP_FL_NOCASE);
    if (file != NULL) {
        n = zip_fread(file, out, 4096);
        zip_fclose(file);
    }
    zip_discard(archive);
    return n < 0 ? NULL : g_bytes_new(out, (gsize)n);
}

/* Whatever byte is spoilt: what is still read is what libzip reads, and memory stays whole. */
static void
test_spoilt(void **fixture)
{
    g_autoptr(GBytes) bytes = sample();
    const gsize size = g_bytes_get_size(bytes);
    static const guint8 values[] = {0, 1, 8, 0x7F, 0x80, 0xFF};
    guint read = 0;

    (void)fixture;
    for (gsize at = 0; at < size * G_N_ELEMENTS(values); at++) {
        g_autofree guint8 *data = g_memdup2(g_bytes_get_data(bytes, NULL), size);
        g_autoptr(GBytes) spoilt = NULL;
        g_autoptr(ParsersZip) zip = NULL;
        g_autoptr(GBytes) ours = NULL;
        g_autoptr(GBytes) theirs = NULL;

        data[at / G_N_ELEMENTS(values)] = values[at % G_N_ELEMENTS(values)];
        spoilt = g_bytes_new_static(data, size);
        zip = parsers_zip_new(spoilt, 100);
        if (zip == NULL || parsers_zip_find(zip, "word/document.xml") < 0)
            continue;
        ours = parsers_zip_read(zip, (guint)parsers_zip_find(zip, "word/document.xml"), 4096);
        theirs = by_libzip(data, size, "word/document.xml");
        if (ours == NULL)
            continue;
        read++;
        assert_non_null(theirs);
        assert_true(g_bytes_equal(ours, theirs));
    }
    assert_true(read > size);
}

/* Cut anywhere, it is no longer plain. */
static void
test_cut(void **fixture)
{
    g_autoptr(GBytes) bytes = sample();
    const gsize size = g_bytes_get_size(bytes);

    (void)fixture;
    for (gsize n = 0; n < size; n++) {
        g_autofree guint8 *data = g_memdup2(g_bytes_get_data(bytes, NULL), n);
        g_autoptr(GBytes) cut = g_bytes_new_static(data != NULL ? data : (guint8 *)"", n);

        assert_null(parsers_zip_new(cut, 100));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_spoilt),
        cmocka_unit_test(test_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
