/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier-window.c - the moment in which a reply may be the relay's already, kept short.
 *
 * What is lost when a courier dies is what is in the window then.  Letters side by side in it
 * are no worse than one after the other, as long as none waits there for another: the same
 * number of replies spends the same time in it.  So as many are given at once as the way to
 * the relay has room for, and no more; a relay that is near gets them one by one.
 *
 * Runs in:  courier.
 * Source:   doc/replies.md, "Sending"; RFC 1047
 */
#include "config.h"

#include "daemon/courier-window.h"

#include <poll.h>
#include <signal.h>

#define PATIENCE_US (G_USEC_PER_SEC / 2) /* then other work goes on beside the waiting */
#define EACH_US 2500                     /* one more at once for so much of the way */
#define FORGET 16 /* what was quickest grows by this part, as relays change */

guint
daemon_courier_window_width(const DaemonCourierWindow *window, guint n)
{
    return (guint)CLAMP(1 + window->quickest / EACH_US, 1, (gint64)MAX(n, 1));
}

void
daemon_courier_window_learn(DaemonCourierWindow *window, gint64 took)
{
    gint64 known = window->quickest + window->quickest / FORGET + 1;

    window->quickest = window->quickest == 0 ? took : MIN(took, known);
}

static guint
count_given(const DaemonCourierLane *lanes, guint n)
{
    guint given = 0;

    for (guint i = 0; i < n; i++)
        given += lanes[i].given != NULL;
    return given;
}

static void
give(DaemonCourierLane *lanes, guint n, guint width, DaemonCourierTray *tray)
{
    guint given = count_given(lanes, n);

    for (guint i = 0; i < n && given < width; i++)
        if (lanes[i].offered != NULL && lanes[i].offered->started) {
            daemon_courier_lane_give(&lanes[i], tray);
            given += lanes[i].given != NULL;
        }
}

static void
hear(DaemonCourierWindow *window, DaemonCourierLane *lanes, guint n, DaemonCourierTray *tray)
{
    for (guint i = 0; i < n; i++) {
        gint64 now = g_get_monotonic_time();

        if (lanes[i].given == NULL || !daemon_courier_lane_is_ready(&lanes[i], now))
            continue;
        daemon_courier_lane_hear(&lanes[i], tray);
        daemon_courier_window_learn(window, now - lanes[i].given_at);
    }
}

static void
await(const DaemonCourierLane *lanes, guint n, gint64 us)
{
    struct pollfd fds[DAEMON_COURIER_LANES_MAX];
    gint64 now = g_get_monotonic_time();
    nfds_t count = 0;

    g_assert(n <= G_N_ELEMENTS(fds));
    for (guint i = 0; i < n; i++) {
        if (lanes[i].given == NULL)
            continue;
        if (daemon_courier_lane_is_ready(&lanes[i], now))
            return;
        fds[count++] = (struct pollfd){daemon_smtp_fd(lanes[i].smtp), POLLIN, 0};
    }
    (void)poll(fds, count, (int)(us / 1000 + 1));
}

static void
pass(DaemonCourierWindow *window, DaemonCourierLane *lanes, guint n, DaemonCourierTray *tray)
{
    gint64 until = g_get_monotonic_time() + PATIENCE_US, left;

    while ((left = until - g_get_monotonic_time()) > 0) {
        give(lanes, n, daemon_courier_window_width(window, n), tray);
        if (count_given(lanes, n) == 0)
            return;
        await(lanes, n, left);
        hear(window, lanes, n, tray);
    }
    window->quickest = MAX(window->quickest, PATIENCE_US);
    give(lanes, n, n, tray);
}

void
daemon_courier_window_pass(DaemonCourierWindow *window, DaemonCourierLane *lanes, guint n,
                           DaemonCourierTray *tray)
{
    sigset_t term, before;

    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, &before);
    pass(window, lanes, n, tray);
    /* One that came meanwhile ends us here. */
    sigprocmask(SIG_SETMASK, &before, NULL);
}
