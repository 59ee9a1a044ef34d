/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-outbox.c - what left, what waits to leave, and what did not arrive.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Pages"
 */
#include "config.h"

#include <string.h>

#include "daemon/review-page.h"
#include "daemon/review-pages.h"
#include "daemon/review-words.h"
#include "spool/handover.h"
#include "spool/outbox.h"

#define TROUBLE_MAX 200u
#define PAGE_ROWS 50u
#define LINE 120u

static json_t *
reply_json(const DaemonReview *review, const SpoolOutboxRow *row)
{
    json_t *reply = json_object();

    json_object_set_new(reply, "item", json_integer(row->record_id));
    json_object_set_new(reply, "reference",
                        json_string(row->reference != NULL ? row->reference : ""));
    json_object_set_new(reply, "what", json_string(daemon_review_template(row->template)));
    json_object_set_new(reply, "to", daemon_review_line(row->to, LINE));
    json_object_set_new(reply, "state", json_string(daemon_review_reply_state(row->state)));
    json_object_set_new(reply, "attempts", json_integer(row->attempts));
    json_object_set_new(reply, "told_more",
                        json_boolean(row->attempts > 1 || strcmp(row->state, "sent") != 0));
    json_object_set_new(reply, "updated", daemon_review_time(review, row->updated));
    json_object_set_new(reply, "answer", daemon_review_line(row->response, LINE));
    return reply;
}

/* One table: its rows, and whether there are any.  out_last: where its next page begins, or 0. */
static bool
add_replies(const DaemonReview *review, const SpoolOutboxFilter *filter, json_t *data,
            gint64 *out_last, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;
    json_t *list = json_array();

    json_object_set_new(data, filter->trouble ? "trouble" : "rest", list);
    if (!spool_outbox_list_for(review->db, filter, &rows, error))
        return false;
    for (guint i = 0; i < rows->len; i++)
        json_array_append_new(list, reply_json(review, rows->pdata[i]));
    json_object_set_new(data, filter->trouble ? "has_trouble" : "has_rest",
                        json_boolean(rows->len > 0));
    *out_last =
        rows->len == filter->max ? ((const SpoolOutboxRow *)rows->pdata[rows->len - 1])->id : 0;
    return true;
}

static bool
add_handovers(const DaemonReview *review, gint64 account, json_t *data, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;
    json_t *list = json_array();

    json_object_set_new(data, "handovers", list);
    if (!spool_handover_list_for(review->db, account, PAGE_ROWS, &rows, error))
        return false;
    for (guint i = 0; i < rows->len; i++) {
        const SpoolHandoverRow *row = rows->pdata[i];

        json_array_append_new(
            list, json_pack("{s:I, s:s, s:s, s:i, s:o, s:o}", "item", (json_int_t)row->record_id,
                            "reference", row->reference != NULL ? row->reference : "", "state",
                            daemon_review_handover_state(row->state), "attempts",
                            (int)row->attempts, "updated", daemon_review_time(review, row->updated),
                            "answer", daemon_review_line(row->response, LINE)));
    }
    json_object_set_new(data, "has_handovers", json_boolean(rows->len > 0));
    return true;
}

/* What a person must look at stands on the first page only, before everything else. */
DAEMON_REVIEW_HANDLER(daemon_review_outbox)
{
    gint64 account = request->session->account->id, before = 0, last = 0, cut = 0;
    g_autoptr(json_t) data = json_pack("{s:s}", "title", "Outbox");

    (void)daemon_review_number(daemon_review_query(request, "before"), &before);
    const SpoolOutboxFilter trouble = {account, true, 0, TROUBLE_MAX};
    const SpoolOutboxFilter rest = {account, false, before, PAGE_ROWS};

    if (before == 0 && (!add_replies(review, &trouble, data, &cut, error) ||
                        !add_handovers(review, account, data, error)))
        return false;
    if (!add_replies(review, &rest, data, &last, error))
        return false;
    json_object_set_new(data, "first_page", json_boolean(before == 0));
    if (last != 0)
        json_object_set_new(data, "before", json_integer(last));
    return daemon_review_page(review, request, response, "outbox", json_incref(data), error);
}
