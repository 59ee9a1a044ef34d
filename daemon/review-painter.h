/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-painter.h - pictures of pages, one after the other, while the worker serves others.
 *
 * A page that takes long to draw keeps waiting who wants pictures, and nobody else.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "The original"
 */
#ifndef DAEMON_REVIEW_PAINTER_H
#define DAEMON_REVIEW_PAINTER_H

#include "daemon/review.h"

#define DAEMON_REVIEW_PAINTER_MAX 100u /* that wait in one worker */

/* One picture of one mail, for somebody who may see it. */
typedef struct {
    gint64 mail_id;
    guint part, page; /* part from 0, page from 1 */
} DaemonReviewPicture;

/* Have it drawn by the painter of this worker, which is made with the first; the answer comes
 * later, or at once when it cannot be had. */
void daemon_review_painter_order(DaemonReview *review, DaemonReviewRequest *request,
                                 DaemonReviewResponse *response, const DaemonReviewPicture *what);

/* Take what is drawn, answer, and begin the next.  Never waits. */
void daemon_review_painter_step(DaemonReviewPainter *painter);
/* To poll for reading; -1 when nothing is being drawn.  painter: or NULL. */
int daemon_review_painter_fd(const DaemonReviewPainter *painter);

/* Lets go of all who wait: their connections end with the server. */
void daemon_review_painter_free(DaemonReviewPainter *painter);

#endif
