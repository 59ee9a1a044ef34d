/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-split.h - several forms of one mail become records of their own.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Acts"
 */
#ifndef DAEMON_REVIEW_SPLIT_H
#define DAEMON_REVIEW_SPLIT_H

#include "daemon/review-acts.h"

/* Each further form that is not blank becomes a record with a reference of its own, linked with the
 * first; in the open transaction.  The original mail stays with the first.
 * Errors: SPOOL_ERROR_STATE, there is only one form. */
bool daemon_review_split(const DaemonReviewDeed *deed, GError **error);

#endif
