/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-mailbox.c - mails go into the spool once, and leave only when decided.
 *
 * The role runs against a Maildir and a real spool; the test decides in between.
 *
 * Runs in:  make check.
 * Source:   daemon/mailbox.h; daemon/maildir.h
 */
#include "config.h"

#include "tests/unit/spool-help.h"

#include <unistd.h>
#include <utime.h>

#include "daemon/doorbell.h"
#include "daemon/mailbox.h"
#include "daemon/store.h"

typedef struct {
    Spool *spool;
    char *path;
    DaemonMailbox mailbox;
    int doorbell_fd, intake_fd, stop_fd;
} Fixture;

static int
setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);

    help_setup((void **)&fixture->spool);
    fixture->path = g_dir_make_tmp("postern-maildir-XXXXXX", NULL);
    fixture->mailbox = (DaemonMailbox){
        .name = (char *)"lado",
        .server = {.scheme = DAEMON_SCHEME_MAILDIR, .folder = fixture->path},
        .poll_interval = 60,
        .timeout = 5,
        .message_max = 1,
        .batch = 3,
    };
    assert_ok(daemon_doorbell_new(&fixture->doorbell_fd, &error));
    assert_ok(daemon_doorbell_new(&fixture->intake_fd, &error));
    assert_ok(daemon_doorbell_new(&fixture->stop_fd, &error));
    for (const char *const *sub = (const char *const[]){"new", "cur", "tmp", NULL}; *sub; sub++) {
        g_autofree char *folder = g_build_filename(fixture->path, *sub, NULL);

        assert_int_equal(g_mkdir(folder, 0700), 0);
    }
    *state = fixture;
    return 0;
}

static void
remove_tree(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *below = g_build_filename(path, name, NULL);

        if (g_file_test(below, G_FILE_TEST_IS_DIR))
            remove_tree(below);
        else
            (void)g_unlink(below);
    }
    (void)g_rmdir(path);
}

static int
teardown(void **state)
{
    Fixture *fixture = *state;

    help_teardown((void **)&fixture->spool);
    remove_tree(fixture->path);
    g_free(fixture->path);
    close(fixture->doorbell_fd);
    close(fixture->intake_fd);
    close(fixture->stop_fd);
    g_free(fixture);
    return 0;
}

static void
deliver(const Fixture *fixture, const char *name, gsize length)
{
    g_autofree char *path = g_build_filename(fixture->path, "new", name, NULL);
    g_autofree char *body = g_strnfill(length, 'x');
    g_autofree char *text = g_strconcat("Subject: ", name, "\n\n", body, "\n", NULL);

    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static guint
count_files(const Fixture *fixture, const char *folder)
{
    g_autofree char *path = g_build_filename(fixture->path, folder, NULL);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    guint count = 0;

    while (dir != NULL && g_dir_read_name(dir) != NULL)
        count++;
    return count;
}

static DaemonMailboxWork
work_of(const Fixture *fixture, bool once)
{
    return (DaemonMailboxWork){.mailbox = &fixture->mailbox,
                               .db = fixture->spool->db,
                               .doorbell_fd = fixture->doorbell_fd,
                               .intake_fd = fixture->intake_fd,
                               .stop_fd = fixture->stop_fd,
                               .once = once};
}

/* Stop as soon as some mails were stored. */
static void
stop_after_idle(void *data)
{
    const Fixture *fixture = data;
    guint32 uidvalidity, next;

    assert_ok(spool_cursor_get(fixture->spool->db, "lado", &uidvalidity, &next, &error));
    if (next > 1 && daemon_doorbell_wait(fixture->intake_fd, -1, 0))
        daemon_doorbell_ring(fixture->stop_fd);
}

static void
take_in(Fixture *fixture)
{
    DaemonMailboxWork work = work_of(fixture, false);

    daemon_doorbell_clear(fixture->intake_fd);
    work.alive = stop_after_idle;
    work.alive_data = fixture;
    assert_ok(daemon_mailbox_run(&work, &error));
    daemon_doorbell_clear(fixture->stop_fd);
}

static void
decide(const Fixture *fixture, const char *action)
{
    SpoolDecision decision = help_decision();
    g_auto(SpoolClaim) claim = help_claim(fixture->spool->db);
    g_autofree char *reference = NULL;

    decision.action = action;
    assert_ok(spool_record_commit(fixture->spool->db, &claim, &decision, &reference, &error));
}

static void
finish(Fixture *fixture)
{
    DaemonMailboxWork work = work_of(fixture, true);

    assert_ok(daemon_mailbox_run(&work, &error));
}

static void
test_taken_and_left(void **state)
{
    Fixture *fixture = *state;

    deliver(fixture, "1.a.host", 10);
    deliver(fixture, "2.b.host", 10);
    take_in(fixture);
    assert_int_equal(help_number(fixture->spool->db, "SELECT COUNT(*) FROM mail"), 2);
    assert_int_equal(count_files(fixture, "new"), 2);
    assert_int_equal(count_files(fixture, ".Postern.Accepted/cur"), 0);
}

static void
test_decided_are_moved(void **state)
{
    Fixture *fixture = *state;

    deliver(fixture, "1.a.host", 10);
    deliver(fixture, "2.b.host", 10);
    take_in(fixture);
    decide(fixture, "accept");
    decide(fixture, "hold");
    finish(fixture);
    assert_int_equal(count_files(fixture, "new"), 0);
    assert_int_equal(count_files(fixture, ".Postern.Accepted/cur"), 1);
    assert_int_equal(count_files(fixture, ".Postern.Held/cur"), 1);
    assert_int_equal(
        help_number(fixture->spool->db, "SELECT COUNT(*) FROM arrival WHERE place = 'moved'"), 2);
}

/* More than one command moves, of a folder that cannot be written, before the one of another. */
static void
test_folder_that_fails(void **state)
{
    Fixture *fixture = *state;
    const guint held = 501;
    g_autofree char *obstacle = g_build_filename(fixture->path, ".Postern.Held", NULL);
    DaemonMailboxWork work = work_of(fixture, true);

    fixture->mailbox.batch = held + 1;
    for (guint i = 0; i <= held; i++) {
        g_autofree char *name = g_strdup_printf("%04u.a.host", i);

        deliver(fixture, name, 10);
    }
    take_in(fixture);
    for (guint i = 0; i < held; i++)
        decide(fixture, "hold");
    decide(fixture, "accept");
    assert_true(g_file_set_contents(obstacle, "", 0, NULL));
    {
        g_autoptr(GError) error = NULL;

        assert_false(daemon_mailbox_run(&work, &error));
        assert_true(g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_MAILBOX));
    }
    assert_int_equal(count_files(fixture, ".Postern.Accepted/cur"), 1);
    assert_int_equal(count_files(fixture, "new") + count_files(fixture, "cur"), held);
}

