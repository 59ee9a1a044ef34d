/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier-gather.h - wait for the relay's answers, and hear those together that come
 * together.
 *
 * Runs in:  courier.
 * Source:   doc/replies.md, "Sending"
 */
#ifndef DAEMON_COURIER_GATHER_H
#define DAEMON_COURIER_GATHER_H

#include "daemon/courier-lane.h"

/* Wait until there is something to commit, and a moment longer for what may share the commit.
 * Returns at once when no answer is awaited, and when the courier is told to stop. */
void daemon_courier_gather(DaemonCourierLane *lanes, guint n, DaemonCourierTray *tray);

#endif
