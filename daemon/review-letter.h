/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-letter.h - a reply that a person sends: seen before it leaves, then queued.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Acts"; doc/replies.md
 */
#ifndef DAEMON_REVIEW_LETTER_H
#define DAEMON_REVIEW_LETTER_H

#include "daemon/review-item.h"

/* The replies that a person may send; NULL-terminated, static. */
const char *const *daemon_review_letter_names(void);

/* Subject and text of a reply to an item's sender as it would leave now; "subject", a blank line,
 * the text.  The caller frees.
 *
 * name: one of the above; borrowed.
 * Errors: SPOOL_ERROR_STATE, there is no address to write to, or no such reply. */
bool daemon_review_letter_preview(const DaemonReview *review, const DaemonReviewView *view,
                                  const char *name, char **out_text, GError **error);

/* Queue it, in the open transaction.  Errors: as above. */
bool daemon_review_letter_queue(const DaemonReview *review, const DaemonReviewView *view,
                                const char *name, GError **error);

#endif