static void
test_taken_away_by_staff(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *path = g_build_filename(fixture->path, "new", "1.a.host", NULL);

    deliver(fixture, "1.a.host", 10);
    take_in(fixture);
    assert_int_equal(g_unlink(path), 0);
    decide(fixture, "accept");
    finish(fixture);
    assert_int_equal(
        help_number(fixture->spool->db, "SELECT COUNT(*) FROM arrival WHERE place = 'gone'"), 1);
}

/* Large, but not too large: it goes through a stage, between others. */
static void
test_streamed(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(GBytes) raw = NULL;
    g_autofree char *body = g_strnfill(9000000, 'x');
    g_autofree char *wanted = g_strconcat("Subject: 2.large.host\n\n", body, "\n", NULL);

    fixture->mailbox.message_max = 16;
    deliver(fixture, "1.a.host", 10);
    deliver(fixture, "2.large.host", 9000000);
    deliver(fixture, "3.b.host", 10);
    while (help_number(fixture->spool->db, "SELECT COUNT(*) FROM mail") < 3)
        take_in(fixture);
    assert_int_equal(help_number(fixture->spool->db, "SELECT COUNT(*) FROM mail WHERE unread = 0"),
                     3);
    assert_ok(spool_message_raw(
        fixture->spool->db, help_number(fixture->spool->db, "SELECT id FROM mail WHERE size > 99"),
        &raw, &error));
    assert_int_equal(g_bytes_get_size(raw), strlen(wanted));
    assert_memory_equal(g_bytes_get_data(raw, NULL), wanted, strlen(wanted));
}

/* More than message-max: only the headers are kept, and the mail stays. */
static void
test_large(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(GBytes) raw = NULL;

    deliver(fixture, "1.large.host", 1100000);
    take_in(fixture);
    assert_int_equal(help_number(fixture->spool->db, "SELECT unread FROM mail"), 1);
    assert_ok(spool_message_raw(fixture->spool->db, 1, &raw, &error));
    assert_int_equal(g_bytes_get_size(raw), strlen("Subject: 1.large.host\n"));
    decide(fixture, "hold");
    finish(fixture);
    assert_int_equal(count_files(fixture, "new"), 1);
}

/* The list of UIDs is lost: all is read again, and nothing is kept twice. */
static void
test_renumbered(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *path = g_build_filename(fixture->path, "postern-uidlist", NULL);

    for (guint i = 0; i < 8; i++) {
        g_autofree char *name = g_strdup_printf("%u.x.host", i);

        deliver(fixture, name, 10 + i);
    }
    take_in(fixture);
    assert_true(g_file_set_contents(path, "postern-uidlist 1 77 5\n", -1, NULL));
    while (help_number(fixture->spool->db, "SELECT COUNT(*) FROM arrival WHERE uidvalidity = 77") <
           8)
        take_in(fixture);
    assert_int_equal(help_number(fixture->spool->db, "SELECT COUNT(*) FROM mail"), 8);
    for (guint i = 0; i < 8; i++)
        decide(fixture, "ignore");
    finish(fixture);
    assert_int_equal(count_files(fixture, "new"), 0);
    assert_int_equal(count_files(fixture, ".Postern.Ignored/cur"), 8);
}

