/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-forms-load.c - which files take part when one form is named.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>

#include "daemon/forms-load.h"

static const DaemonFormsFile *
find(const DaemonFormsFiles *files, const char *name)
{
    for (guint i = 0; i < files->files->len; i++) {
        const DaemonFormsFile *file = files->files->pdata[i];

        if (g_str_equal(file->name, name))
            return file;
    }
    return NULL;
}

static void
test_installed(void **fixture)
{
    g_autoptr(DaemonFormsFiles) files = NULL;
    g_autoptr(ParsersDefinitions) definitions = NULL;
    g_autoptr(GError) error = NULL;

    assert_true(daemon_forms_load(NULL, "lado-parent", &files, NULL));
    assert_string_equal(files->main, "lado-parent.form");
    assert_true(files->used >= 3); /* itself, words and people at least */
    assert_non_null(find(files, "request-for-support.form"));
    assert_true(daemon_forms_definitions(files, &definitions, NULL));
    assert_string_equal(daemon_forms_main(files, definitions)->name, "lado-parent");
    assert_false(daemon_forms_load(NULL, "no-such", &files, &error));
    assert_true(g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_FILE));
}

/* A file of one's own replaces the form of that name, and what lies beside it what is installed. */
static void
test_own(void **fixture)
{
    g_autofree char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "mine.form", NULL);
    g_autofree char *words = g_build_filename(folder, "words.form", NULL);
    g_autoptr(DaemonFormsFiles) files = NULL;

    assert_true(g_file_set_contents(
        path, "form lado-parent\ninclude words.form\ninclude other.form\ninclude ../x.form\n", -1,
        NULL));
    assert_true(g_file_set_contents(words, "# mine\n", -1, NULL));
    assert_true(daemon_forms_load(NULL, path, &files, NULL));
    assert_string_equal(files->main, "mine.form");
    assert_int_equal(files->used, 3);
    assert_null(find(files, "lado-parent.form"));
    assert_null(find(files, "../x.form"));
    assert_string_equal(find(files, "words.form")->shown, words);
    assert_int_equal(g_bytes_get_size(find(files, "words.form")->bytes), strlen("# mine\n"));
    assert_string_equal(find(files, "other.form")->shown, "other.form");
    g_unlink(path);
    g_unlink(words);
    g_rmdir(folder);
}

static void
test_without_line(void **fixture)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static("a\nb\nc", 5);
    g_autoptr(GBytes) rest = daemon_forms_without_line(bytes, 2);

    assert_memory_equal(g_bytes_get_data(rest, NULL), "a\n\nc", 4);
    assert_null(daemon_forms_without_line(bytes, 0));
    assert_null(daemon_forms_without_line(bytes, 4));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_installed), cmocka_unit_test(test_own),
                                       cmocka_unit_test(test_without_line)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
