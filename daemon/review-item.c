/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-item.c - one item: what was read, why it was treated so, what was said and done.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Items"
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "daemon/explain-words.h"
#include "daemon/record-document.h"
#include "daemon/review-acts.h"
#include "daemon/review-item.h"
#include "daemon/review-original.h"
#include "daemon/review-page.h"
#include "daemon/review-pages.h"
#include "daemon/review-words.h"
#include "spool/act.h"
#include "spool/outbox.h"
#include "spool/search.h"

#define MENTIONS_MAX 10u
#define LINE 200u

void
daemon_review_view_clear(DaemonReviewView *view)
{
    g_clear_pointer(&view->item, spool_item_free);
    g_clear_pointer(&view->record, spool_record_free);
}

/* Mails filed with a record may be restricted by themselves: they are left out as if they were not
 * there. */
static bool
drop_hidden(DaemonReview *review, gint64 account, GPtrArray *attached, GError **error)
{
    guint i = 0;

    while (i < attached->len) {
        const SpoolListing *listing = attached->pdata[i];
        g_autofree char *mail = g_strdup_printf("%" G_GINT64_FORMAT, listing->id);
        g_autoptr(SpoolItem) item = NULL;
        g_autoptr(GError) problem = NULL;

        if (spool_item_find(review->db, mail, account, &item, &problem))
            i++;
        else if (g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_NOT_FOUND))
            g_ptr_array_remove_index(attached, i);
        else {
            g_propagate_error(error, g_steal_pointer(&problem));
            return false;
        }
    }
    return true;
}

bool
daemon_review_view_open(DaemonReview *review, const DaemonReviewRequest *request,
                        DaemonReviewView *out_view, GError **error)
{
    gint64 id = 0;
    g_autofree char *mail = NULL;

    if (!daemon_review_number(request->args[0], &id))
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "there is no such item");
    if (!spool_item_get(review->db, id, request->session->account->id, &out_view->item, error))
        return false;
    mail = g_strdup_printf("%" G_GINT64_FORMAT, out_view->item->mail_id);
    return spool_record_get(review->db, mail, &out_view->record, error) &&
           drop_hidden(review, request->session->account->id, out_view->record->attached, error);
}

/* A date is kept as 2016-06-04; people read 4 June 2016. */
static json_t *
value_json(const char *value)
{
    g_autoptr(GDateTime) day = NULL;
    g_autofree char *words = NULL;
    int year = 0, month = 0, date = 0, end = 0;

    if (sscanf(value, "%4d-%2d-%2d%n", &year, &month, &date, &end) == 3 && end == 10 &&
        value[end] == '\0')
        day = g_date_time_new_utc(year, month, date, 0, 0, 0);
    words = day != NULL ? g_date_time_format(day, "%-d %B %Y") : NULL;
    return daemon_review_text(words != NULL ? words : value);
}

/* An answer or a question without one. */
static json_t *
answer_json(const TemplatesRecordRow *row)
{
    json_t *answer = json_object();

    json_object_set_new(answer, "label", daemon_review_line(row->label, LINE));
    json_object_set_new(answer, "value", value_json(row->value));
    json_object_set_new(answer, "note", daemon_review_line(row->note, LINE));
    json_object_set_new(answer, "place", daemon_review_line(row->place, LINE));
    json_object_set_new(answer, "key", daemon_review_line(row->key, LINE));
    json_object_set_new(answer, "form", json_integer(row->form));
    json_object_set_new(answer, "doubt", json_boolean(row->doubt));
    json_object_set_new(answer, "answered", json_boolean(row->value[0] != '\0'));
    return answer;
}

static json_t *
sections_json(const DaemonReview *review, const SpoolRecord *record)
{
    const DaemonRecordWith with = {review->settings, review->definitions, review->calendar};
    g_autoptr(TemplatesRecord) document = daemon_record_document_make(&with, record);
    json_t *sections = json_array();

    /* What nobody answered and nothing is to be said of stands together: it would be half of the
     * page. */
    for (guint s = 0; s < document->sections->len; s++) {
        const TemplatesRecordSection *section = document->sections->pdata[s];
        json_t *rows = json_array(), *open = json_array();

        for (guint r = 0; r < section->rows->len; r++) {
            const TemplatesRecordRow *row = section->rows->pdata[r];
            const bool is_open =
                row->value[0] == '\0' && row->note[0] == '\0' && row->place[0] == '\0';

            json_array_append_new(is_open ? open : rows, answer_json(row));
        }
        json_array_append_new(sections,
                              json_pack("{s:o, s:o, s:b, s:o, s:b}", "heading",
                                        daemon_review_line(section->heading, LINE), "answers", rows,
                                        "has_answers", section->rows->len > 0, "open", open,
                                        "has_open", json_array_size(open) > 0));
    }
    return sections;
}

