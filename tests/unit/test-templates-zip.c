/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-zip.c - archives that another reader opens, with every byte in them.
 *
 * Source:   libzip
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <zip.h>

#include "templates/zip.h"

#define AT (G_GINT64_CONSTANT(1709632800) * G_USEC_PER_SEC)

static void
assert_part(zip_t *zip, zip_uint64_t index, const char *name, const char *text)
{
    char buffer[100] = "";
    zip_file_t *file = zip_fopen_index(zip, index, 0);

    assert_string_equal(zip_get_name(zip, index, 0), name);
    assert_non_null(file);
    assert_int_equal(zip_fread(file, buffer, sizeof buffer), strlen(text));
    assert_memory_equal(buffer, text, strlen(text));
    zip_fclose(file);
}

static void
test_parts(void **state)
{
    g_autoptr(GBytes) one = g_bytes_new_static("first", 5);
    g_autoptr(GBytes) out = NULL;
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);
    const TemplatesZipPart parts[] = {{.name = "LADO-1.pdf", .bytes = one},
                                      {.name = "empty.eml", .bytes = none}};
    g_autoptr(GError) error = NULL;
    gsize size = 0;

    (void)state;
    assert_true(templates_zip_make(parts, G_N_ELEMENTS(parts), AT, &out, &error));
    const void *data = g_bytes_get_data(out, &size);
    zip_source_t *source = zip_source_buffer_create(data, size, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_CHECKCONS | ZIP_RDONLY, NULL);

    assert_non_null(zip);
    assert_int_equal(zip_get_num_entries(zip, 0), 2);
    assert_part(zip, 0, "LADO-1.pdf", "first");
    assert_part(zip, 1, "empty.eml", "");
    zip_discard(zip);
}

/* Without its password a sealed file is neither read nor seen in the archive's bytes. */
static void
test_sealed(void **state)
{
    static const char words[] = "words of a stranger";
    g_autoptr(GBytes) mail = g_bytes_new_static(words, sizeof words - 1);
    g_autoptr(GBytes) out = NULL;
    const TemplatesZipPart part = {
        .name = "mail-1.eml", .bytes = mail, .password = "abcdefghijkmnpqrstuv"};
    zip_stat_t stat;
    gsize size = 0;

    (void)state;
    assert_true(templates_zip_make(&part, 1, AT, &out, NULL));
    const void *data = g_bytes_get_data(out, &size);
    zip_t *zip =
        zip_open_from_source(zip_source_buffer_create(data, size, 0, NULL), ZIP_RDONLY, NULL);

    assert_non_null(zip);
    assert_null(memmem(data, size, words, sizeof words - 1));
    assert_int_equal(zip_stat_index(zip, 0, 0, &stat), 0);
    assert_int_equal(stat.encryption_method, ZIP_EM_AES_256);
    assert_null(zip_fopen_index(zip, 0, 0));
    assert_null(zip_fopen_index_encrypted(zip, 0, 0, "abcdefghijkmnpqrstuw"));
    assert_int_equal(zip_set_default_password(zip, "abcdefghijkmnpqrstuv"), 0);
    assert_part(zip, 0, "mail-1.eml", words);
    zip_discard(zip);
}

/* A part that is squeezed is smaller, and without a time the same bytes come in every zone. */
static void
test_same_bytes(void **state)
{
    g_autofree char *much = g_strnfill(5000, 'a');
    g_autoptr(GBytes) text = g_bytes_new_static(much, 5000);
    g_autoptr(GBytes) here = NULL;
    g_autoptr(GBytes) there = NULL;
    const TemplatesZipPart part = {.name = "a.xml", .bytes = text, .is_squeezed = true};

    (void)state;
    g_setenv("TZ", "UTC0", TRUE);
    assert_true(templates_zip_make(&part, 1, 0, &here, NULL));
    g_setenv("TZ", "XXX-9", TRUE);
    assert_true(templates_zip_make(&part, 1, 0, &there, NULL));
    g_unsetenv("TZ");
    assert_true(g_bytes_equal(here, there));
    assert_true(g_bytes_get_size(here) < 1000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parts), cmocka_unit_test(test_sealed),
                                       cmocka_unit_test(test_same_bytes)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
