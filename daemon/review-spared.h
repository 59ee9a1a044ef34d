/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-spared.h - what could not be shown a moment ago is not tried again at once.
 *
 * Whatever costs its reader all the time or memory it may have would cost it again at each look.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "The original"
 */
#ifndef DAEMON_REVIEW_SPARED_H
#define DAEMON_REVIEW_SPARED_H

#include <glib.h>
#include <stdbool.h>

#define DAEMON_REVIEW_SPARED_MINUTES 10u
#define DAEMON_REVIEW_SPARED_MAX 1000u /* notes; with one more the first are forgotten */
#define DAEMON_REVIEW_SPARED_VIEW (-1) /* instead of a part: the mail as a whole */

/* One worker's notes; in its memory. */
typedef struct DaemonReviewSpared DaemonReviewSpared;
DaemonReviewSpared *daemon_review_spared_new(void);
void daemon_review_spared_free(DaemonReviewSpared *spared);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonReviewSpared, daemon_review_spared_free)

/* Note an error: kept only when it is one that would cost as much again
 * (DAEMON_ERROR_PARSER_SLOW, _DIED).  now: g_get_monotonic_time(). */
void daemon_review_spared_note(DaemonReviewSpared *spared, gint64 mail_id, gint part,
                               const GError *problem, gint64 now);
bool daemon_review_spared_is(const DaemonReviewSpared *spared, gint64 mail_id, gint part,
                             gint64 now);

#endif
