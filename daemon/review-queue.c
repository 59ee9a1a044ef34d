/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-queue.c - lists of items: what waits, and what was turned away or left aside.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Items"
 */
#include "config.h"

#include <string.h>

#include "daemon/review-age.h"
#include "daemon/review-page.h"
#include "daemon/review-pages.h"
#include "daemon/review-words.h"

#define PAGE_ITEMS 50u
#define SHOWN_LETTERS 80u

/* A working day less two hours: whoever looks can still do it in time. */
#define SOON_MINUTES (DAEMON_REVIEW_DAY_MINUTES - 120u)

json_t *
daemon_review_item_row(const DaemonReview *review, const SpoolItem *item)
{
    guint minutes = daemon_review_age(review->calendar, item->received, spool_now());
    g_autofree char *age = daemon_review_age_text(minutes);
    bool waits = strcmp(item->state, "closed") != 0;
    json_t *row = json_object();

    json_object_set_new(row, "id", json_integer(item->record_id));
    json_object_set_new(row, "reference",
                        json_string(item->reference != NULL ? item->reference : ""));
    json_object_set_new(row, "mailbox", daemon_review_line(item->mailbox, SHOWN_LETTERS));
    json_object_set_new(row, "received", daemon_review_time(review, item->received));
    json_object_set_new(row, "age", json_string(waits ? age : ""));
    json_object_set_new(row, "late", json_boolean(waits && minutes >= DAEMON_REVIEW_DAY_MINUTES));
    json_object_set_new(
        row, "soon",
        json_boolean(waits && minutes >= SOON_MINUTES && minutes < DAEMON_REVIEW_DAY_MINUTES));
    json_object_set_new(row, "from", daemon_review_line(item->from, SHOWN_LETTERS));
    json_object_set_new(row, "subject", daemon_review_line(item->subject, SHOWN_LETTERS));
    json_object_set_new(row, "adult", daemon_review_line(item->adult, SHOWN_LETTERS));
    json_object_set_new(row, "outcome", json_string(daemon_review_outcome(item->outcome)));
    json_object_set_new(row, "state", json_string(daemon_review_state(item->state)));
    json_object_set_new(row, "reply", json_string(daemon_review_reply_state(item->reply_state)));
    json_object_set_new(row, "holder", daemon_review_line(item->holder_name, SHOWN_LETTERS));
    json_object_set_new(row, "urgent", json_boolean(item->urgent));
    json_object_set_new(row, "news", json_boolean(item->news));
    json_object_set_new(row, "restricted", json_boolean(item->restricted));
    json_object_set_new(row, "damaged", json_boolean(item->damaged));
    return row;
}

/* A choice of a filter: value and words, marked when it is the one chosen. */
static json_t *
choice(const char *value, const char *label, const char *chosen)
{
    return json_pack("{s:s, s:s, s:b}", "value", value, "label", label, "chosen",
                     g_strcmp0(value, chosen != NULL ? chosen : "") == 0);
}

static json_t *
choices(const char *const *values, const char *(*words)(const char *), const char *chosen)
{
    json_t *list = json_array();

    for (; *values != NULL; values++)
        json_array_append_new(list, choice(*values, words(*values), chosen));
    return list;
}

static json_t *
mailbox_choices(const DaemonReview *review, const char *chosen)
{
    json_t *list = json_array();

    json_array_append_new(list, choice("", "All", chosen));
    for (guint i = 0; i < review->settings->mailboxes->len; i++) {
        const DaemonMailbox *mailbox = review->settings->mailboxes->pdata[i];

        json_array_append_new(list, choice(mailbox->name, mailbox->name, chosen));
    }
    return list;
}

/* A value of the query that is one of these words, or NULL: nothing else reaches the spool. */
static const char *
one_of(const DaemonReviewRequest *request, const char *name, const char *const *words)
{
    const char *value = daemon_review_query(request, name);

    return value != NULL && value[0] != '\0' && g_strv_contains(words, value) ? value : NULL;
}

static const char *const outcomes[] = {"", "accept", "hold", "redirect", "attach", "ignore", NULL};
static const char *const states[] = {"", "new", "open", "waiting", "closed", "any", NULL};

/* Where the next page is; only fixed words and numbers stand in it. */
static char *
next_link(const char *path, const SpoolItemFilter *filter, const char *after)
{
    return g_strdup_printf("%s?mailbox=%s&outcome=%s&state=%s&urgent=%s&mine=%s&after=%s", path,
                           filter->mailbox != NULL ? filter->mailbox : "",
                           filter->outcome != NULL ? filter->outcome : "",
                           filter->state != NULL ? filter->state : "", filter->urgent ? "yes" : "",
                           filter->holder != 0 ? "yes" : "", after);
}

bool
daemon_review_items(DaemonReview *review, const DaemonReviewRequest *request,
                    const SpoolItemFilter *filter, json_t *data, GError **error)
{
    g_autoptr(GPtrArray) items = NULL;
    g_autofree char *after = NULL;
    json_t *rows = json_array();

    json_object_set_new(data, "items", rows);
    if (!spool_item_list(review->db, filter, &items, &after, error))
        return false;
    for (guint i = 0; i < items->len; i++)
        json_array_append_new(rows, daemon_review_item_row(review, items->pdata[i]));
    json_object_set_new(data, "none", json_boolean(items->len == 0));
    json_object_set_new(data, "first_page", json_boolean(filter->after == NULL));
    if (after != NULL) {
        g_autofree char *next = next_link(request->path, filter, after);

        json_object_set_new(data, "next", json_string(next));
    }
    return true;
}

static const char *
known_mailbox(const DaemonReview *review, const DaemonReviewRequest *request)
{
    const char *name = daemon_review_query(request, "mailbox");

    return name != NULL && daemon_settings_mailbox(review->settings, name) != NULL ? name : NULL;
}

DAEMON_REVIEW_HANDLER(daemon_review_queue)
{
    gint64 account = request->session->account->id;
    const SpoolItemFilter filter = {
        .mailbox = known_mailbox(review, request),
        .outcome = one_of(request, "outcome", outcomes),
        .state = one_of(request, "state", states),
        .urgent = g_strcmp0(daemon_review_query(request, "urgent"), "yes") == 0,
        .holder = g_strcmp0(daemon_review_query(request, "mine"), "yes") == 0 ? account : 0,
        .account = account,
        .after = daemon_review_query(request, "after"),
        .max = PAGE_ITEMS,
    };
    g_autoptr(json_t) data = json_pack("{s:s}", "title", "Queue");

    json_object_set_new(data, "mailboxes", mailbox_choices(review, filter.mailbox));
    json_object_set_new(data, "outcomes", choices(outcomes, daemon_review_outcome, filter.outcome));
    json_object_set_new(data, "states", choices(states, daemon_review_state, filter.state));
    json_object_set_new(data, "only_urgent", json_boolean(filter.urgent));
    json_object_set_new(data, "only_mine", json_boolean(filter.holder != 0));
    return daemon_review_items(review, request, &filter, data, error) &&
           daemon_review_page(review, request, response, "queue", json_incref(data), error);
}
