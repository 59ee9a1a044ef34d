/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-courier-lane.c - which connections take a letter without being made first.
 *
 * Runs in:  make check.
 * Source:   doc/replies.md, "Sending"
 */
#include "config.h"

#include "daemon/courier-window.h"
#include "daemon/doorbell.h"
#include "tests/unit/outbox-help.h"
#include "tests/unit/relay-help.h"

typedef struct {
    Spool *spool;
    Relay *relay;
    DaemonSettings settings;
    DaemonCourierWork work;
    DaemonCourierTray tray;
    DaemonCourierLane lanes[2];
    DaemonCourierLetter letters[2];
} Fixture;

static void
write_letter(Fixture *fixture, DaemonCourierLetter *letter)
{
    letter->reply = claim(fixture->spool->db);
    letter->bytes = g_bytes_new_static("Subject: x\r\n\r\nx\r\n", 18);
    letter->started = true;
    letter->mail = (DaemonSmtpMail){.from = "lado@example.org",
                                    .to = letter->reply->to,
                                    .id = letter->reply->message_id,
                                    .bytes = letter->bytes};
    g_queue_push_tail(&fixture->tray.queue, letter);
}

static int
setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);
    const DaemonSmtpLogin login = {.name = "intake.example.org"};

    help_setup((void **)&fixture->spool);
    fixture->relay = relay_new();
    fixture->work = (DaemonCourierWork){
        .settings = &fixture->settings, .db = fixture->spool->db, .doorbell_fd = -1, .stop_fd = -1};
    fixture->tray.work = &fixture->work;
    fixture->tray.peer = (DaemonSmtpPeer){
        .host = "127.0.0.1", .port = fixture->relay->port, .tls = DAEMON_TLS_NONE, .timeout_s = 60};
    g_queue_init(&fixture->tray.queue);
    fixture->tray.done = g_ptr_array_new();
    queue(fixture->spool->db, G_N_ELEMENTS(fixture->letters));
    for (guint i = 0; i < G_N_ELEMENTS(fixture->lanes); i++) {
        fixture->lanes[i].smtp = daemon_smtp_new(&fixture->tray.peer);
        assert_ok(daemon_smtp_open(fixture->lanes[i].smtp, &login, &error));
        relay_await(&fixture->relay->connections, (gint)i + 1);
        write_letter(fixture, &fixture->letters[i]);
    }
    *state = fixture;
    return 0;
}

static int
teardown(void **state)
{
    Fixture *fixture = *state;

    g_atomic_int_set(&fixture->relay->held, 0);
    for (guint i = 0; i < G_N_ELEMENTS(fixture->lanes); i++) {
        daemon_smtp_free(fixture->lanes[i].smtp);
        spool_reply_free(fixture->letters[i].reply);
        g_bytes_unref(fixture->letters[i].bytes);
        g_free(fixture->letters[i].response);
        g_clear_error(&fixture->letters[i].problem);
    }
    g_queue_clear(&fixture->tray.queue);
    g_ptr_array_unref(fixture->tray.done);
    help_teardown((void **)&fixture->spool);
    g_free(fixture);
    return 0;
}

/* While a letter is in the window no connection is made, not even in place of one that the relay
 * has ended. */
static void
test_ended_by_the_relay(void **state)
{
    Fixture *fixture = *state;
    DaemonCourierWindow window = {.quickest = G_USEC_PER_SEC}; /* room for both */

    g_atomic_int_set(&fixture->relay->held, 1);
    shutdown(fixture->relay->fds[1], SHUT_RDWR);
    daemon_courier_window_pass(&window, fixture->lanes, 2, &fixture->tray);
    assert_ptr_equal(fixture->lanes[0].given, &fixture->letters[0]);
    assert_int_equal(fixture->relay->connections, 2);
    assert_ptr_equal(g_queue_peek_head(&fixture->tray.queue), &fixture->letters[1]);
    assert_false(daemon_courier_lane_is_open(&fixture->lanes[1]));
    /* What waits there is the answer, and no goodbye. */
    g_atomic_int_set(&fixture->relay->held, 0);
    assert_true(daemon_smtp_has_answer(fixture->lanes[0].smtp, 10000));
    assert_true(daemon_courier_lane_is_open(&fixture->lanes[0]));
    daemon_courier_lane_hear(&fixture->lanes[0], &fixture->tray);
    assert_int_equal(fixture->tray.done->len, 1);
    assert_null(fixture->letters[0].problem);
}

/* Who is told to stop gives nothing more, though the relay has agreed to it. */
static void
test_told_to_stop(void **state)
{
    Fixture *fixture = *state;
    DaemonCourierWindow window = {.quickest = G_USEC_PER_SEC};
    DaemonCourierLane *lane = &fixture->lanes[0];

    daemon_courier_lane_offer(lane, &fixture->tray);
    assert_true(daemon_smtp_has_answer(lane->smtp, 10000));
    daemon_courier_lane_hear(lane, &fixture->tray);
    assert_true(lane->offered->agreed);
    assert_ok(daemon_doorbell_new(&fixture->work.stop_fd, &error));
    daemon_doorbell_ring(fixture->work.stop_fd);
    g_atomic_int_set(&fixture->relay->held, 1);
    daemon_courier_window_pass(&window, fixture->lanes, 2, &fixture->tray);
    assert_ptr_equal(lane->offered, &fixture->letters[0]);
    assert_null(lane->given);
    assert_int_equal(fixture->tray.done->len, 0);
    assert_false(daemon_courier_lane_is_busy(&fixture->lanes[1]));
    close(fixture->work.stop_fd);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ended_by_the_relay, setup, teardown),
        cmocka_unit_test_setup_teardown(test_told_to_stop, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
