/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier-lane.h - one connection of the courier, and the letters on it.
 *
 * At most one letter is on a lane: offered first, then given.  Nothing follows a letter
 * that was given before its last answer has been read: whatever ends the connection in
 * between leaves it uncertain.
 *
 * Runs in:  courier.
 * Source:   doc/life-of-a-message.md, "Answer"
 */
#ifndef DAEMON_COURIER_LANE_H
#define DAEMON_COURIER_LANE_H

#include "daemon/courier-letter.h"
#include "daemon/courier-pace.h"

#define DAEMON_COURIER_LANES_MAX 16

typedef struct {
    DaemonSmtp *smtp;             /* NULL for a Maildir outbox */
    DaemonCourierLetter *given;   /* it may be the relay's; or NULL */
    DaemonCourierLetter *offered; /* nothing of it has left; or NULL */
    bool news;                    /* who polled has seen an answer */
    gint64 given_at;              /* monotonic microseconds */
    gint64 deadline;              /* for the next answer, monotonic microseconds */
    gint64 idle_since;            /* monotonic microseconds */
} DaemonCourierLane;

/* What all lanes share. */
typedef struct {
    const DaemonCourierWork *work;
    DaemonSmtpPeer peer;
    DaemonCourierPace pace;
    GQueue queue;    /* DaemonCourierLetter: taken from the spool, on no lane */
    GPtrArray *done; /* DaemonCourierLetter: what became of them is to be committed */
} DaemonCourierTray;

/* Whether there is a letter on it; whether an answer is awaited; and whether there is one, or its
 * time is over. */
bool daemon_courier_lane_is_busy(const DaemonCourierLane *lane);
/* Whether a letter can be offered on it without a connection being made first. */
bool daemon_courier_lane_is_open(const DaemonCourierLane *lane);
bool daemon_courier_lane_awaits(const DaemonCourierLane *lane);
bool daemon_courier_lane_is_ready(const DaemonCourierLane *lane, gint64 now);
/* Whether something must be done on it though nothing has come. */
bool daemon_courier_lane_is_due(const DaemonCourierLane *lane, gint64 now);

/* Take in the answers.  Letters go to done, or back to the queue when they could not be offered. */
void daemon_courier_lane_hear(DaemonCourierLane *lane, DaemonCourierTray *tray);

/* Send the letter that is agreed and started. */
void daemon_courier_lane_give(DaemonCourierLane *lane, DaemonCourierTray *tray);

/* Offer the next letter of the queue, connecting first where needed. */
void daemon_courier_lane_offer(DaemonCourierLane *lane, DaemonCourierTray *tray);

/* Send one mail that is no letter, and wait for what becomes of it; on a lane that is not busy.
 * Errors: those of daemon/smtp.h. */
bool daemon_courier_lane_send(DaemonCourierLane *lane, DaemonCourierTray *tray,
                              const DaemonSmtpMail *mail, GError **error);

/* End the connection.  A letter that was offered goes back to the queue; one that was given and
 * not answered is done, as uncertain. */
void daemon_courier_lane_close(DaemonCourierLane *lane, DaemonCourierTray *tray);

#endif
