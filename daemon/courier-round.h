/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier-round.h - one commit of the courier, and what may be done for it.
 *
 * Runs in:  courier.
 * Source:   doc/replies.md, "Sending"; doc/spool.md, "Replies"
 */
#ifndef DAEMON_COURIER_ROUND_H
#define DAEMON_COURIER_ROUND_H

#include "daemon/canary.h"
#include "daemon/courier-window.h"
#include "daemon/webhook.h"

/* What the courier works with, from its start to its end. */
typedef struct {
    const DaemonCourierWork *work;
    DaemonCourierTray tray;
    DaemonCourierLane lanes[DAEMON_COURIER_LANES_MAX];
    DaemonCourierWindow window;
    guint n_lanes;
    guint busy;             /* replies sent since there was nothing to send */
    DaemonWebhook *webhook; /* NULL: nothing is handed over */
    DaemonCourierPress press;
    DaemonCanary canary;
    char *owner;
} DaemonCourierRound;

/* Whether we were told to stop; and whether nothing may leave for that or for the relay's trouble.
 */
bool daemon_courier_round_is_stopping(const DaemonCourierRound *courier);
bool daemon_courier_round_is_held_up(const DaemonCourierRound *courier);

/* Tell whoever asked that we are alive. */
void daemon_courier_round_alive(const DaemonCourierRound *courier);

/* Lanes that the work is worth: one, and as many as the way to the relay has room for while there
 * is no end to it. */
guint daemon_courier_round_lanes(const DaemonCourierRound *courier);

/* Commit what there is to be committed, and write the letters that were taken.  A full disk is
 * waited for while something has left whose fate is not on disk yet. Errors: those of the spool. */
bool daemon_courier_round_settle(DaemonCourierRound *courier, GError **error);

#endif
