/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-export.c - a record on its way out: as JSON, and to the case system.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Getting it out"
 */
#include "config.h"

#include <string.h>

#include "daemon/record-json.h"
#include "daemon/review-export.h"
#include "daemon/review-page.h"
#include "spool/act.h"
#include "spool/handover.h"

/* null when it has not happened. */
static json_t *
time_json(gint64 at)
{
    g_autofree char *text = at != 0 ? daemon_record_json_time(at) : NULL;

    return text != NULL ? json_string(text) : json_null();
}

static json_t *
item_json(const SpoolItem *item)
{
    return json_pack("{s:I, s:s, s:s, s:b, s:b, s:i, s:o, s:o, s:o}", "record",
                     (json_int_t)item->record_id, "outcome", item->outcome, "state", item->state,
                     "urgent", item->urgent, "restricted", item->restricted, "version",
                     (int)item->version, "viewed", time_json(item->viewed), "decided",
                     time_json(item->settled), "closed", time_json(item->closed));
}

static bool
acts_json(const DaemonReview *review, gint64 record_id, json_t **out_acts, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;
    json_t *acts;

    if (!spool_act_list(review->db, record_id, &rows, error))
        return false;
    acts = json_array();
    for (guint i = 0; i < rows->len; i++) {
        const SpoolActRow *row = rows->pdata[i];

        json_array_append_new(acts, json_pack("{s:s, s:s, s:o, s:s}", "who", row->who, "act",
                                              row->act, "at", time_json(row->at), "reason",
                                              row->reason != NULL ? row->reason : ""));
    }
    *out_acts = acts;
    return true;
}

bool
daemon_review_export_json(const DaemonReview *review, const DaemonReviewView *view,
                          json_t **out_json, GError **error)
{
    json_t *acts = NULL, *record;

    if (!acts_json(review, view->item->record_id, &acts, error))
        return false;
    record = daemon_record_json(view->record);
    json_object_set_new(record, "item", item_json(view->item));
    json_object_set_new(record, "acts", acts);
    *out_json = record;
    return true;
}

/* As Standard Webhooks has it: what happened, when, and about what. */
static bool
make_body(const DaemonReviewDeed *deed, GBytes **out_body, GError **error)
{
    json_t *record = NULL;
    char *text;

    if (!daemon_review_export_json(deed->review, deed->view, &record, error))
        return false;
    g_autoptr(json_t) all = json_pack("{s:s, s:o, s:o}", "type", "record.exported", "timestamp",
                                      time_json(spool_now()), "data", record);

    text = json_dumps(all, JSON_COMPACT);
    *out_body = g_bytes_new_with_free_func(text, strlen(text), free, text);
    return true;
}

bool
daemon_review_export(const DaemonReviewDeed *deed, GError **error)
{
    g_autoptr(GBytes) body = NULL;

    if (deed->review->settings->export_webhook_url == NULL)
        return spool_throw(error, SPOOL_ERROR_STATE,
                           "No case system is named in the settings: your administrator can.");
    return make_body(deed, &body, error) &&
           spool_handover_queue(deed->review->db, deed->view->item->record_id, body, error);
}
