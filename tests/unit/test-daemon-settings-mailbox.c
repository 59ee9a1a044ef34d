/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-settings-mailbox.c - where a mailbox begins, and its Junk folder.
 *
 * Runs in:  make check.
 * Source:   daemon/settings-mailbox.h
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "daemon/settings-mailbox.h"

#define HEAD                                                                                       \
    "[mailbox lado]\nurl = imaps://lado@imap.example.org/INBOX\npassword-file = /etc/x\n"          \
    "address = lado@example.org\nrole = lado-parents\n"

static bool
load(const char *more, DaemonSettings **out, GError **error)
{
    g_autofree char *text = g_strconcat(HEAD, more, NULL);
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp("postern-settings-XXXXXX", &path, NULL);
    bool good;

    assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
    good = daemon_settings_load(path, false, out, error);
    g_unlink(path);
    return good;
}

static void
test_everything_is_ours(void **fixture)
{
    g_autoptr(DaemonSettings) settings = NULL;

    (void)fixture;
    assert_true(load("", &settings, NULL));
    assert_int_equal(settings->mailboxes->len, 1);
    assert_true(daemon_settings_mailbox(settings, "lado")->start == 0);
}

/* 1 September 2026 begins in London at 23:00 UTC of the day before. */
static void
test_start_date(void **fixture)
{
    g_autoptr(DaemonSettings) settings = NULL;

    (void)fixture;
    assert_true(load("start-date = 2026-09-01\n", &settings, NULL));
    assert_true(daemon_settings_mailbox(settings, "lado")->start ==
                G_GINT64_CONSTANT(1788217200) * G_USEC_PER_SEC);
}

static void
test_junk(void **fixture)
{
    g_autoptr(DaemonSettings) settings = NULL;
    const DaemonMailbox *junk;

    (void)fixture;
    assert_true(load("junk-folder = Junk Email\nstart-date = 2026-09-01\ncanary-interval = 60\n",
                     &settings, NULL));
    junk = daemon_settings_mailbox(settings, "lado-junk");
    assert_non_null(junk);
    assert_true(junk->junk);
    assert_string_equal(junk->server.folder, "Junk Email");
    assert_string_equal(junk->server.user, "lado");
    assert_string_equal(junk->addresses->pdata[0], "lado@example.org");
    assert_int_equal(junk->role, DAEMON_ROLE_LADO_PARENTS);
    assert_int_equal(junk->canary_interval, 0);
    assert_true(junk->start > 0);
    assert_false(daemon_settings_mailbox(settings, "lado")->junk);
}

static void
test_refused(void **fixture)
{
    static const char *const rows[] = {
        "start-date = 1 September 2026\n",
        "start-date = 2026-02-30\n",
        "junk-folder = Junk\n[mailbox lado-junk]\nurl = maildir:/x\naddress = b@example.org\n"
        "role = lado-parents\n",
        "[mailbox cls]\nurl = maildir:/x\naddress = b@example.org\nrole = cls-legacy\n"
        "junk-folder = Junk\n",
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(DaemonSettings) settings = NULL;
        g_autoptr(GError) error = NULL;

        assert_false(load(rows[i], &settings, &error));
        assert_true(g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_SETTINGS));
        assert_non_null(strstr(error->message, i < 2 ? "start-date" : "junk-folder"));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_everything_is_ours),
                                       cmocka_unit_test(test_start_date),
                                       cmocka_unit_test(test_junk), cmocka_unit_test(test_refused)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
