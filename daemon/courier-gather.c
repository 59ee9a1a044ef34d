/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier-gather.c - wait for the relay's answers, and hear those together that come
 * together.
 *
 * Runs in:  courier.
 * Source:   doc/replies.md, "Sending"
 */
#include "config.h"

#include "daemon/courier-gather.h"

#include <poll.h>

#include "daemon/courier-window.h"

#define LOOK_MS 5000 /* the supervisor wants to hear from us */
#define GRACE_MS 20  /* answers that come so soon after others share their commit */

/* Whether there was an answer. */
static bool
hear(DaemonCourierLane *lanes, guint n, DaemonCourierTray *tray)
{
    gint64 now = g_get_monotonic_time();
    bool heard = false;

    for (guint i = 0; i < n; i++) {
        if (!daemon_courier_lane_is_ready(&lanes[i], now))
            continue;
        daemon_courier_lane_hear(&lanes[i], tray);
        heard = true;
    }
    return heard;
}

/* Wait until a lane has an answer, or the courier is told to stop; whether any is awaited. */
static bool
await(const DaemonCourierLane *lanes, guint n, int stop_fd, gint64 until)
{
    struct pollfd fds[DAEMON_COURIER_LANES_MAX + 1] = {{stop_fd, POLLIN, 0}};
    gint64 now = g_get_monotonic_time();
    nfds_t count = 1;

    g_assert(n < G_N_ELEMENTS(fds));
    for (guint i = 0; i < n; i++) {
        if (!daemon_courier_lane_awaits(&lanes[i]))
            continue;
        if (daemon_courier_lane_is_ready(&lanes[i], now))
            return true;
        until = MIN(until, lanes[i].deadline);
        fds[count++] = (struct pollfd){daemon_smtp_fd(lanes[i].smtp), POLLIN, 0};
    }
    if (count > 1)
        (void)poll(fds, count, (int)(MAX(until - now, 0) / 1000 + 1));
    return count > 1;
}

static void
gather(DaemonCourierLane *lanes, guint n, DaemonCourierTray *tray)
{
    bool stopping = daemon_courier_window_is_stopping(tray);
    gint64 now = g_get_monotonic_time();
    gint64 until = now + (tray->done->len > 0 ? GRACE_MS : LOOK_MS) * G_GINT64_CONSTANT(1000);

    for (; now < until && daemon_courier_window_is_stopping(tray) == stopping;
         now = g_get_monotonic_time()) {
        if (!await(lanes, n, stopping ? -1 : tray->work->stop_fd, until))
            return;
        if (hear(lanes, n, tray))
            until = MIN(until, g_get_monotonic_time() + GRACE_MS * 1000);
    }
}

void
daemon_courier_gather(DaemonCourierLane *lanes, guint n, DaemonCourierTray *tray)
{
    gather(lanes, n, tray);
    daemon_courier_window_let_end(lanes, n);
}
