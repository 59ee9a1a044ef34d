/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-figures.c - a month in numbers: page, chart and CSV, without names.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Figures"
 */
#include "config.h"

#include "daemon/figures.h"
#include "daemon/review-age.h"
#include "daemon/review-page.h"
#include "daemon/review-pages.h"
#include "daemon/review-words.h"
#include "spool/overview.h"

/* The month that is asked for, else the present one. */
static DaemonFiguresMonth
month_of(const DaemonReview *review, const DaemonReviewRequest *request)
{
    g_autoptr(GDateTime) now = templates_calendar_local(review->calendar, spool_now());
    DaemonFiguresMonth month = {g_date_time_get_year(now), g_date_time_get_month(now)};

    (void)daemon_figures_month_parse(daemon_review_query(request, "month"), &month);
    return month;
}

static bool
load(const DaemonReview *review, const DaemonReviewRequest *request, DaemonFiguresMonth month,
     DaemonFigures *out_figures, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;
    const DaemonFiguresMonth next = daemon_figures_month_add(month, 1);
    const SpoolOverviewSpan span = {request->session->account->id,
                                    daemon_figures_month_begins(review->calendar, month),
                                    daemon_figures_month_begins(review->calendar, next)};

    if (!spool_overview_figures(review->db, &span, &rows, error))
        return false;
    daemon_figures_make(rows, review->calendar, out_figures);
    return true;
}

static json_t *
bar(const char *what, guint count, guint most)
{
    return json_pack("{s:s, s:i, s:i}", "what", what, "count", (int)count, "most", (int)most);
}

static json_t *
kinds_json(const DaemonFigures *figures)
{
    json_t *list = json_array();

    for (guint i = 0; i < figures->kinds->len; i++) {
        const DaemonFiguresKind *kind = figures->kinds->pdata[i];
        json_t *row = bar(daemon_review_kind(kind->kind), kind->all, figures->all);

        json_object_set_new(row, "urgent", json_integer(kind->urgent));
        json_array_append_new(list, row);
    }
    return list;
}

/* Whatever the kind; the CSV file tells them apart. */
static json_t *
outcomes_json(const DaemonFigures *figures)
{
    json_t *list = json_array();

    for (guint o = 0; o < DAEMON_FIGURES_OUTCOMES; o++) {
        guint count = 0;

        for (guint i = 0; i < figures->kinds->len; i++)
            count += ((const DaemonFiguresKind *)figures->kinds->pdata[i])->outcomes[o];
        json_array_append_new(
            list, bar(daemon_review_outcome(daemon_figures_outcomes[o]), count, figures->all));
    }
    return list;
}

static json_t *
times_json(const char *what, const DaemonFiguresTimes *times)
{
    g_autofree char *median = daemon_review_age_text(times->median);
    g_autofree char *ninety = daemon_review_age_text(times->ninety);

    return json_pack("{s:s, s:i, s:s, s:s, s:i, s:b}", "what", what, "count", (int)times->count,
                     "median", median, "ninety", ninety, "in_a_day", (int)times->in_a_day, "any",
                     times->count > 0);
}

static json_t *
month_text(DaemonFiguresMonth month)
{
    return json_sprintf("%04d-%02d", month.year, month.month);
}

static json_t *
month_words(DaemonFiguresMonth month)
{
    g_autoptr(GDateTime) day = g_date_time_new_utc(month.year, month.month, 1, 0, 0, 0);
    g_autofree char *text = g_date_time_format(day, "%B %Y");

    return json_string(text);
}

DAEMON_REVIEW_HANDLER(daemon_review_figures)
{
    g_auto(DaemonFigures) figures = {0};
    DaemonFiguresMonth month = month_of(review, request);
    g_autoptr(json_t) data = NULL;

    if (!load(review, request, month, &figures, error))
        return false;
    data = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:[o, o], s:b, s:i}", "title", "Figures",
                     "month", month_text(month), "month_words", month_words(month), "before",
                     month_text(daemon_figures_month_add(month, -1)), "next",
                     month_text(daemon_figures_month_add(month, 1)), "outcomes",
                     outcomes_json(&figures), "kinds", kinds_json(&figures), "times",
                     times_json("First view", &figures.view),
                     times_json("Decision", &figures.decision), "none", figures.all == 0, "all",
                     (int)figures.all);
    return daemon_review_page(review, request, response, "figures", json_incref(data), error);
}

DAEMON_REVIEW_HANDLER(daemon_review_figures_csv)
{
    g_auto(DaemonFigures) figures = {0};
    DaemonFiguresMonth month = month_of(review, request);

    if (!load(review, request, month, &figures, error))
        return false;
    daemon_review_answer(response, MHD_HTTP_OK, "text/csv; charset=utf-8",
                         daemon_figures_csv(&figures, month));
    response->file_name = g_strdup_printf("figures-%04d-%02d.csv", month.year, month.month);
    return true;
}
