/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-painter.c - pictures of pages, one after the other, while the worker serves others.
 *
 * Its viewer is not that of the pages: a look at an item never waits for a picture.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "The original"
 */
#include "config.h"

#include "daemon/log.h"
#include "daemon/review-page.h"
#include "daemon/review-painter.h"
#include "daemon/review-printed.h"
#include "daemon/review-spared.h"

typedef struct {
    DaemonReviewPicture what;
    DaemonReviewRequest *request; /* its connection rests meanwhile */
} Order;

struct DaemonReviewPainter {
    DaemonReview *review;
    DaemonViewer *viewer;
    GQueue waiting; /* Order */
    Order *current; /* being drawn, or NULL */
    gint64 last;    /* mail that was drawn last */
};

/* Answer an order (taken): png (taken), or a page that says why there is none. */
static void
answer(DaemonReviewPainter *painter, Order *order, guint status, GBytes *png)
{
    DaemonReviewResponse response = {0};

    if (png == NULL)
        daemon_review_sorry(painter->review, order->request, &response, status);
    else {
        response.status = status;
        response.type = "image/png";
        response.body = png;
    }
    daemon_review_answer_later(order->request, &response);
    g_free(order);
}

/* A mail other than the last one, when somebody waits for one: one that takes long must not keep
 * waiting who looks at another. */
static Order *
next(DaemonReviewPainter *painter)
{
    for (GList *at = painter->waiting.head; at != NULL; at = at->next) {
        Order *order = at->data;

        if (order->what.mail_id != painter->last) {
            g_queue_delete_link(&painter->waiting, at);
            return order;
        }
    }
    return g_queue_pop_head(&painter->waiting);
}

static bool
is_spared(const DaemonReviewPainter *painter, const DaemonReviewPicture *what)
{
    return daemon_review_spared_is(painter->review->spared, what->mail_id, (gint)what->part,
                                   g_get_monotonic_time());
}

static void
note(const DaemonReviewPainter *painter, const DaemonReviewPicture *what, const GError *problem)
{
    daemon_review_spared_note(painter->review->spared, what->mail_id, (gint)what->part, problem,
                              g_get_monotonic_time());
    if (!g_error_matches(problem, DAEMON_ERROR, DAEMON_ERROR_FILE))
        daemon_log(DAEMON_LOG_WARNING, "review", "mail:%" G_GINT64_FORMAT " not drawn: %s",
                   what->mail_id, problem->message);
}

static bool
start(DaemonReviewPainter *painter, const DaemonReviewPicture *what, GError **error)
{
    DaemonReview *review = painter->review;
    g_autoptr(DaemonMemoryFile) mail = NULL;
    g_autoptr(GArray) printed = NULL;

    return daemon_memory_file_load(review->db, what->mail_id, &mail, error) &&
           daemon_review_printed_load(review, painter->viewer, what->mail_id, &printed, error) &&
           daemon_viewer_draw(painter->viewer, mail, what->part, what->page, error);
}

/* Until one is being drawn or nobody waits. */
static void
begin_next(DaemonReviewPainter *painter)
{
    while (painter->current == NULL && painter->waiting.length > 0) {
        g_autoptr(GError) problem = NULL;
        Order *order = next(painter);

        if (daemon_review_is_gone(order->request)) {
            answer(painter, order, MHD_HTTP_SERVICE_UNAVAILABLE, NULL);
            continue;
        }
        painter->last = order->what.mail_id;
        if (is_spared(painter, &order->what))
            answer(painter, order, MHD_HTTP_NOT_FOUND, NULL);
        else if (start(painter, &order->what, &problem))
            painter->current = order;
        else {
            note(painter, &order->what, problem);
            answer(painter, order, MHD_HTTP_NOT_FOUND, NULL);
        }
    }
}

static void
take(DaemonReviewPainter *painter)
{
    g_autoptr(GError) problem = NULL;
    Order *order = g_steal_pointer(&painter->current);
    GBytes *png = NULL;

    if (daemon_viewer_drawn(painter->viewer, &png, &problem)) {
        answer(painter, order, MHD_HTTP_OK, png);
        return;
    }
    note(painter, &order->what, problem);
    answer(painter, order, MHD_HTTP_NOT_FOUND, NULL);
}

void
daemon_review_painter_step(DaemonReviewPainter *painter)
{
    if (painter == NULL || (painter->current != NULL && !daemon_viewer_is_drawn(painter->viewer)))
        return;
    if (painter->current != NULL)
        take(painter);
    begin_next(painter);
}

int
daemon_review_painter_fd(const DaemonReviewPainter *painter)
{
    return painter != NULL && painter->current != NULL ? daemon_viewer_fd(painter->viewer) : -1;
}

/* The painter of this worker, or NULL when it cannot be made. */
static DaemonReviewPainter *
painter_of(DaemonReview *review)
{
    g_autoptr(GError) problem = NULL;
    DaemonViewer *viewer = NULL;

    if (review->painter != NULL)
        return review->painter;
    if (!daemon_viewer_open(review->settings, &viewer, &problem)) {
        daemon_log(DAEMON_LOG_WARNING, "review", "nothing can be drawn: %s", problem->message);
        return NULL;
    }
    review->painter = g_new0(DaemonReviewPainter, 1);
    review->painter->review = review;
    review->painter->viewer = viewer;
    g_queue_init(&review->painter->waiting);
    return review->painter;
}

void
daemon_review_painter_order(DaemonReview *review, DaemonReviewRequest *request,
                            DaemonReviewResponse *response, const DaemonReviewPicture *what)
{
    DaemonReviewPainter *painter = painter_of(review);
    Order *order = NULL;

    if (painter == NULL || is_spared(painter, what)) {
        daemon_review_sorry(review, request, response, MHD_HTTP_NOT_FOUND);
        return;
    }
    if (painter->waiting.length >= DAEMON_REVIEW_PAINTER_MAX) {
        daemon_review_sorry(review, request, response, MHD_HTTP_SERVICE_UNAVAILABLE);
        return;
    }
    order = g_new0(Order, 1);
    *order = (Order){*what, request};
    g_queue_push_tail(&painter->waiting, order);
    response->later = true;
}

void
daemon_review_painter_free(DaemonReviewPainter *painter)
{
    if (painter == NULL)
        return;
    if (painter->current != NULL)
        answer(painter, g_steal_pointer(&painter->current), MHD_HTTP_SERVICE_UNAVAILABLE, NULL);
    while (painter->waiting.length > 0)
        answer(painter, g_queue_pop_head(&painter->waiting), MHD_HTTP_SERVICE_UNAVAILABLE, NULL);
    daemon_viewer_free(painter->viewer);
    g_free(painter);
}
