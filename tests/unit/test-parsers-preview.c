/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-preview.c - previews of Apple's documents, and documents without one.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md, "Documents of other programs"
 */
#include "config.h"

#include "parsers/preview.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <zip.h>

#include <cmocka.h>

#include "parsers/sniff.h"

/* An archive in memory whose entries hold their own names. */
static GBytes *
archive(const char *const *names)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    gchar *copy = NULL;
    zip_stat_t stat;

    assert_non_null(zip);
    zip_source_keep(source);
    for (; *names != NULL; names++)
        zip_file_add(zip, *names, zip_source_buffer(zip, *names, strlen(*names), 0), 0);
    assert_int_equal(zip_close(zip), 0);
    zip_source_stat(source, &stat);
    copy = g_malloc(stat.size);
    zip_source_open(source);
    zip_source_read(source, copy, stat.size);
    zip_source_close(source);
    zip_source_free(source);
    return g_bytes_new_take(copy, stat.size);
}

static void
assert_takes(const char *const *names, const char *wanted)
{
    g_autoptr(GBytes) bytes = archive(names);
    g_autoptr(GBytes) preview = parsers_preview_take(bytes, parsers_limits_default());

    assert_string_equal(parsers_sniff_type(bytes), "pages");
    if (wanted == NULL) {
        assert_null(preview);
        return;
    }
    assert_non_null(preview);
    assert_int_equal(g_bytes_get_size(preview), strlen(wanted));
    assert_memory_equal(g_bytes_get_data(preview, NULL), wanted, strlen(wanted));
}

/* All pages rather than the first, and a page rather than a thumbnail. */
static void
test_best(void **fixture)
{
    assert_takes((const char *const[]){"Index/Document.iwa", "QuickLook/Thumbnail.jpg",
                                       "preview.jpg", "QuickLook/Preview.pdf", NULL},
                 "QuickLook/Preview.pdf");
    assert_takes(
        (const char *const[]){"Index/Document.iwa", "QuickLook/Thumbnail.jpg", "preview.jpg", NULL},
        "preview.jpg");
    assert_takes((const char *const[]){"Index.zip", "QuickLook/Thumbnail.jpg", NULL},
                 "QuickLook/Thumbnail.jpg");
}

static void
test_none(void **fixture)
{
    g_autoptr(GBytes) text = g_bytes_new_static("no archive", 10);

    assert_takes((const char *const[]){"Index/Document.iwa", NULL}, NULL);
    assert_null(parsers_preview_take(text, parsers_limits_default()));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_best),
        cmocka_unit_test(test_none),
    };

    return cmocka_run_group_tests_name("parsers-preview", tests, NULL, NULL);
}