/* A mail whose flags change keeps its UID, though its file has another name. */
static void
test_flags_change(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *from = g_build_filename(fixture->path, "new", "1.a.host", NULL);
    g_autofree char *to = g_build_filename(fixture->path, "cur", "1.a.host:2,S", NULL);

    deliver(fixture, "1.a.host", 10);
    take_in(fixture);
    assert_int_equal(g_rename(from, to), 0);
    decide(fixture, "attach");
    finish(fixture);
    assert_int_equal(count_files(fixture, "cur"), 0);
    assert_int_equal(count_files(fixture, ".Postern.Attached/cur"), 1);
    assert_int_equal(help_number(fixture->spool->db, "SELECT COUNT(*) FROM arrival"), 1);
}

static void
test_no_maildir(void **state)
{
    Fixture *fixture = *state;
    DaemonMailboxWork work = work_of(fixture, true);
    g_autoptr(GError) error = NULL;

    fixture->mailbox.server.folder = (char *)"/nonexistent/maildir";
    assert_false(daemon_mailbox_run(&work, &error));
    assert_true(g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_MAILBOX));
}

/* A symbolic link in a Maildir could point at anything on this machine. */
static void
test_links_are_passed_over(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *path = g_build_filename(fixture->path, "new", "1.link.host", NULL);

    assert_int_equal(symlink("/etc/passwd", path), 0);
    finish(fixture);
    assert_int_equal(help_number(fixture->spool->db, "SELECT COUNT(*) FROM mail"), 0);
}

/* One second apart, the first at 1,000,000 seconds. */
static void
deliver_aged(const Fixture *fixture, guint number)
{
    g_autofree char *name = g_strdup_printf("%u.x.host", number);
    g_autofree char *path = g_build_filename(fixture->path, "new", name, NULL);
    struct utimbuf at = {1000000 + (time_t)number, 1000000 + (time_t)number};

    deliver(fixture, name, 10 + number);
    assert_int_equal(g_utime(path, &at), 0);
}

/* What lies before the first mail of the day is not ours, also after the server has renumbered. */
static void
test_start_date(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *path = g_build_filename(fixture->path, "postern-uidlist", NULL);

    fixture->mailbox.start_date = (char *)"1970-01-12";
    fixture->mailbox.start = G_GINT64_CONSTANT(1000005) * G_USEC_PER_SEC;
    for (guint i = 0; i < 8; i++)
        deliver_aged(fixture, i);
    take_in(fixture);
    assert_int_equal(help_number(fixture->spool->db, "SELECT COUNT(*) FROM mail"), 3);
    assert_int_equal(
        help_number(fixture->spool->db, "SELECT COUNT(*) FROM audit WHERE act = 'mailbox-started'"),
        1);
    assert_true(g_file_set_contents(path, "postern-uidlist 1 77 5\n", -1, NULL));
    while (help_number(fixture->spool->db, "SELECT COUNT(*) FROM arrival WHERE uidvalidity = 77") <
           3)
        take_in(fixture);
    for (guint i = 0; i < 3; i++)
        decide(fixture, "ignore");
    finish(fixture);
    assert_int_equal(help_number(fixture->spool->db, "SELECT COUNT(*) FROM mail"), 3);
    assert_int_equal(count_files(fixture, "new"), 5);
}

/* Nothing is ours yet: the next mail is. */
static void
test_start_in_the_future(void **state)
{
    Fixture *fixture = *state;

    fixture->mailbox.start_date = (char *)"1970-01-12";
    fixture->mailbox.start = G_GINT64_CONSTANT(1000005) * G_USEC_PER_SEC;
    deliver_aged(fixture, 1);
    finish(fixture);
    assert_int_equal(help_number(fixture->spool->db, "SELECT COUNT(*) FROM mail"), 0);
    deliver_aged(fixture, 9);
    take_in(fixture);
    assert_int_equal(help_number(fixture->spool->db, "SELECT COUNT(*) FROM mail"), 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_taken_and_left),    TEST(test_decided_are_moved),
        TEST(test_folder_that_fails), TEST(test_taken_away_by_staff),
        TEST(test_streamed),          TEST(test_large),
        TEST(test_renumbered),        TEST(test_flags_change),
        TEST(test_no_maildir),        TEST(test_links_are_passed_over),
        TEST(test_start_date),        TEST(test_start_in_the_future),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
