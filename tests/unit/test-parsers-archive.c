/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-archive.c - files come out of archives within limits.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <zip.h>

#include "parsers/archive.h"

/* An archive of these names and contents; contents[i] NULL stands for 1 MiB of zeros. */
static void
collect(gpointer files, const char *name, GBytes *bytes, GError *error)
{
    parsers_archive_add(files, name, bytes, error);
}

static GBytes *
archive_of(const char *const *names, const char *const *contents, gsize n, const char *password)
{
    g_autofree char *zeros = g_malloc0(1 << 20);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, NULL);
    zip_stat_t stat;
    char *data = NULL;

    zip_source_keep(target);
    for (gsize i = 0; i < n; i++) {
        zip_source_t *source =
            zip_source_buffer(zip, contents[i] != NULL ? contents[i] : zeros,
                              contents[i] != NULL ? strlen(contents[i]) : 1 << 20, 0);
        const zip_int64_t index = zip_file_add(zip, names[i], source, 0);

        if (password != NULL)
            zip_file_set_encryption(zip, (zip_uint64_t)index, ZIP_EM_AES_256, password);
    }
    assert_int_equal(zip_close(zip), 0);
    zip_source_stat(target, &stat);
    data = g_malloc(stat.size);
    zip_source_open(target);
    assert_int_equal(zip_source_read(target, data, stat.size), stat.size);
    zip_source_close(target);
    zip_source_free(target);
    return g_bytes_new_take(data, stat.size);
}

static const ParsersArchiveFile *
file(const GPtrArray *files, guint i)
{
    assert_true(i < files->len);
    return g_ptr_array_index(files, i);
}

static void
test_read(void **fixture)
{
    static const char *const names[] = {"a/b.txt", "../../etc/passwd"};
    static const char *const contents[] = {"hello", "x"};
    g_autoptr(GBytes) zip = archive_of(names, contents, 2, NULL);
    g_autoptr(GPtrArray) files = parsers_archive_list_new();
    const ParsersArchiveSink sink = {.take = collect, .user = files};
    gsize budget = 100;
    (void)fixture;

    assert_true(parsers_archive_read_zip(zip, parsers_limits_default(), &budget, &sink, NULL));
    assert_int_equal(files->len, 2);
    assert_string_equal(file(files, 0)->name, "a/b.txt");
    assert_int_equal(g_bytes_get_size(file(files, 0)->bytes), 5);
    assert_string_equal(file(files, 1)->name, "../../etc/passwd"); /* only a name */
    assert_int_equal(budget, 94);
}

static void
test_limits(void **fixture)
{
    static const char *const names[] = {"a", "b"};
    static const char *const contents[] = {NULL, NULL};
    g_autoptr(GBytes) zip = archive_of(names, contents, 2, NULL);
    g_autoptr(GPtrArray) files = parsers_archive_list_new();
    const ParsersArchiveSink sink = {.take = collect, .user = files};
    g_autoptr(GError) error = NULL;
    ParsersLimits limits = *parsers_limits_default();
    gsize budget = (1 << 20) + 1;
    (void)fixture;

    assert_true(parsers_archive_read_zip(zip, &limits, &budget, &sink, NULL));
    assert_non_null(file(files, 0)->bytes);
    assert_null(file(files, 1)->bytes);
    assert_true(g_error_matches(file(files, 1)->error, PARSERS_ERROR, PARSERS_ERROR_LIMIT));
    assert_string_equal(file(files, 1)->error->message, "zip_total_bytes");
    limits.zip_entries = 1;
    assert_false(parsers_archive_read_zip(zip, &limits, &budget, &sink, &error));
    assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_LIMIT));
}

static void
test_locked(void **fixture)
{
    static const char *const names[] = {"a"};
    static const char *const contents[] = {"secret"};
    g_autoptr(GBytes) zip = archive_of(names, contents, 1, "pw");
    g_autoptr(GPtrArray) files = parsers_archive_list_new();
    const ParsersArchiveSink sink = {.take = collect, .user = files};
    gsize budget = 100;
    (void)fixture;

    assert_true(parsers_archive_read_zip(zip, parsers_limits_default(), &budget, &sink, NULL));
    assert_null(file(files, 0)->bytes);
    assert_true(g_error_matches(file(files, 0)->error, PARSERS_ERROR, PARSERS_ERROR_ENCRYPTED));
}

/* Cut anywhere, it is an error or a file that is whole. */
static void
test_cut(void **fixture)
{
    static const char *const names[] = {"a", "b"};
    static const char *const contents[] = {"hello", "world"};
    g_autoptr(GBytes) zip = archive_of(names, contents, 2, NULL);
    (void)fixture;

    for (gsize n = 0; n < g_bytes_get_size(zip); n++) {
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(zip, 0, n);
        g_autoptr(GPtrArray) files = parsers_archive_list_new();
        const ParsersArchiveSink sink = {.take = collect, .user = files};
        gsize budget = 100;

        if (!parsers_archive_read_zip(cut, parsers_limits_default(), &budget, &sink, NULL))
            continue;
        for (guint i = 0; i < files->len; i++)
            assert_true(file(files, i)->bytes == NULL ||
                        g_bytes_get_size(file(files, i)->bytes) == 5);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_locked),
        cmocka_unit_test(test_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
