/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-steps.h - documents of a mail as data for the page's templates, with marks.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "The original"; parsers/view.h
 */
#ifndef DAEMON_REVIEW_STEPS_H
#define DAEMON_REVIEW_STEPS_H

#include "daemon/review-page.h"
#include "parsers/view.h"

/* What is marked in one mail. */
typedef struct DaemonReviewSteps DaemonReviewSteps;

/* item: its number in paths. */
DaemonReviewSteps *daemon_review_steps_new(gint64 item);
void daemon_review_steps_free(DaemonReviewSteps *steps);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonReviewSteps, daemon_review_steps_free)

/* Ask that a place of a part ("table 1, row 2, column 2") be marked, if it is there. */
void daemon_review_steps_want(DaemonReviewSteps *steps, guint part, const char *place);
/* Was it there?  To be asked when all parts are made. */
bool daemon_review_steps_has(const DaemonReviewSteps *steps, guint part, const char *place);
/* The id of its element: fixed letters, digits and "-" only.  The caller frees. */
char *daemon_review_steps_id(guint part, const char *place);

/* The pictures of a part's pages, with marks over them; new references. */
json_t *daemon_review_steps_pages(const DaemonReviewSteps *steps, const ParsersViewPart *part,
                                  guint number);
/* Its texts and tables. */
json_t *daemon_review_steps_text(const DaemonReviewSteps *steps, const ParsersViewPart *part,
                                 guint number);

#endif
