/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier-pace.h - how many replies may leave now: the relay's limit, and its bad moments.
 *
 * Times are monotonic microseconds, so that a jump of the clock changes nothing.
 *
 * Runs in:  courier.
 * Source:   doc/replies.md, "Sending"
 */
#ifndef DAEMON_COURIER_PACE_H
#define DAEMON_COURIER_PACE_H

#include <stdbool.h>

#include "daemon/backoff.h"
#include "daemon/settings.h"

typedef struct {
    double per_us, most, tokens; /* a bucket of tokens; per_us 0: no limit */
    gint64 filled;               /* when tokens was right */
    DaemonBackoff backoff;
    gint64 until; /* the relay is left in peace until then; 0: it is not */
} DaemonCourierPace;

/* Replies a minute that the settings, or what is known of their relay, allow; 0: no limit. */
guint daemon_courier_pace_rate(const DaemonSettings *settings);

/* Never more than rate in any minute, whenever that begins. */
void daemon_courier_pace_init(DaemonCourierPace *pace, const DaemonSettings *settings, gint64 now);

/* How many of those wanted may leave now. */
guint daemon_courier_pace_allow(DaemonCourierPace *pace, gint64 now, guint wanted);
/* So many were taken to leave, or (negative) given back. */
void daemon_courier_pace_spend(DaemonCourierPace *pace, int count);

/* The relay takes nothing, or something again. */
void daemon_courier_pace_trouble(DaemonCourierPace *pace, gint64 now);
void daemon_courier_pace_fine(DaemonCourierPace *pace);

/* In how many microseconds one may leave; 0: now. */
gint64 daemon_courier_pace_wait(DaemonCourierPace *pace, gint64 now);

#endif
