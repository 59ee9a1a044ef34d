/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-password.c - changing one's own password.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "People"
 */
#include "config.h"

#include <string.h>

#include "daemon/review-page.h"
#include "daemon/review-pages.h"
#include "spool/account.h"

static bool
show(DaemonReview *review, const DaemonReviewRequest *request, DaemonReviewResponse *response,
     const char *problem, GError **error)
{
    bool done = g_strcmp0(daemon_review_query(request, "done"), "yes") == 0;

    return daemon_review_page(review, request, response, "password",
                              json_pack("{s:s, s:i, s:b, s:s*}", "title", "Your password", "least",
                                        (int)SPOOL_PASSWORD_MIN, "done", done, "problem", problem),
                              error);
}

/* With single sign-on there is none to change. */
static bool
is_elsewhere(DaemonReview *review, const DaemonReviewRequest *request,
             DaemonReviewResponse *response)
{
    if (review->settings->review_sso_header == NULL)
        return false;
    daemon_review_sorry(review, request, response, MHD_HTTP_NOT_FOUND);
    return true;
}

DAEMON_REVIEW_HANDLER(daemon_review_password_page)
{
    return is_elsewhere(review, request, response) || show(review, request, response, NULL, error);
}

static bool
answer_wrong(DaemonReview *review, const DaemonReviewRequest *request,
             DaemonReviewResponse *response, const char *problem, GError **error)
{
    response->status = MHD_HTTP_UNPROCESSABLE_CONTENT;
    return show(review, request, response, problem, error);
}

/* All sessions end with the old password; this browser goes on in a new one. */
static bool
change(DaemonReview *review, const DaemonReviewRequest *request, DaemonReviewResponse *response,
       const char *password, GError **error)
{
    const SpoolAccount *account = request->session->account;
    g_autoptr(GError) problem = NULL;

    if (!spool_account_set_password(review->db, account->id, password, account->name, &problem)) {
        if (g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_STATE))
            return answer_wrong(review, request, response, problem->message, error);
        g_propagate_error(error, g_steal_pointer(&problem));
        return false;
    }
    g_clear_pointer(&response->token, g_free);
    if (!spool_session_begin(review->db, account->id, true, &response->token, error))
        return false;
    daemon_review_go(response, "/password?done=yes");
    return true;
}

/* The old one is asked for: a desk that somebody has left must not give an account away.  Wrong
 * ones count as at sign-in. */
DAEMON_REVIEW_HANDLER(daemon_review_password)
{
    const char *old = daemon_review_field(request, "old");
    const char *new = daemon_review_field(request, "new");
    const char *again = daemon_review_field(request, "again");
    g_autoptr(SpoolAccount) account = NULL;
    SpoolProof proof = SPOOL_PROOF_WRONG;

    if (is_elsewhere(review, request, response))
        return true;
    if (old == NULL || new == NULL || strlen(old) > SPOOL_PASSWORD_MAX)
        return answer_wrong(review, request, response, "Fill in all three.", error);
    if (g_strcmp0(new, again) != 0)
        return answer_wrong(review, request, response, "The two new passwords differ.", error);
    const SpoolAccountClaim claim = {request->session->account->name, old, request->device};

    if (!spool_account_check_password(review->db, &claim, &proof, &account, error))
        return false;
    if (proof != SPOOL_PROOF_GOOD)
        return answer_wrong(
            review, request, response,
            proof == SPOOL_PROOF_LOCKED
                ? "This account is locked after too many wrong tries. Try again later."
                : "The password that you have now is not right.",
            error);
    return change(review, request, response, new, error);
}
