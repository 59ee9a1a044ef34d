/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-original.h - what came in, and what was answered, as it can be shown.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "The original"
 */
#ifndef DAEMON_REVIEW_ORIGINAL_H
#define DAEMON_REVIEW_ORIGINAL_H

#include "daemon/review-item.h"
#include "daemon/review-page.h"
#include "spool/outbox.h"

/* Add "original" to the data of an item's page: its parts with their texts, tables and pictures;
 * and "where" to each answer of its "sections": the element in which it was read.
 *
 * What cannot be shown is said on the page.
 *
 * Errors: of the spool */
bool daemon_review_original_add(DaemonReview *review, const DaemonReviewView *view, json_t *data,
                                GError **error);

/* Add "letter" to a reply on the page: its headers and words as it left, once it has; or "unshown",
 * which the page says.  Looked at as a stranger's is: his address and Message-ID stand in it.
 *
 * Errors: of the spool */
bool daemon_review_original_sent(DaemonReview *review, const SpoolOutboxRow *row, json_t *reply,
                                 GError **error);

#endif
