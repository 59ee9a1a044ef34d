/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review.c - the staff pages: the loop, and what each request goes through.
 *
 * Who it is, where it goes, whether it may, whether it was really meant: in this
 * order, before any handler sees it.
 *
 * Runs in:  review.
 * Source:   doc/review.md
 */
#include "config.h"

#include <openssl/crypto.h>
#include <poll.h>
#include <string.h>

#include "daemon/disposition.h"
#include "daemon/log.h"
#include "daemon/review-client.h"
#include "daemon/review-page.h"
#include "daemon/review-painter.h"
#include "daemon/review-route.h"
#include "daemon/review-spared.h"
#include "daemon/start.h"

#define STEP_MS 500

/* Whom the proxy before us names, in small letters; NULL when nobody trusted names anybody. */
static char *
named_by_proxy(const DaemonReview *review, const DaemonReviewRequest *request)
{
    const DaemonSettings *settings = review->settings;
    const char *name = daemon_review_header(request, settings->review_sso_header);

    return name != NULL && daemon_review_client_listed(settings->review_sso_peers, request->peer)
               ? g_ascii_strdown(name, -1)
               : NULL;
}

/* A new session for a name; none, and no error, when there is no such account. */
static bool
sign_in_by_name(DaemonReview *review, DaemonReviewRequest *request, const char *name,
                GError **error)
{
    g_autoptr(SpoolAccount) account = NULL;
    g_autoptr(GError) problem = NULL;

    g_clear_pointer(&request->token, g_free);
    if (!spool_account_find(review->db, name, &account, &problem)) {
        if (g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_NOT_FOUND))
            return true;
        g_propagate_error(error, g_steal_pointer(&problem));
        return false;
    }
    return account->disabled ||
           spool_session_begin(review->db, account->id, true, &request->token, error);
}

/* The session of the cookie.  With single sign-on it counts only beside the name that began it: who
 * signs out there, or leaves the browser to a colleague, leaves nothing behind here. */
static bool
find_session(DaemonReview *review, DaemonReviewRequest *request, DaemonReviewResponse *response,
             GError **error)
{
    guint quiet = review->settings->review_session_minutes * 60;
    g_autofree char *name = NULL;

    if (!spool_session_get(review->db, request->token, quiet, &request->session, error))
        return false;
    if (review->settings->review_sso_header == NULL)
        return true;
    name = named_by_proxy(review, request);
    if (request->session != NULL && g_strcmp0(request->session->account->name, name) == 0)
        return true;
    g_clear_pointer(&request->session, spool_session_free);
    if (name == NULL)
        return true;
    if (!sign_in_by_name(review, request, name, error) ||
        !spool_session_get(review->db, request->token, quiet, &request->session, error))
        return false;
    response->token = g_strdup(request->token);
    return true;
}

/* What stands between a request and its handler; 0: nothing. */
static guint
refuse(const DaemonReview *review, const DaemonReviewRequest *request,
       const DaemonReviewRoute *route)
{
    const SpoolSession *session = request->session;
    bool post = strcmp(request->method, "POST") == 0;
    const char *csrf = post ? daemon_review_field(request, "csrf") : NULL;

    if (post && !daemon_review_same_site(request, review->settings))
        return MHD_HTTP_FORBIDDEN;
    if (route->right == DAEMON_RIGHT_NOBODY)
        return 0;
    if (session == NULL || (!session->full && route->right != DAEMON_RIGHT_HALF))
        return MHD_HTTP_UNAUTHORIZED;
    if (!daemon_review_has_right(session->account->roles, route->right))
        return MHD_HTTP_FORBIDDEN;
    if (post && (csrf == NULL || strlen(csrf) != strlen(session->csrf) ||
                 CRYPTO_memcmp(csrf, session->csrf, strlen(csrf)) != 0))
        return MHD_HTTP_FORBIDDEN;
    return 0;
}

/* Somebody who is not signed in is sent to sign in, and comes back to the queue: where they were
 * going is not kept, as it would stand in a URL. */
static void
answer_refused(DaemonReview *review, const DaemonReviewRequest *request,
               DaemonReviewResponse *response, guint status)
{
    bool half = request->session != NULL && !request->session->full;

    if (status == MHD_HTTP_UNAUTHORIZED && review->settings->review_sso_header == NULL)
        daemon_review_go(response, half ? "/second-factor" : "/sign-in");
    else
        daemon_review_sorry(review, request, response, status);
}

