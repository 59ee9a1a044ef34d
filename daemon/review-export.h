/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-export.h - a record on its way out: as JSON, and to the case system.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Getting it out"
 */
#ifndef DAEMON_REVIEW_EXPORT_H
#define DAEMON_REVIEW_EXPORT_H

#include <jansson.h>

#include "daemon/review-acts.h"

/* A record, what people decided about it, and what they did; out_json: a new reference. */
bool daemon_review_export_json(const DaemonReview *review, const DaemonReviewView *view,
                               json_t **out_json, GError **error);

/* The act "export": queue the record for the case system, as it is now.
 * Errors: SPOOL_ERROR_STATE, there is no case system in the settings; those of
 * spool_handover_queue(). */
bool daemon_review_export(const DaemonReviewDeed *deed, GError **error);

#endif
