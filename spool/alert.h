/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/alert.h - how many alerts whoever is on duty gets.
 *
 * Runs in:  intake (queues), courier (counts).
 * Source:   doc/deciding.md, "Danger"
 */
#ifndef SPOOL_ALERT_H
#define SPOOL_ALERT_H

#include "spool/outbox.h"

/* Between two digests. */
#define SPOOL_ALERT_PAUSE_S 3600

/* Queue an alert, in the open transaction when there is one; beyond the limit of the hour a digest
 * in its place, at most one in an hour, that stands for all which come until it leaves.  Each mail
 * over the limit is followed by a digest within the hour.
 *
 * alert: its word, template, params and due are set here; borrowed.
 * limit: alerts in an hour; 0: no limit. */
bool spool_alert_queue(SpoolDb *db, const SpoolLetter *alert, guint limit, GError **error);

/* How many urgent items nobody has looked at yet. */
bool spool_alert_waiting(SpoolDb *db, guint *out_count, GError **error);

#endif
