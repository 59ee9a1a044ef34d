/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-pages.h - the handlers that the table of routes names.
 *
 * Each answers one route (daemon/review-route.c) and is called only for who has its right; see
 * DaemonReviewHandler.
 *
 * Runs in:  review.
 * Source:   doc/review.md
 */
#ifndef DAEMON_REVIEW_PAGES_H
#define DAEMON_REVIEW_PAGES_H

#include "daemon/review-route.h"

#define DAEMON_REVIEW_HANDLER(name)                                                                \
    bool name(DaemonReview *review, DaemonReviewRequest *request, DaemonReviewResponse *response,  \
              GError **error)

/* daemon/review-static.c: what is the same for everybody. */
DAEMON_REVIEW_HANDLER(daemon_review_home);
DAEMON_REVIEW_HANDLER(daemon_review_style);
DAEMON_REVIEW_HANDLER(daemon_review_script);
DAEMON_REVIEW_HANDLER(daemon_review_accessibility);
/* daemon/review-sign-in.c: who it is. */
DAEMON_REVIEW_HANDLER(daemon_review_sign_in_page);
DAEMON_REVIEW_HANDLER(daemon_review_sign_in);
DAEMON_REVIEW_HANDLER(daemon_review_second_page);
DAEMON_REVIEW_HANDLER(daemon_review_second);
DAEMON_REVIEW_HANDLER(daemon_review_sign_out);
/* daemon/review-queue.c: lists of items. */
DAEMON_REVIEW_HANDLER(daemon_review_queue);
/* daemon/review-item.c: one item. */
DAEMON_REVIEW_HANDLER(daemon_review_item);
/* daemon/review-act.c: acts on an item, and drafts of them. */
DAEMON_REVIEW_HANDLER(daemon_review_act_page);
DAEMON_REVIEW_HANDLER(daemon_review_act);
DAEMON_REVIEW_HANDLER(daemon_review_draft);
/* daemon/review-printed.c: how many office files are still being made into pages. */
DAEMON_REVIEW_HANDLER(daemon_review_waiting);
/* daemon/review-record.c: copies of a record. */
DAEMON_REVIEW_HANDLER(daemon_review_record_pdf);
DAEMON_REVIEW_HANDLER(daemon_review_record_json);
DAEMON_REVIEW_HANDLER(daemon_review_record_zip_page);
DAEMON_REVIEW_HANDLER(daemon_review_record_zip);
/* daemon/review-lists.c: what was turned away or left aside; an item by its reference. */
DAEMON_REVIEW_HANDLER(daemon_review_redirected);
DAEMON_REVIEW_HANDLER(daemon_review_ignored);
DAEMON_REVIEW_HANDLER(daemon_review_record);
/* daemon/review-tasks.c: who has not been told. */
DAEMON_REVIEW_HANDLER(daemon_review_tasks);
DAEMON_REVIEW_HANDLER(daemon_review_task_done);
/* daemon/review-outbox.c: what left, and what did not arrive. */
DAEMON_REVIEW_HANDLER(daemon_review_outbox);
/* daemon/review-consultations.c: No Named consultations. */
DAEMON_REVIEW_HANDLER(daemon_review_consultations);
DAEMON_REVIEW_HANDLER(daemon_review_consultation_form);
DAEMON_REVIEW_HANDLER(daemon_review_consultation_enter);
/* daemon/review-accounts.c: who may use the pages. */
DAEMON_REVIEW_HANDLER(daemon_review_accounts);
DAEMON_REVIEW_HANDLER(daemon_review_account_new);
DAEMON_REVIEW_HANDLER(daemon_review_account);
DAEMON_REVIEW_HANDLER(daemon_review_account_change);
DAEMON_REVIEW_HANDLER(daemon_review_account_password);
DAEMON_REVIEW_HANDLER(daemon_review_account_reset);
DAEMON_REVIEW_HANDLER(daemon_review_account_unlock);
/* daemon/review-password.c: one's own. */
DAEMON_REVIEW_HANDLER(daemon_review_password_page);
DAEMON_REVIEW_HANDLER(daemon_review_password);
/* daemon/review-health.c, daemon/review-figures.c: how it goes, and how it went. */
DAEMON_REVIEW_HANDLER(daemon_review_health);
DAEMON_REVIEW_HANDLER(daemon_review_figures);
DAEMON_REVIEW_HANDLER(daemon_review_figures_csv);
/* daemon/review-search.c: finding records. */
DAEMON_REVIEW_HANDLER(daemon_review_search_form);
DAEMON_REVIEW_HANDLER(daemon_review_search);
/* daemon/review-audit.c: who did what. */
DAEMON_REVIEW_HANDLER(daemon_review_audit);
DAEMON_REVIEW_HANDLER(daemon_review_audit_verify);
/* daemon/review-original.c: pictures of its pages. */
DAEMON_REVIEW_HANDLER(daemon_review_picture);
/* daemon/review-download.c: the mail as it came, sealed. */
DAEMON_REVIEW_HANDLER(daemon_review_download_page);
DAEMON_REVIEW_HANDLER(daemon_review_download);

#endif
