/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-audit.c - what was done, by whom and when, and whether the chain is whole.
 *
 * Runs in:  review.
 * Source:   doc/spool.md, "The audit"
 */
#include "config.h"

#include <string.h>

#include "daemon/review-audit-words.h"
#include "daemon/review-page.h"
#include "daemon/review-pages.h"
#include "daemon/review-words.h"
#include "spool/audit.h"

#define PAGE_ROWS 100u
#define LINE 200u

/* Takes the lines. */
static json_t *
lines_json(GPtrArray *lines)
{
    json_t *list = json_array();

    for (guint i = 0; i < lines->len; i++)
        json_array_append_new(
            list, json_pack("{s:o}", "line", daemon_review_line(lines->pdata[i], LINE)));
    g_ptr_array_unref(lines);
    return list;
}

/* "Account 4 (Bob)"; the caller frees. */
static char *
object_of(const GPtrArray *accounts, const char *object)
{
    g_autofree char *what = daemon_review_audit_what(object);

    for (guint i = 0; g_str_has_prefix(object, "account:") && i < accounts->len; i++) {
        const SpoolAccount *account = accounts->pdata[i];

        if (g_ascii_strtoll(object + strlen("account:"), NULL, 10) == account->id)
            return g_strdup_printf("%s (%s)", what, account->shown);
    }
    return g_steal_pointer(&what);
}

static json_t *
row_json(const DaemonReview *review, const GPtrArray *accounts, const SpoolAuditRow *row)
{
    g_autofree char *what = object_of(accounts, row->object);
    const json_int_t item = daemon_review_audit_item(row->object, row->detail);
    const char *who = daemon_review_audit_who(row->actor);
    json_t *rules = lines_json(daemon_review_audit_rules(row->detail));
    json_t *entry = json_pack(
        "{s:I, s:o, s:o, s:s, s:o, s:o, s:b, s:o}", "id", (json_int_t)row->id, "at",
        daemon_review_time(review, row->at), "actor", daemon_review_line(who, LINE), "act",
        daemon_review_audit_act(row->act), "object", daemon_review_line(what, LINE), "details",
        lines_json(daemon_review_audit_lines(row->detail)), "has_rules", json_array_size(rules) > 0,
        "rules", rules);

    if (item != 0)
        json_object_set_new(entry, "item", json_integer(item));
    return entry;
}

static bool
show(DaemonReview *review, const DaemonReviewRequest *request, DaemonReviewResponse *response,
     json_t *data, GError **error)
{
    g_autoptr(json_t) all = data;
    g_autoptr(GPtrArray) rows = NULL, accounts = NULL;
    json_t *entries = json_array();
    gint64 before = 0;

    json_object_set_new(all, "title", json_string("Audit"));
    json_object_set_new(all, "entries", entries);
    (void)daemon_review_number(daemon_review_query(request, "before"), &before);
    if (!spool_account_list(review->db, &accounts, error) ||
        !spool_audit_list(review->db, before, PAGE_ROWS, &rows, error))
        return false;
    for (guint i = 0; i < rows->len; i++)
        json_array_append_new(entries, row_json(review, accounts, rows->pdata[i]));
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
