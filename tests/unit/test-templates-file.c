/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-file.c - a council's own file goes before the embedded one.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "templates/file.h"

static void
test_embedded(void **fixture)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) error = NULL;
    GBytes *none = NULL;

    (void)fixture;
    assert_true(templates_file_get(NULL, "holidays.json", &bytes, NULL));
    assert_true(g_bytes_get_size(bytes) > 100);
    assert_false(templates_file_get(NULL, "no-such-file", &none, &error));
    assert_true(g_error_matches(error, TEMPLATES_ERROR, TEMPLATES_ERROR_MISSING));
    assert_null(none);
}

static void
test_own_folder_first(void **fixture)
{
    g_autofree char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
    g_autofree char *below = g_build_filename(folder, "mails", NULL);
    g_autofree char *path = g_build_filename(below, "own.json", NULL);
    g_autoptr(GBytes) own = NULL;
    g_autoptr(GBytes) ours = NULL;
    g_auto(GStrv) names = NULL;

    (void)fixture;
    assert_int_equal(g_mkdir(below, 0700), 0);
    assert_true(g_file_set_contents(path, "{}", -1, NULL));
    assert_true(templates_file_get(folder, "mails/own.json", &own, NULL));
    assert_memory_equal(g_bytes_get_data(own, NULL), "{}", 2);
    assert_true(templates_file_get(folder, "holidays.json", &ours, NULL));
    names = templates_file_list(folder, "mails");
    assert_true(g_strv_contains((const char *const *)names, "mails/own.json"));
    g_remove(path);
    g_rmdir(below);
    g_rmdir(folder);
}

/* A file that is there but cannot be read (here: a folder of that name) is an error. */
static void
test_unreadable_is_not_replaced(void **fixture)
{
    g_autofree char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "holidays.json", NULL);
    g_autoptr(GError) error = NULL;
    GBytes *none = NULL;

    (void)fixture;
    assert_int_equal(g_mkdir(path, 0700), 0);
    assert_false(templates_file_get(folder, "holidays.json", &none, &error));
    assert_true(g_error_matches(error, TEMPLATES_ERROR, TEMPLATES_ERROR_MISSING));
    g_rmdir(path);
    g_rmdir(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_embedded),
        cmocka_unit_test(test_own_folder_first),
        cmocka_unit_test(test_unreadable_is_not_replaced),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
