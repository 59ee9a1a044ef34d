/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier-window.h - the moment in which a reply may be the relay's already, kept short.
 *
 * From a letter's final dot until its answer has been read and noted, nobody knows
 * whether the relay has taken it (RFC 1047).  In that time the courier does nothing else;
 * when the relay takes long, it goes on listening beside other work.  SIGTERM, which it also
 * gets when its supervisor dies, waits in both cases, and no further letter is given.
 *
 * Runs in:  courier.
 * Source:   doc/replies.md, "Sending"; RFC 1047
 */
#ifndef DAEMON_COURIER_WINDOW_H
#define DAEMON_COURIER_WINDOW_H

#include "daemon/courier-lane.h"

/* All zero at first. */
typedef struct {
    gint64 quickest; /* about the shortest time in which the relay answers now, microseconds */
} DaemonCourierWindow;

/* How many letters of n may be in the window at once: one, where the relay answers at once. */
guint daemon_courier_window_width(const DaemonCourierWindow *window, guint n);

/* An answer came after so many microseconds. */
void daemon_courier_window_learn(DaemonCourierWindow *window, gint64 took);

/* How many letters one commit may let leave: those for which so little time is needed that an
 * urgent one need not wait. */
guint daemon_courier_window_batch(const DaemonCourierWindow *window, guint lanes);

/* Whether a letter was given whose answer has not been heard. */
bool daemon_courier_window_is_open(const DaemonCourierLane *lanes, guint n);

/* Whether we are told to stop, or a SIGTERM waits for the window. */
bool daemon_courier_window_is_stopping(const DaemonCourierTray *tray);

/* After answers have been heard: let SIGTERM come again, unless one is still awaited, and has been
 * for less than a minute.  One that waits ends us here. */
void daemon_courier_window_let_end(const DaemonCourierLane *lanes, guint n);

/* Give every letter that is started, one after the other on each open connection, and wait for the
 * answers; a relay that takes its time is left to it, and heard later.  What has not left when the
 * relay fails, or when we are told to stop, stays in the queue. */
void daemon_courier_window_pass(DaemonCourierWindow *window, DaemonCourierLane *lanes, guint n,
                                DaemonCourierTray *tray);

#endif
