/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-lists.c - lists of items that have a page of their own: redirected, ignored.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Pages"
 */
#include "config.h"

#include "daemon/review-page.h"
#include "daemon/review-pages.h"

#define PAGE_ITEMS 50u

/* What a page lists, newest first, whatever its state. */
typedef struct {
    const char *title, *lead, *outcome;
} List;

static bool
show(DaemonReview *review, const DaemonReviewRequest *request, DaemonReviewResponse *response,
     const List *list, GError **error)
{
    const SpoolItemFilter filter = {.outcome = list->outcome,
                                    .state = "any",
                                    .account = request->session->account->id,
                                    .after = daemon_review_query(request, "after"),
                                    .max = PAGE_ITEMS};
    g_autoptr(json_t) data = json_pack("{s:s, s:s}", "title", list->title, "lead", list->lead);

    return daemon_review_items(review, request, &filter, data, error) &&
           daemon_review_page(review, request, response, "list", json_incref(data), error);
}

DAEMON_REVIEW_HANDLER(daemon_review_redirected)
{
    const List list = {
        "Sent to the portal",
        "Whoever wrote these was told to use the portal. If one of them was a parent, a "
        "carer or a member of the public, open it and choose \"This was a parent\".",
        "redirect"};

    return show(review, request, response, &list, error);
}

DAEMON_REVIEW_HANDLER(daemon_review_ignored)
{
    const List list = {
        "Not for the service",
        "Newsletters, automatic answers, mails that came by mistake. Nobody was answered. "
        "Look over them from time to time: a mistake here is a mail lost.",
        "ignore"};

    return show(review, request, response, &list, error);
}

/* A reference as people say it on the telephone leads to its item. */
DAEMON_REVIEW_HANDLER(daemon_review_record)
{
    g_autoptr(SpoolItem) item = NULL;

    if (!spool_item_find(review->db, request->args[0], request->session->account->id, &item, error))
        return false;
    daemon_review_go(response, "/item/%" G_GINT64_FORMAT, item->record_id);
    return true;
}
