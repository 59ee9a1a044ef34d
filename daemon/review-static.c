/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-static.c - pages and files that are the same for everybody.
 *
 * Runs in:  review.
 * Source:   doc/review.md
 */
#include "config.h"

#include "daemon/review-page.h"
#include "daemon/review-pages.h"
#include "templates/file.h"

DAEMON_REVIEW_HANDLER(daemon_review_home)
{
    (void)review;
    (void)error;
    if (request->session == NULL)
        daemon_review_go(response, "/sign-in");
    else if (daemon_review_has_right(request->session->account->roles, DAEMON_RIGHT_SEE))
        daemon_review_go(response, "/queue");
    else
        daemon_review_go(response, "/accounts");
    return true;
}

static bool
file(DaemonReview *review, DaemonReviewResponse *response, const char *name, const char *type,
     GError **error)
{
    if (!templates_file_get(review->settings->templates, name, &response->body, error))
        return false;
    response->status = MHD_HTTP_OK;
    response->type = type;
    return true;
}

DAEMON_REVIEW_HANDLER(daemon_review_style)
{
    (void)request;
    return file(review, response, "pages/style.css", "text/css; charset=utf-8", error);
}

DAEMON_REVIEW_HANDLER(daemon_review_script)
{
    (void)request;
    return file(review, response, "pages/script.js", "text/javascript; charset=utf-8", error);
}

DAEMON_REVIEW_HANDLER(daemon_review_accessibility)
{
    return daemon_review_page(review, request, response, "accessibility",
                              json_pack("{s:s}", "title", "Accessibility statement"), error);
}
