/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-courier-window.c - how many replies may be in the window at once.
 *
 * Runs in:  make check.
 * Source:   doc/replies.md, "Sending"; RFC 1047
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/courier-window.h"

#define MS ((gint64)1000)
#define LANES 8

/* Nothing is known yet, or the relay is near: one by one. */
static void
test_near(void **fixture)
{
    DaemonCourierWindow window = {0};

    (void)fixture;
    assert_int_equal(daemon_courier_window_width(&window, LANES), 1);
    for (guint i = 0; i < 100; i++)
        daemon_courier_window_learn(&window, MS);
    assert_int_equal(daemon_courier_window_width(&window, LANES), 1);
}

/* A long way has room for all, and never for more. */
static void
test_far(void **fixture)
{
    DaemonCourierWindow window = {0};

    (void)fixture;
    daemon_courier_window_learn(&window, 6 * MS);
    assert_int_equal(daemon_courier_window_width(&window, LANES), 3);
    assert_int_equal(daemon_courier_window_width(&window, 2), 2);
    for (guint i = 0; i < 100; i++)
        daemon_courier_window_learn(&window, 3600 * 1000 * MS);
    assert_int_equal(daemon_courier_window_width(&window, LANES), LANES);
    assert_int_equal(daemon_courier_window_width(&window, 0), 1);
}

/* Letters that wait for one another at the relay do not look like a long way: the quickest answer
 * counts.  But a relay that has become slow is believed after a while. */
static void
test_quickest(void **fixture)
{
    DaemonCourierWindow window = {0};

    (void)fixture;
    for (guint i = 0; i < 100; i++)
        daemon_courier_window_learn(&window, (1 + i % LANES) * MS);
    assert_int_equal(daemon_courier_window_width(&window, LANES), 1);
    for (guint i = 0; i < 100; i++)
        daemon_courier_window_learn(&window, 40 * MS);
    assert_int_equal(daemon_courier_window_width(&window, LANES), LANES);
}

/* As many as leave in the time that an urgent one may wait; one on each connection to a relay that
 * is unknown or slow. */
static void
test_batch(void **fixture)
{
    DaemonCourierWindow near = {.quickest = MS / 2}, far = {.quickest = 20 * MS},
                        slow = {.quickest = 900 * MS}, unknown = {0};

    (void)fixture;
    assert_int_equal(daemon_courier_window_batch(&unknown, 1), 1);
    assert_int_equal(daemon_courier_window_batch(&unknown, LANES), LANES);
    assert_int_equal(daemon_courier_window_batch(&near, 1), 16);
    assert_int_equal(daemon_courier_window_batch(&far, LANES), 2 * LANES);
    assert_int_equal(daemon_courier_window_batch(&slow, LANES), LANES);
}

/* That it may leave is committed before the relay is asked: it must agree as well. */
static void
test_agreed(void **fixture)
{
    DaemonCourierLetter letter = {.started = true};
    DaemonCourierLane lane = {.offered = &letter};
    DaemonCourierTray tray = {0};

    (void)fixture;
    daemon_courier_lane_give(&lane, &tray);
    assert_ptr_equal(lane.offered, &letter);
    assert_null(lane.given);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_near),     cmocka_unit_test(test_far),
        cmocka_unit_test(test_quickest), cmocka_unit_test(test_batch),
        cmocka_unit_test(test_agreed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
