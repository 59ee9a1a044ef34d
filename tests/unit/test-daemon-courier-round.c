/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-courier-round.c - what one commit of the courier holds, and what is left
 * when it fails.
 *
 * Runs in:  make check.
 * Source:   doc/replies.md, "Sending"; doc/spool.md, "Replies"
 */
#include "config.h"

#include "daemon/courier-round.h"
#include "tests/unit/fault-help.h"
#include "tests/unit/outbox-help.h"

typedef struct {
    Spool *spool;
    DaemonSettings settings;
    DaemonCourierWork work;
    DaemonCourierRound round;
} Fixture;

static int
setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);

    help_setup((void **)&fixture->spool);
    fixture->settings.smtp_expire = 72;
    fixture->settings.smtp_timeout = 60;
    fixture->work = (DaemonCourierWork){
        .settings = &fixture->settings, .db = fixture->spool->db, .doorbell_fd = -1, .stop_fd = -1};
    fixture->round.work = fixture->round.tray.work = &fixture->work;
    fixture->round.owner = g_strdup("courier");
    fixture->round.n_lanes = 2;
    g_queue_init(&fixture->round.tray.queue);
    fixture->round.tray.done =
        g_ptr_array_new_with_free_func((GDestroyNotify)daemon_courier_letter_free);
    *state = fixture;
    return 0;
}

static int
teardown(void **state)
{
    Fixture *fixture = *state;

    for (guint i = 0; i < fixture->round.n_lanes; i++) {
        daemon_courier_letter_free(fixture->round.lanes[i].offered);
        daemon_courier_letter_free(fixture->round.lanes[i].given);
    }
    g_queue_clear_full(&fixture->round.tray.queue, (GDestroyNotify)daemon_courier_letter_free);
    g_ptr_array_unref(fixture->round.tray.done);
    g_free(fixture->round.owner);
    help_teardown((void **)&fixture->spool);
    g_free(fixture);
    return 0;
}

/* A letter that the courier has taken, and started or not. */
static DaemonCourierLetter *
take_letter(Fixture *fixture, bool started)
{
    DaemonCourierLetter *letter = g_new0(DaemonCourierLetter, 1);

    assert_ok((started ? spool_outbox_take_started : spool_outbox_take)(
        fixture->spool->db, "courier", 900, &letter->reply, &error));
    assert_non_null(letter->reply);
    letter->bytes = g_bytes_new_static("x", 1);
    letter->started = started;
    return letter;
}

/* Another courier took over what we had: what has left is kept all the same, and what is still ours
 * may leave. */
static void
test_gone_to_another(void **state)
{
    Fixture *fixture = *state;
    DaemonCourierRound *round = &fixture->round;

    queue(fixture->spool->db, 5);
    g_ptr_array_add(round->tray.done, take_letter(fixture, true));
    for (guint i = 0; i < 2; i++) {
        round->lanes[i].offered = take_letter(fixture, false);
        round->lanes[i].offered->agreed = true;
    }
    for (guint i = 0; i < 2; i++)
        g_queue_push_tail(&round->tray.queue, take_letter(fixture, false));
    help_tamper(fixture->spool->db,
                "UPDATE outbox SET token = token + 1, owner = 'courier@b' WHERE id IN (2, 4)");
    assert_ok(daemon_courier_round_settle(round, &error));
    assert_int_equal(round->tray.done->len, 0);
    assert_state(fixture->spool->db, 1, "sent");
    assert_null(round->lanes[0].offered);
    assert_int_equal(round->lanes[1].offered->reply->id, 3);
    assert_true(round->lanes[1].offered->started);
    assert_int_equal(round->tray.queue.length, 1);
    assert_int_equal(((DaemonCourierLetter *)round->tray.queue.head->data)->reply->id, 5);
    assert_int_equal(
        help_number(fixture->spool->db, "SELECT COUNT(*) FROM outbox WHERE state = 'sending'"), 2);
    assert_int_equal(
        help_number(fixture->spool->db,
                    "SELECT COUNT(*) FROM outbox WHERE state = 'claimed' AND owner = 'courier@b'"),
        2);
}

/* While the relay has something of ours, a spool that fails for a moment ends nothing: the answer
 * is still heard. */
static void
test_fails_in_the_window(void **state)
{
    Fixture *fixture = *state;
    DaemonCourierRound *round = &fixture->round;
    SpoolDb *db = fixture->spool->db;

    queue(db, 3);
    round->lanes[0].given = take_letter(fixture, true);
    let_fail(db, NO_ROOM, 1);
    assert_ok(daemon_courier_round_settle(round, &error));
    assert_non_null(round->lanes[0].given);
    assert_int_equal(round->tray.queue.length, 0);
    assert_int_equal(help_number(db, "SELECT COUNT(*) FROM outbox WHERE state <> 'queued'"), 1);
    /* Nobody knows what was taken: the courier ends, and hears the answer first. */
    g_queue_push_tail(&round->tray.queue, take_letter(fixture, true));
    round->lanes[1].offered = take_letter(fixture, false);
    round->lanes[1].offered->agreed = true;
    let_fail(db, LOST, 1);
    assert_fails(daemon_courier_round_settle(round, &error), SPOOL_ERROR_IO);
    assert_non_null(round->lanes[0].given);
    daemon_courier_round_wind_up(round);
    assert_false(daemon_courier_window_is_open(round->lanes, round->n_lanes));
    assert_int_equal(round->tray.queue.length, 0);
    assert_state(db, 1, "sent");
    assert_int_equal(help_number(db, "SELECT COUNT(*) FROM outbox WHERE state = 'queued'"), 2);
}

/* Without anything at stake it is for whoever starts the courier to try again. */
static void
test_nothing_at_stake(void **state)
{
    Fixture *fixture = *state;

    queue(fixture->spool->db, 1);
    let_fail(fixture->spool->db, NO_ROOM, 1);
    assert_fails(daemon_courier_round_settle(&fixture->round, &error), SPOOL_ERROR_FULL);
    assert_state(fixture->spool->db, 1, "queued");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_gone_to_another),
        TEST(test_fails_in_the_window),
        TEST(test_nothing_at_stake),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
