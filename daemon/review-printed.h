/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-printed.h - office files as pages: asked for by who looks, made by the printer.
 *
 * No page waits for them: it says that they are being made.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Pages of office files"
 */
#ifndef DAEMON_REVIEW_PRINTED_H
#define DAEMON_REVIEW_PRINTED_H

#include "daemon/review.h"

/* Have the viewer use what was made of a mail.  out_printed: array of SpoolPrinted; owned.
 *
 * Errors: SPOOL_ERROR_* */
bool daemon_review_printed_load(const DaemonReview *review, DaemonViewer *viewer, gint64 mail_id,
                                GArray **out_printed, GError **error);

typedef enum {
    DAEMON_REVIEW_PRINTED_NOT,     /* nothing here prints it */
    DAEMON_REVIEW_PRINTED_WAITING, /* asked for, perhaps just now */
    DAEMON_REVIEW_PRINTED_FAILED
} DaemonReviewPrinted;

/* What has become of a part that could be printed; it is asked for if nobody has.  Never fails: a
 * page is shown without pictures rather than not at all. */
DaemonReviewPrinted daemon_review_printed_want(DaemonReview *review, gint64 mail_id, guint part,
                                               const GArray *printed);

#endif
