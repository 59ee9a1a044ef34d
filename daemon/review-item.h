/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-item.h - the item that a page or an act is about.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Items"
 */
#ifndef DAEMON_REVIEW_ITEM_H
#define DAEMON_REVIEW_ITEM_H

#include "daemon/review-route.h"
#include "spool/item.h"
#include "spool/record.h"

typedef struct {
    SpoolItem *item;
    SpoolRecord *record;
} DaemonReviewView;
void daemon_review_view_clear(DaemonReviewView *view);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DaemonReviewView, daemon_review_view_clear)

/* The item that the first argument of the path names, for who asks.  The one place where "is it
 * restricted?" is asked.
 * Errors: SPOOL_ERROR_NOT_FOUND, also when they may not see it. */
bool daemon_review_view_open(DaemonReview *review, const DaemonReviewRequest *request,
                             DaemonReviewView *out_view, GError **error);

#endif
