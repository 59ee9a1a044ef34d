/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-courier.c - each reply leaves once, whichever commit fails, and when the
 * courier is ended.
 *
 * Runs in:  make check.
 * Source:   doc/replies.md, "Sending"; doc/reliability.md
 */
#include "config.h"

#include "daemon/courier.h"
#include "tests/unit/fault-help.h"
#include "tests/unit/outbox-help.h"
#include "tests/unit/relay-help.h"

#include <signal.h>
#include <sys/wait.h>

#define REPLIES 2
#define RUNS_MAX 4

static DaemonSettings *
load(const Spool *spool, const char *relay)
{
    DaemonSettings *settings = NULL;
    g_autofree char *path = g_build_filename(spool->folder, "c.conf", NULL);
    g_autofree char *text = g_strdup_printf("[service]\nmessage-id-domain = intake.example.org\n"
                                            "[spool]\nurl = %s\nmaster-key-file = %s/key\n"
                                            "[mailbox lado]\nurl = maildir:%s\n"
                                            "address = a@example.org\nrole = lado-parents\n"
                                            "[smtp]\nurl = %s\n"
                                            "from = Service <a@example.org>\n",
                                            spool->url, spool->folder, spool->folder, relay);

    assert_true(g_file_set_contents(path, text, -1, NULL));
    assert_ok(daemon_settings_load(path, true, &settings, &error));
    assert_int_equal(g_unlink(path), 0);
    return settings;
}

/* Count what has left, and clear it away. */
static guint
clear_out(const Spool *spool)
{
    static const char *const parts[] = {"out/tmp", "out/cur", "out/new", "out"};
    guint count = 0;

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *path = g_build_filename(spool->folder, parts[i], NULL);
        g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
        const char *name;

        while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
            g_autofree char *file = g_build_filename(path, name, NULL);

            assert_int_equal(g_unlink(file), 0);
            count++;
        }
        (void)g_rmdir(path);
    }
    return count;
}

/* A courier that is started again when it has failed; whether the fault was met. */
static bool
run(Fault fault, guint nth)
{
    void *fixture = NULL;

    help_setup(&fixture);
    Spool *spool = fixture;
    g_autofree char *out = g_strdup_printf("maildir:%s/out", spool->folder);
    g_autoptr(DaemonSettings) settings = load(spool, out);
    const DaemonCourierWork work = {
        .settings = settings, .db = spool->db, .doorbell_fd = -1, .stop_fd = -1, .once = true};
    bool good = false;

    queue(spool->db, REPLIES);
    let_fail(spool->db, fault, nth);
    for (guint runs = 0; runs < RUNS_MAX && !good; runs++)
        good = daemon_courier_run(&work, NULL);
    assert_true(good);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM outbox WHERE state = 'sent'"),
                     REPLIES);
    assert_int_equal(clear_out(spool), REPLIES);
    help_teardown(&fixture);
    return faulty.left == 0;
}

static void
run_all(Fault fault)
{
    guint nth = 1;

    while (run(fault, nth))
        nth++;
    assert_true(nth > 3);
}

/* Nobody knows whether it was made. */
static void
test_answer_lost(void **fixture)
{
    (void)fixture;
    run_all(LOST);
}

static void
test_disk_full(void **fixture)
{
    (void)fixture;
    run_all(NO_ROOM);
}

/* A courier that is a process of its own. */
static pid_t
start_courier(Spool *spool, const DaemonSettings *settings)
{
    DaemonCourierWork work = {.settings = settings, .doorbell_fd = -1, .stop_fd = -1, .once = true};
    pid_t pid = fork();

    if (pid != 0)
        return pid;
    help_open(spool);
    work.db = spool->db;
    _exit(daemon_courier_run(&work, NULL) ? 0 : 1);
}

/* Told to end while the relay takes its time over a reply: it hears the answer first, so that the
 * next courier knows. */
static void
test_ended_in_the_window(void **state)
{
    Spool *spool = *state;
    Relay *relay = relay_new();
    g_autofree char *url = g_strdup_printf("smtp://127.0.0.1:%u\ntls = none", relay->port);
    g_autoptr(DaemonSettings) settings = load(spool, url);
    int status = 0;

    queue(spool->db, 1);
    help_close(spool);
    g_atomic_int_set(&relay->held, 1);
    pid_t pid = start_courier(spool, settings);

    relay_await(&relay->mails, 1);
    g_usleep(G_USEC_PER_SEC); /* other work goes on beside the waiting now */
    kill(pid, SIGTERM);
    g_usleep(G_USEC_PER_SEC / 5);
    assert_int_equal(waitpid(pid, &status, WNOHANG), 0);
    g_atomic_int_set(&relay->held, 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    pid = start_courier(spool, settings);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    help_open(spool);
    assert_state(spool->db, 1, "sent");
    assert_int_equal(relay->mails, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answer_lost),
        cmocka_unit_test(test_disk_full),
        cmocka_unit_test_setup_teardown(test_ended_in_the_window, help_setup, help_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
