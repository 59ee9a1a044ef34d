/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-original.h - the left side of an item's page: what came in, as it can be shown.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "The original"
 */
#ifndef DAEMON_REVIEW_ORIGINAL_H
#define DAEMON_REVIEW_ORIGINAL_H

#include "daemon/review-item.h"
#include "daemon/review-page.h"

/* Add "original" to the data of an item's page: its parts with their texts, tables and pictures;
 * and "where" to each answer of its "sections": the element in which it was read.
 *
 * What cannot be shown is said on the page.
 *
 * Errors: of the spool */
bool daemon_review_original_add(DaemonReview *review, const DaemonReviewView *view, json_t *data,
                                GError **error);

#endif