static json_t *
reasons_json(const char *stored)
{
    g_autoptr(json_t) all = stored != NULL ? json_loads(stored, 0, NULL) : NULL;
    json_t *reasons = json_array();

    for (gsize i = 0; i < json_array_size(all); i++) {
        const json_t *reason = json_array_get(all, i);
        const char *rule = json_string_value(json_object_get(reason, "rule"));
        const char *words = daemon_explain_words_rule(rule);

        json_array_append_new(
            reasons,
            json_pack(
                "{s:s, s:o, s:o}", "words", words != NULL ? words : "Another reason.", "rule",
                daemon_review_line(rule, LINE), "evidence",
                daemon_review_line(json_string_value(json_object_get(reason, "evidence")), LINE)));
    }
    return reasons;
}

static bool
add_replies(DaemonReview *review, const SpoolItem *item, json_t *data, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;
    json_t *replies = json_array();

    json_object_set_new(data, "replies", replies);
    if (!spool_outbox_of_mail(review->db, item->mail_id, &rows, error))
        return false;
    for (guint i = 0; i < rows->len; i++) {
        const SpoolOutboxRow *row = rows->pdata[i];

        json_t *reply = json_pack(
            "{s:I, s:s, s:o, s:s, s:o}", "id", (json_int_t)row->id, "what",
            daemon_review_template(row->template), "to", daemon_review_line(row->to, LINE), "state",
            daemon_review_reply_state(row->state), "at", daemon_review_time(review, row->updated));

        json_array_append_new(replies, reply);
        if (!daemon_review_original_sent(review, row, reply, error))
            return false;
    }
    json_object_set_new(data, "has_replies", json_boolean(rows->len > 0));
    return true;
}

/* The question that an act was about, as the page asks it; "" when it was about none. */
static json_t *
question_of(const char *detail, const json_t *data)
{
    g_autoptr(json_t) about = detail != NULL ? json_loads(detail, 0, NULL) : NULL;
    const json_t *form = json_object_get(about, "form"), *key = json_object_get(about, "key");
    const json_t *sections = json_object_get(data, "sections");

    for (gsize s = 0; key != NULL && s < json_array_size(sections); s++) {
        const json_t *answers = json_object_get(json_array_get(sections, s), "answers");

        for (gsize a = 0; a < json_array_size(answers); a++) {
            const json_t *answer = json_array_get(answers, a);

            if (json_equal(json_object_get(answer, "form"), form) &&
                json_equal(json_object_get(answer, "key"), key))
                return json_incref(json_object_get(answer, "label"));
        }
    }
    return json_string("");
}

static bool
add_acts(DaemonReview *review, const SpoolItem *item, json_t *data, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;
    json_t *acts = json_array();

    json_object_set_new(data, "acts", acts);
    if (!spool_act_list(review->db, item->record_id, &rows, error))
        return false;
    for (guint i = 0; i < rows->len; i++) {
        const SpoolActRow *row = rows->pdata[i];

        json_array_append_new(acts, json_pack("{s:o, s:s, s:o, s:o, s:o}", "who",
                                              daemon_review_line(row->who, LINE), "act",
                                              daemon_review_act_words(row->act), "at",
                                              daemon_review_time(review, row->at), "reason",
                                              daemon_review_text(row->reason), "question",
                                              question_of(row->detail, data)));
    }
    json_object_set_new(data, "has_acts", json_boolean(rows->len > 0));
    return true;
}

static bool
add_linked(DaemonReview *review, const DaemonReviewRequest *request, const SpoolItem *item,
           json_t *data, GError **error)
{
    g_autoptr(GPtrArray) items = NULL;
    json_t *linked = json_array();

    json_object_set_new(data, "linked", linked);
    if (!spool_act_linked(review->db, item->record_id, request->session->account->id, &items,
                          error))
        return false;
    for (guint i = 0; i < items->len; i++)
        json_array_append_new(linked, daemon_review_item_row(review, items->pdata[i]));
    json_object_set_new(data, "has_linked", json_boolean(items->len > 0));
    return true;
}

