/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-spool-account.c - root's files are the service's, and a stranger makes
 * none.
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
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/secret.h"
#include "daemon/spool-account.h"

#define SERVICE "nobody"
#define STRANGER 4242 /* need not exist */
enum { REFUSED = 10, LET, OTHERWISE };

typedef struct {
    char *folder, *spool, *key, *database;
    DaemonSettings *settings;
} Place;

static int
setup(void **fixture)
{
    Place *place = g_new0(Place, 1);

    place->folder = g_dir_make_tmp("postern-account-XXXXXX", NULL);
    assert_non_null(place->folder);
    place->spool = g_build_filename(place->folder, "spool", NULL);
    place->key = g_build_filename(place->folder, "master.key", NULL);
    place->database = g_build_filename(place->spool, "postern.db", NULL);
    assert_int_equal(g_mkdir(place->spool, 0700), 0);
    assert_int_equal(g_chmod(place->folder, 0755), 0);
    assert_true(daemon_secret_make_key(place->key, NULL));
    place->settings = daemon_settings_embedded();
    g_free(place->settings->spool_url);
    g_free(place->settings->master_key_file);
    place->settings->spool_url = g_strconcat("sqlite:", place->database, NULL);
    place->settings->master_key_file = g_strdup(place->key);
    *fixture = place;
    return 0;
}

static int
teardown(void **fixture)
{
    Place *place = *fixture;

    (void)g_unlink(place->database);
    (void)g_unlink(place->key);
    assert_int_equal(g_rmdir(place->spool), 0);
    assert_int_equal(g_rmdir(place->folder), 0);
    daemon_settings_free(place->settings);
    g_free(place->folder);
    g_free(place->spool);
    g_free(place->key);
    g_free(place->database);
    g_free(place);
    return 0;
}

/* The spool's folder becomes the service's; whoever is not root cannot do that. */
static void
give_to_service(const Place *place)
{
    const struct passwd *service = getpwnam(SERVICE);

    if (getuid() != 0) {
        print_message("SKIP: only root can have a spool of another account's\n");
        skip();
    }
    assert_non_null(service);
    assert_int_equal(chown(place->spool, service->pw_uid, service->pw_gid), 0);
}

static uid_t
owner_of(const char *path)
{
    struct stat st;

    assert_int_equal(stat(path, &st), 0);
    return st.st_uid;
}

static void
test_ours(void **fixture)
{
    const Place *place = *fixture;
    g_auto(DaemonSpoolAccount) guise = {0};
    g_autoptr(SpoolDb) db = NULL;

    assert_true(daemon_spool_account_check(place->settings, NULL));
    assert_true(daemon_spool_account_enter(&guise, place->settings, NULL));
    assert_int_equal(geteuid(), getuid());
    assert_true(daemon_spool_account_open(place->settings, &db, NULL));
    assert_int_equal(owner_of(place->database), getuid());
}

/* No folder, nobody's guise. */
static void
test_server(void **fixture)
{
    const Place *place = *fixture;
    g_auto(DaemonSpoolAccount) guise = {0};

    g_free(place->settings->spool_url);
    place->settings->spool_url = g_strdup("postgresql:///postern");
    assert_true(daemon_spool_account_check(place->settings, NULL));
    assert_true(daemon_spool_account_enter(&guise, place->settings, NULL));
    assert_int_equal(geteuid(), getuid());
    assert_null(daemon_spool_account_lock_path(place->settings));
}

static void
test_guise(void **fixture)
{
    const Place *place = *fixture;
    DaemonSpoolAccount guise = {0};
    g_autofree char *lock = NULL, *bytes = NULL;
    int groups = getgroups(0, NULL);

    give_to_service(place);
    assert_true(daemon_spool_account_enter(&guise, place->settings, NULL));
    assert_int_equal(geteuid(), getpwnam(SERVICE)->pw_uid);
    assert_int_equal(getegid(), getpwnam(SERVICE)->pw_gid);
    /* What only root may read is out of reach meanwhile. */
    assert_false(g_file_get_contents(place->key, &bytes, NULL, NULL));
    daemon_spool_account_leave(&guise);
    assert_int_equal(geteuid(), 0);
    assert_int_equal(getegid(), getgid());
    assert_int_equal(getgroups(0, NULL), groups);
    lock = daemon_spool_account_lock_path(place->settings);
    assert_true(g_str_has_suffix(lock, "/postern.db.lock"));
}

static void
test_root(void **fixture)
{
    const Place *place = *fixture;
    g_autoptr(SpoolDb) db = NULL;

    give_to_service(place);
    assert_true(daemon_spool_account_open(place->settings, &db, NULL));
    assert_int_equal(owner_of(place->database), getpwnam(SERVICE)->pw_uid);
    assert_int_equal(geteuid(), 0);
}

static int
try_to_open(const DaemonSettings *settings)
{
    g_autoptr(SpoolDb) db = NULL;
    g_autoptr(GError) error = NULL;

    if (daemon_spool_account_open(settings, &db, &error))
        return LET;
    return g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_FILE) &&
                   strstr(error->message, "belongs to \"" SERVICE "\"") != NULL
               ? REFUSED
               : OTHERWISE;
}

/* As an account that may read the key and write to the folder. */
static int
open_as_stranger(const DaemonSettings *settings)
{
    pid_t pid = fork();
    int status = 0;

    if (pid == 0)
        _exit(setuid(STRANGER) == 0 ? try_to_open(settings) : OTHERWISE);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WEXITSTATUS(status);
}

static void
test_stranger(void **fixture)
{
    const Place *place = *fixture;

    give_to_service(place);
    assert_true(g_chmod(place->spool, 0777) == 0 && g_chmod(place->key, 0444) == 0);
    assert_int_equal(open_as_stranger(place->settings), REFUSED);
    assert_false(g_file_test(place->database, G_FILE_TEST_EXISTS));
    /* A folder of root's does not say who the service is. */
    assert_int_equal(chown(place->spool, 0, 0), 0);
    assert_int_equal(open_as_stranger(place->settings), LET);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ours, setup, teardown),
        cmocka_unit_test_setup_teardown(test_server, setup, teardown),
        cmocka_unit_test_setup_teardown(test_guise, setup, teardown),
        cmocka_unit_test_setup_teardown(test_root, setup, teardown),
        cmocka_unit_test_setup_teardown(test_stranger, setup, teardown),
    };

    return cmocka_run_group_tests_name("daemon/spool-account", tests, NULL, NULL);
}
