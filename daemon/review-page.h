/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-page.h - pages from templates.
 *
 * Runs in:  review.
 * Source:   doc/review.md; templates/mustache.h
 */
#ifndef DAEMON_REVIEW_PAGE_H
#define DAEMON_REVIEW_PAGE_H

#include <jansson.h>

#include "daemon/review-route.h"
#include "spool/item.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

/* Answer with templates/pages/NAME.html filled in.
 *
 * data: what the page shows; what every page shows (who is signed in, where they may go, counts) is
 *       added; taken. */
bool daemon_review_page(DaemonReview *review, const DaemonReviewRequest *request,
                        DaemonReviewResponse *response, const char *name, json_t *data,
                        GError **error);

/* Answer with a page that says what is wrong and what to do.  Never fails. */
void daemon_review_sorry(DaemonReview *review, const DaemonReviewRequest *request,
                         DaemonReviewResponse *response, guint status);

/* A stranger's text for a page; a new reference. */
json_t *daemon_review_text(const char *text);
json_t *daemon_review_line(const char *text, guint max);
/* A time as "3 May 2024, 2:05pm" in the service's time zone; "" for 0; a new reference. */
json_t *daemon_review_time(const DaemonReview *review, gint64 at);

/* An item as a row of a list (daemon/review-queue.c); a new reference. */
json_t *daemon_review_item_row(const DaemonReview *review, const SpoolItem *item);

/* A page of a list into what a page shows: "items", "none", "first_page", "next"
 * (daemon/review-queue.c). */
bool daemon_review_items(DaemonReview *review, const DaemonReviewRequest *request,
                         const SpoolItemFilter *filter, json_t *data, GError **error);

/* Read all page templates, so that a broken one is found at start.
 * Errors: TEMPLATES_ERROR_SYNTAX, _MISSING. */
bool daemon_review_pages_check(const char *templates_folder, GError **error);

#endif