static guint
status_of(const GError *error)
{
    if (g_error_matches(error, SPOOL_ERROR, SPOOL_ERROR_NOT_FOUND))
        return MHD_HTTP_NOT_FOUND;
    if (g_error_matches(error, SPOOL_ERROR, SPOOL_ERROR_STALE))
        return MHD_HTTP_CONFLICT;
    if (g_error_matches(error, SPOOL_ERROR, SPOOL_ERROR_STATE) ||
        g_error_matches(error, SPOOL_ERROR, SPOOL_ERROR_TOO_BIG))
        return MHD_HTTP_BAD_REQUEST;
    if (g_error_matches(error, SPOOL_ERROR, SPOOL_ERROR_BUSY) ||
        g_error_matches(error, SPOOL_ERROR, SPOOL_ERROR_FULL))
        return MHD_HTTP_SERVICE_UNAVAILABLE;
    return MHD_HTTP_INTERNAL_SERVER_ERROR;
}

/* Never the text of the error: it may name what this person may not know. */
static void
answer_error(DaemonReview *review, const DaemonReviewRequest *request,
             DaemonReviewResponse *response, const GError *error)
{
    guint status = status_of(error);

    if (status >= MHD_HTTP_INTERNAL_SERVER_ERROR)
        daemon_log(DAEMON_LOG_ERROR, "review", "%s", error->message);
    if (daemon_disposition(error, NULL) == DAEMON_STOP)
        review->stop = true;
    daemon_review_sorry(review, request, response, status);
}

void
daemon_review_serve(DaemonReviewRequest *request, DaemonReviewResponse *response, gpointer data)
{
    DaemonReview *review = data;
    g_autoptr(GError) error = NULL;
    bool other_method = false;
    const DaemonReviewRoute *route = daemon_review_route_find(request, &other_method);
    guint refused;

    /* Many requests may be served before the loop is back. */
    if (review->alive != NULL)
        review->alive(review->alive_data);
    if (!find_session(review, request, response, &error)) {
        answer_error(review, request, response, error);
        return;
    }
    if (route == NULL) {
        daemon_review_sorry(review, request, response,
                            other_method ? MHD_HTTP_METHOD_NOT_ALLOWED : MHD_HTTP_NOT_FOUND);
        return;
    }
    refused = refuse(review, request, route);
    if (refused != 0)
        answer_refused(review, request, response, refused);
    else if (!route->handler(review, request, response, &error))
        answer_error(review, request, response, error);
}

static bool
stopping(int stop_fd)
{
    struct pollfd fd = {stop_fd, POLLIN, 0};

    return poll(&fd, 1, 0) > 0;
}

bool
daemon_review_run(const DaemonReviewWork *work, GError **error)
{
    DaemonReview review = {.settings = work->settings,
                           .db = work->db,
                           .courier_fd = work->courier_fd,
                           .alive = work->alive,
                           .alive_data = work->alive_data,
                           .printer_fd = work->printer_fd,
                           .spared = daemon_review_spared_new()};
    DaemonReviewServer *server = NULL;
    const DaemonSettings *settings = work->settings;

    if (!templates_calendar_load(settings->templates, settings->timezone,
                                 (const char *const *)settings->closures, &review.calendar,
                                 error) ||
        !daemon_start_definitions(settings, &review.definitions, error)) {
        templates_calendar_free(review.calendar);
        daemon_review_spared_free(review.spared);
        return false;
    }
    bool good = daemon_review_server_new(settings, work->listen_fd, daemon_review_serve, &review,
                                         &server, error);

    while (good && !review.stop && !stopping(work->stop_fd)) {
        daemon_review_server_run(server, daemon_review_painter_fd(review.painter), STEP_MS);
        daemon_review_painter_step(review.painter);
        work->alive(work->alive_data);
    }
    daemon_review_painter_free(review.painter);
    daemon_review_server_free(server);
    daemon_review_spared_free(review.spared);
    daemon_viewer_free(review.viewer);
    parsers_definitions_free(review.definitions);
    templates_calendar_free(review.calendar);
    return good && (!review.stop || daemon_throw(error, DAEMON_ERROR_SYSTEM,
                                                 "the spool failed while a page was made"));
}
