/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-owner.c - files that are not the spool's account's are told of, with the
 * cure.
 *
 * Source:   doc/spool.md, "Whose the files are"
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/owner.h"

#define SERVICE "nobody"

typedef struct {
    char *folder, *database, *lock;
} Place;

/* A folder of its own.  Root may do anything, and so acts as another account from here on. */
static int
setup(void **fixture)
{
    Place *place = g_new0(Place, 1);
    const struct passwd *service = getpwnam(SERVICE);

    place->folder = g_dir_make_tmp("postern-owner-XXXXXX", NULL);
    assert_non_null(place->folder);
    place->database = g_build_filename(place->folder, "postern's.db", NULL);
    place->lock = g_strconcat(place->database, ".lock", NULL);
    *fixture = place;
    if (getuid() != 0)
        return 0;
    assert_non_null(service);
    assert_int_equal(chown(place->folder, service->pw_uid, service->pw_gid), 0);
    assert_int_equal(setegid(service->pw_gid), 0);
    return seteuid(service->pw_uid);
}

static int
teardown(void **fixture)
{
    Place *place = *fixture;
    g_autofree char *wal = g_strconcat(place->database, "-wal", NULL);

    if (getuid() == 0)
        assert_true(seteuid(0) == 0 && setegid(0) == 0);
    assert_int_equal(g_chmod(place->folder, 0700), 0);
    (void)g_unlink(place->database);
    (void)g_unlink(place->lock);
    (void)g_unlink(wal);
    assert_int_equal(g_rmdir(place->folder), 0);
    g_free(place->folder);
    g_free(place->database);
    g_free(place->lock);
    g_free(place);
    return 0;
}

static void
make(const char *path, mode_t mode)
{
    assert_true(g_file_set_contents(path, "x", 1, NULL));
    assert_int_equal(g_chmod(path, mode), 0);
}

/* As root would: with an effective account of root for as long as it takes. */
static void
make_as_root(const char *path)
{
    uid_t service = geteuid();

    assert_int_equal(seteuid(0), 0);
    make(path, 0600);
    assert_int_equal(seteuid(service), 0);
}

static char *
complaint(const Place *place, const char *also)
{
    g_autoptr(GError) error = NULL;

    assert_false(spool_owner_check(place->database, also, &error));
    assert_true(g_error_matches(error, SPOOL_ERROR, SPOOL_ERROR_IO));
    return g_strdup(error->message);
}

static void
test_ours(void **fixture)
{
    const Place *place = *fixture;
    g_autoptr(GError) error = NULL;

    assert_true(spool_owner_check(place->database, place->lock, &error));
    assert_false(g_file_test(place->database, G_FILE_TEST_EXISTS));
    make(place->database, 0600);
    make(place->lock, 0600);
    assert_true(spool_owner_check(place->database, place->lock, &error));
}

/* A backup that was made read-only. */
static void
test_shut(void **fixture)
{
    const Place *place = *fixture;
    g_autofree char *quoted = g_shell_quote(place->database);
    g_autofree char *cure = g_strconcat("as root: chmod u+rwX ", quoted, NULL);

    make(place->database, 0400);
    g_autofree char *text = complaint(place, place->lock);

    assert_true(g_str_has_suffix(text, cure));
    assert_null(strstr(text, "chown"));
}

static void
test_foreign(void **fixture)
{
    const Place *place = *fixture;
    g_autofree char *wal = g_strconcat(place->database, "-wal", NULL);
    g_autofree char *quoted = g_shell_quote(place->database), *quoted_wal = g_shell_quote(wal);
    g_autofree char *quoted_lock = g_shell_quote(place->lock);
    g_autoptr(GError) error = NULL;

    if (getuid() != 0) {
        print_message("SKIP: only root can make a file of another account's\n");
        skip();
    }
    make_as_root(place->lock);
    assert_true(spool_owner_check(place->database, NULL, &error));
    make_as_root(place->database);
    make_as_root(wal);
    g_autofree char *text = complaint(place, place->lock);
    g_autofree char *paths = g_strjoin(" ", quoted, quoted_wal, quoted_lock, NULL);

    assert_non_null(strstr(text, "belongs to \"root\"; it should belong to \"" SERVICE "\""));
    assert_non_null(strstr(text, "as root: chown -h " SERVICE ":"));
    assert_true(g_str_has_suffix(text, paths));
}

static void
test_folder(void **fixture)
{
    const Place *place = *fixture;

    if (getuid() != 0) {
        print_message("SKIP: only root can make a folder of another account's\n");
        skip();
    }
    assert_true(seteuid(0) == 0 && chown(place->folder, 0, 0) == 0);
    assert_true(g_chmod(place->folder, 0755) == 0 && seteuid(getpwnam(SERVICE)->pw_uid) == 0);
    g_autofree char *text = complaint(place, NULL);

    assert_true(g_str_has_prefix(text, place->folder));
    assert_non_null(
        strstr(text, "if that folder is the spool's alone, as root: chown -h " SERVICE));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ours, setup, teardown),
        cmocka_unit_test_setup_teardown(test_shut, setup, teardown),
        cmocka_unit_test_setup_teardown(test_foreign, setup, teardown),
        cmocka_unit_test_setup_teardown(test_folder, setup, teardown),
    };

    return cmocka_run_group_tests_name("spool/owner", tests, NULL, NULL);
}
