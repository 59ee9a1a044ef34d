/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-tnef.c - winmail.dat, measured by files that others listed the content
 * of.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/tnef.h"

static GBytes *
load(const char *name)
{
    const char *source = g_getenv("top_srcdir");
    g_autofree char *path =
        g_build_filename(source != NULL ? source : ".", "..", "shared", "corpus", "mail",
                         "jstedfast+MimeKit", "data", "tnef", name, NULL);
    char *data = NULL;
    gsize size = 0;

    return g_file_get_contents(path, &data, &size, NULL) ? g_bytes_new_take(data, size) : NULL;
}

static bool
has(const GPtrArray *files, const char *name)
{
    for (guint i = 0; i < files->len; i++)
        if (strcmp(((const ParsersArchiveFile *)g_ptr_array_index(files, i))->name, name) == 0)
            return true;
    return false;
}

static void
test_listed(void **fixture)
{
    static const char *const cases[][3] = {
        {"attachments.tnef", "zappa_av1.jpg", "body.rtf"},
        {"two-files.tnef", "AUTHORS", "README"},
        {"body.tnef", "body.html", NULL},
        {"MAPI_ATTACH_DATA_OBJ.tnef", "VIA_Nytt_1402.pdf", "body.rtf"},
        {"unicode-mapi-attr-name.tnef", "spaconsole2.cfg", "image003.png"},
    };
    (void)fixture;

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) bytes = load(cases[i][0]);
        g_autoptr(GPtrArray) files = NULL;

        if (bytes == NULL) {
            print_message("SKIP %s is not here\n", cases[i][0]);
            skip();
        }
        files = parsers_archive_list_new();
        assert_true(parsers_tnef_read(bytes, parsers_limits_default(), files, NULL));
        assert_true(has(files, cases[i][1]));
        assert_true(cases[i][2] == NULL || has(files, cases[i][2]));
    }
}

static void
test_damaged(void **fixture)
{
    g_autoptr(GBytes) bytes =
        g_bytes_new_static("\x78\x9f\x3e\x22\x01\x00\x02\x0f\x80\x06\x00\xff\xff\xff\x7f", 15);
    g_autoptr(GPtrArray) files = parsers_archive_list_new();
    g_autoptr(GError) error = NULL;
    (void)fixture;

    assert_false(parsers_tnef_read(bytes, parsers_limits_default(), files, &error));
    assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_DAMAGED));
}

/* Adds an attribute without its checksum, which nobody looks at. */
static void
put(GByteArray *stream, guint8 level, guint32 id, const char *value, guint32 size)
{
    const guint32 numbers[2] = {GUINT32_TO_LE(id), GUINT32_TO_LE(size)};

    g_byte_array_append(stream, &level, 1);
    g_byte_array_append(stream, (const guint8 *)numbers, sizeof numbers);
    g_byte_array_append(stream, (const guint8 *)value, size);
    g_byte_array_append(stream, (const guint8 *)"\0", 2);
}

/* An empty file is no reason to lose those after it. */
static void
test_empty_file(void **fixture)
{
    g_autoptr(GByteArray) stream = g_byte_array_new();
    g_autoptr(GPtrArray) files = parsers_archive_list_new();
    g_autoptr(GBytes) bytes = NULL;
    const ParsersArchiveFile *last = NULL;
    (void)fixture;

    g_byte_array_append(stream, (const guint8 *)"\x78\x9f\x3e\x22\0", 6);
    put(stream, 2, 0x69002, "\1\0\0\0\0\0\0\0\0\0\0\0\0", 14);
    put(stream, 2, 0x6800f, "", 0);
    put(stream, 2, 0x18010, "none.txt", 9);
    put(stream, 2, 0x69002, "\1\0\0\0\0\0\0\0\0\0\0\0\0", 14);
    put(stream, 2, 0x6800f, "words", 5);
    put(stream, 2, 0x18010, "some.txt", 9);
    bytes = g_byte_array_free_to_bytes(g_steal_pointer(&stream));
    assert_true(parsers_tnef_read(bytes, parsers_limits_default(), files, NULL));
    assert_int_equal(files->len, 2);
    assert_true(has(files, "none.txt"));
    last = g_ptr_array_index(files, 1);
    assert_string_equal(last->name, "some.txt");
    assert_int_equal(g_bytes_get_size(last->bytes), 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_listed),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_empty_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