static json_t *
attached_json(const DaemonReview *review, const SpoolRecord *record)
{
    json_t *attached = json_array();

    for (guint i = 0; i < record->attached->len; i++) {
        const SpoolListing *listing = record->attached->pdata[i];

        json_array_append_new(attached,
                              json_pack("{s:I, s:o}", "mail", (json_int_t)listing->id, "at",
                                        daemon_review_time(review, listing->received)));
    }
    return attached;
}

static const char *
value_of(const SpoolRecord *record, const char *key)
{
    for (guint i = 0; i < record->fields->len; i++) {
        const SpoolField *field = record->fields->pdata[i];

        if (strcmp(field->key, key) == 0)
            return field->value;
    }
    return "";
}

/* What a LADO asks first: has this adult been mentioned before? */
static bool
add_mentions(DaemonReview *review, const DaemonReviewRequest *request, const DaemonReviewView *view,
             json_t *data, GError **error)
{
    const SpoolSearchQuery query = {.text = value_of(view->record, "adult.name"),
                                    .role = SPOOL_SEARCH_ADULT,
                                    .account = request->session->account->id,
                                    .except = view->item->record_id,
                                    .max = MENTIONS_MAX};
    g_autoptr(GPtrArray) hits = NULL;
    json_t *mentions = json_array();

    json_object_set_new(data, "mentions", mentions);
    json_object_set_new(data, "adult_known", json_boolean(query.text[0] != '\0'));
    if (!spool_search_find(review->db, &query, &hits, error))
        return false;
    for (guint i = 0; i < hits->len; i++) {
        const SpoolSearchHit *hit = hits->pdata[i];
        json_t *row = daemon_review_item_row(review, hit->item);

        json_object_set_new(row, "how", json_string(daemon_review_how(hit->how)));
        json_array_append_new(mentions, row);
    }
    json_object_set_new(data, "has_mentions", json_boolean(hits->len > 0));
    return true;
}

static json_t *
head_json(const DaemonReview *review, const DaemonReviewView *view)
{
    json_t *data = daemon_review_item_row(review, view->item);
    const char *reference = view->item->reference;

    json_object_set_new(data, "title",
                        json_string(reference != NULL ? reference : "A mail without a reference"));
    json_object_set_new(data, "version", json_integer(view->item->version));
    json_object_set_new(data, "mail", json_integer(view->item->mail_id));
    json_object_set_new(data, "sender",
                        json_string(daemon_explain_words_sender(view->item->sender)));
    json_object_set_new(data, "overridden",
                        json_boolean(strcmp(view->item->action, view->item->outcome) != 0));
    json_object_set_new(data, "machine", json_string(daemon_review_outcome(view->item->action)));
    json_object_set_new(data, "closed", json_boolean(strcmp(view->item->state, "closed") == 0));
    json_object_set_new(data, "redirected",
                        json_boolean(strcmp(view->item->outcome, "redirect") == 0));
    return data;
}

static json_t *
can_json(const DaemonReview *review, const DaemonReviewRequest *request,
         const DaemonReviewView *view)
{
    json_t *list = json_array();

    for (gsize i = 0; i < daemon_n_review_acts; i++) {
        const DaemonReviewAct *act = &daemon_review_acts[i];

        /* A correction stands beside each answer. */
        if (strcmp(act->name, "correct") != 0 &&
            daemon_review_act_offered(review, act, view, request->session->account->roles))
            json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "name", act->name, "label",
                                                  act->title, "first", json_array_size(list) == 0));
    }
    return list;
}

DAEMON_REVIEW_HANDLER(daemon_review_item)
{
    g_auto(DaemonReviewView) view = {0};
    g_autoptr(json_t) data = NULL;

    if (!daemon_review_view_open(review, request, &view, error) ||
        !spool_item_viewed(review->db, view.item->record_id, request->session->account, error))
        return false;
    data = head_json(review, &view);
    json_object_set_new(data, "sections", sections_json(review, view.record));
    json_object_set_new(data, "reasons", reasons_json(view.record->listing->reasons_json));
    json_object_set_new(data, "can", can_json(review, request, &view));
    json_object_set_new(data, "attached", attached_json(review, view.record));
    json_object_set_new(data, "has_attached", json_boolean(view.record->attached->len > 0));
    return add_replies(review, view.item, data, error) &&
           daemon_review_original_add(review, &view, data, error) &&
           add_acts(review, view.item, data, error) &&
           add_linked(review, request, view.item, data, error) &&
           add_mentions(review, request, &view, data, error) &&
           daemon_review_page(review, request, response, "item", json_incref(data), error);
}
