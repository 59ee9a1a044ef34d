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
 * waited for while something has left whose fate is not on disk yet, and nothing new is begun then.
 * Errors: those of the spool: wind up, as what was begun may not be known any more. */
bool daemon_courier_round_settle(DaemonCourierRound *courier, GError **error);

/* Begin nothing more; what was given is waited for. */
void daemon_courier_round_drop_offers(DaemonCourierRound *courier);

/* Before the courier ends for an error: hear out the relay about all that was given, keep that, and
 * give back what has not left; as far as the spool lets us. */
void daemon_courier_round_wind_up(DaemonCourierRound *courier);

#endif
