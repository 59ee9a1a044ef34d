/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-sealed.h - what a stranger sent leaves only as an archive with a password.
 *
 * The password is ours, shown once to who downloads, and stands in no URL and no log.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "The original"
 */
#ifndef DAEMON_REVIEW_SEALED_H
#define DAEMON_REVIEW_SEALED_H

#include "daemon/review-item.h"
#include "templates/zip.h"

/* The page that warns, with a password of its own, before a download.
 *
 * title: what is downloaded; path: where its form goes to below the item; both static. */
bool daemon_review_sealed_page(DaemonReview *review, DaemonReviewRequest *request,
                               DaemonReviewResponse *response, const char *title, const char *path,
                               GError **error);

/* The password that the form brings back; borrowed.  Errors: SPOOL_ERROR_STATE, not one of ours. */
bool daemon_review_sealed_password(const DaemonReviewRequest *request, const char **out_password,
                                   GError **error);

#endif
