/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-audit.c - what was done, by whom and when, and whether the chain is whole.
 *
 * Runs in:  review.
 * Source:   doc/spool.md, "The audit"
 */
#include "config.h"

#include <string.h>

#include "daemon/review-page.h"
#include "daemon/review-pages.h"
#include "daemon/review-words.h"
#include "spool/audit.h"

#define PAGE_ROWS 100u
#define LINE 200u

static json_t *
row_json(const DaemonReview *review, const SpoolAuditRow *row)
{
    json_t *entry = json_pack(
        "{s:I, s:o, s:o, s:s, s:o, s:o}", "id", (json_int_t)row->id, "at",
        daemon_review_time(review, row->at), "actor", daemon_review_line(row->actor, LINE), "act",
        daemon_review_audit_act(row->act), "object", daemon_review_line(row->object, LINE),
        "detail", daemon_review_line(row->detail, LINE));

    if (g_str_has_prefix(row->object, "record:"))
        json_object_set_new(entry, "item",
                            daemon_review_line(row->object + strlen("record:"), LINE));
    return entry;
}

static bool
show(DaemonReview *review, const DaemonReviewRequest *request, DaemonReviewResponse *response,
     json_t *data, GError **error)
{
    g_autoptr(json_t) all = data;
    g_autoptr(GPtrArray) rows = NULL;
    json_t *entries = json_array();
    gint64 before = 0;

    json_object_set_new(all, "title", json_string("Audit"));
    json_object_set_new(all, "entries", entries);
    (void)daemon_review_number(daemon_review_query(request, "before"), &before);
    if (!spool_audit_list(review->db, before, PAGE_ROWS, &rows, error))
        return false;
    for (guint i = 0; i < rows->len; i++)
        json_array_append_new(entries, row_json(review, rows->pdata[i]));
    json_object_set_new(all, "none", json_boolean(rows->len == 0));
    if (rows->len == PAGE_ROWS)
        json_object_set_new(all, "before",
                            json_integer(((SpoolAuditRow *)rows->pdata[rows->len - 1])->id));
    return daemon_review_page(review, request, response, "audit", json_incref(all), error);
}

DAEMON_REVIEW_HANDLER(daemon_review_audit)
{
    return show(review, request, response, json_object(), error);
}

/* Reads every entry: asked for, and not done with each look. */
DAEMON_REVIEW_HANDLER(daemon_review_audit_verify)
{
    g_autoptr(GError) problem = NULL;
    guint64 count = 0;

    if (spool_audit_verify(review->db, &count, &problem))
        return show(review, request, response, json_pack("{s:I}", "whole", (json_int_t)count),
                    error);
    if (!g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_AUDIT)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return false;
    }
    return show(review, request, response,
                json_pack("{s:o}", "problem", daemon_review_line(problem->message, LINE)), error);
}
