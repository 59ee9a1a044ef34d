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

#include "daemon/doorbell.h"

#define PATIENCE_US (G_USEC_PER_SEC / 2) /* then other work goes on beside the waiting */
#define EACH_US 2500                     /* one more at once for so much of the way */
#define FORGET 16 /* what was quickest grows by this part, as relays change */
#define BATCH_US 100000
#define BATCH_MAX 16                  /* letters to a lane */
#define OWN_US 1000                   /* of our own work for each */
#define STOP_US (60 * G_USEC_PER_SEC) /* a stop takes no longer (doc/process-model.md) */

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

guint
daemon_courier_window_batch(const DaemonCourierWindow *window, guint lanes)
{
    /* Two answers are awaited for each letter. */
    gint64 each = 2 * window->quickest + OWN_US;

    /* Nothing is known of the relay yet. */
    if (window->quickest == 0)
        return lanes;
    return lanes * (guint)CLAMP(BATCH_US / each, 1, BATCH_MAX);
}

static guint
count_given(const DaemonCourierLane *lanes, guint n)
{
    guint given = 0;

    for (guint i = 0; i < n; i++)
        given += lanes[i].given != NULL;
    return given;
}

bool
daemon_courier_window_is_stopping(const DaemonCourierTray *tray)
{
    sigset_t waiting;

    return daemon_doorbell_wait(tray->work->stop_fd, -1, 0) ||
           (sigpending(&waiting) == 0 && sigismember(&waiting, SIGTERM) == 1);
}

static void
mask(int how)
{
    sigset_t term;

    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(how, &term, NULL);
}

void
daemon_courier_window_let_end(const DaemonCourierLane *lanes, guint n)
{
    gint64 since = g_get_monotonic_time() - STOP_US;

    for (guint i = 0; i < n; i++)
        if (lanes[i].given != NULL && lanes[i].given_at > since)
            return;
    mask(SIG_UNBLOCK);
}

bool
daemon_courier_window_is_open(const DaemonCourierLane *lanes, guint n)
{
    return count_given(lanes, n) > 0;
}

static void
give(DaemonCourierLane *lanes, guint n, guint width, DaemonCourierTray *tray)
{
    guint given = count_given(lanes, n);

    for (guint i = 0; i < n && given < width; i++) {
        const DaemonCourierLetter *letter = lanes[i].offered;

        if (letter == NULL || !letter->started || !letter->agreed)
            continue;
        if (daemon_courier_window_is_stopping(tray))
            return;
        daemon_courier_lane_give(&lanes[i], tray);
        given += lanes[i].given != NULL;
    }
}

static guint
count_busy(const DaemonCourierLane *lanes, guint n)
{
    guint busy = 0;

    for (guint i = 0; i < n; i++)
        busy += daemon_courier_lane_is_busy(&lanes[i]);
    return busy;
}

static bool
may_begin(const DaemonCourierTray *tray)
{
    return g_get_monotonic_time() >= tray->pace.until && !daemon_courier_window_is_stopping(tray);
}

/* The next letters that are started, on connections that are open: no greeting is waited for. */
static void
offer(DaemonCourierLane *lanes, guint n, guint width, DaemonCourierTray *tray)
{
    guint busy = count_busy(lanes, n);

    for (guint i = 0; i < n && busy < width; i++) {
        const DaemonCourierLetter *next = g_queue_peek_head(&tray->queue);

        if (next == NULL || !next->started)
            return;
        if (daemon_courier_lane_is_busy(&lanes[i]) || !daemon_courier_lane_is_open(&lanes[i]))
            continue;
        if (!may_begin(tray))
            return;
        daemon_courier_lane_offer(&lanes[i], tray);
        busy += daemon_courier_lane_is_busy(&lanes[i]);
    }
}

static bool
takes_part(const DaemonCourierLane *lane)
{
    return lane->given != NULL ||
           (lane->offered != NULL && lane->offered->started && !lane->offered->agreed);
}

/* Whether there was an answer. */
static bool
hear(DaemonCourierWindow *window, DaemonCourierLane *lanes, guint n, DaemonCourierTray *tray)
{
    bool heard = false;

    for (guint i = 0; i < n; i++) {
        bool given = lanes[i].given != NULL;
        gint64 now = g_get_monotonic_time();

        if (!takes_part(&lanes[i]) || !daemon_courier_lane_is_ready(&lanes[i], now))
            continue;
        daemon_courier_lane_hear(&lanes[i], tray);
        if (given)
            daemon_courier_window_learn(window, now - lanes[i].given_at);
        heard = true;
    }
    return heard;
}

/* Whether any answer is awaited; waits for the first. */
static bool
await(DaemonCourierLane *lanes, guint n, gint64 us)
{
    struct pollfd fds[DAEMON_COURIER_LANES_MAX];
    DaemonCourierLane *polled[DAEMON_COURIER_LANES_MAX];
    gint64 now = g_get_monotonic_time();
    nfds_t count = 0;

    g_assert(n <= G_N_ELEMENTS(fds));
    for (guint i = 0; i < n; i++) {
        if (!takes_part(&lanes[i]))
            continue;
        if (lanes[i].news || daemon_courier_lane_is_due(&lanes[i], now))
            return true;
        polled[count] = &lanes[i];
        fds[count++] = (struct pollfd){daemon_smtp_fd(lanes[i].smtp), POLLIN, 0};
    }
    if (count > 0 && poll(fds, count, (int)(us / 1000 + 1)) > 0)
        for (nfds_t i = 0; i < count; i++)
            polled[i]->news = fds[i].revents != 0;
    return count > 0;
}

static void
pass(DaemonCourierWindow *window, DaemonCourierLane *lanes, guint n, DaemonCourierTray *tray)
{
    gint64 until = g_get_monotonic_time() + PATIENCE_US, left;

    while ((left = until - g_get_monotonic_time()) > 0) {
        guint width = daemon_courier_window_width(window, n);

        give(lanes, n, width, tray);
        offer(lanes, n, width, tray);
        if (!await(lanes, n, left))
            return;
        if (hear(window, lanes, n, tray))
            until = g_get_monotonic_time() + PATIENCE_US;
    }
    window->quickest = MAX(window->quickest, PATIENCE_US);
    give(lanes, n, n, tray);
}

void
daemon_courier_window_pass(DaemonCourierWindow *window, DaemonCourierLane *lanes, guint n,
                           DaemonCourierTray *tray)
{
    mask(SIG_BLOCK);
    pass(window, lanes, n, tray);
    daemon_courier_window_let_end(lanes, n);
}
