/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-letter.c - a reply that a person sends: seen before it leaves, then queued.
 *
 * It goes to the address that the mail came from and to no other: nobody types one.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Acts"; doc/replies.md
 */
#include "config.h"

#include <jansson.h>
#include <string.h>

#include "daemon/address.h"
#include "daemon/reply-params.h"
#include "daemon/review-letter.h"
#include "spool/outbox.h"
#include "templates/address.h"
#include "templates/reply.h"
#include "templates/words.h"

static const char *const names[] = {
    "acknowledgement", "holding", "holding-unopened", "holding-blank", "redirection",
    "apology",         NULL,
};

const char *const *
daemon_review_letter_names(void)
{
    return names;
}

static bool
check(const DaemonReviewView *view, const char *name, GError **error)
{
    if (name == NULL || !g_strv_contains(names, name))
        return spool_throw(error, SPOOL_ERROR_STATE, "there is no such reply");
    if (view->item->reference == NULL)
        return spool_throw(error, SPOOL_ERROR_STATE, "this mail has no reference to name");
    return templates_address_is_plain(view->item->address) ||
           spool_throw(error, SPOOL_ERROR_STATE, "this mail has no address that can be answered");
}

/* An area that the machine saw in the mail; borrowed from json. */
static const char *
area(const json_t *examined, const char *key)
{
    return json_string_value(json_object_get(examined, key));
}

bool
daemon_review_letter_preview(const DaemonReview *review, const DaemonReviewView *view,
                             const char *name, char **out_text, GError **error)
{
    const DaemonSettings *settings = review->settings;
    json_t *examined = json_loads(view->record->findings_json, 0, NULL);
    g_autoptr(TemplatesKit) kit =
        templates_kit_new(settings->templates, settings->language, settings->contacts);
    g_auto(TemplatesWords) words = {0};
    gint64 now = spool_now();
    TemplatesReply reply = {.language = settings->language,
                            .reference = view->item->reference,
                            .to = view->item->address,
                            .from = settings->smtp_from,
                            .message_id = "preview@postern.invalid",
                            .received = view->item->received,
                            .now = now,
                            .service = settings->name,
                            .portal_url = settings->portal_url,
                            .calendar = review->calendar,
                            .consultation = settings->consultation,
                            .areas = settings->areas,
                            .home_area = area(examined, "home_area"),
                            .work_area = area(examined, "work_area"),
                            .by_hand = true};
    bool good = check(view, name, error) &&
                templates_reply_parse(name, &reply.template, &reply.variant) &&
                templates_words_make(&reply, kit, &words, error);

    if (good)
        *out_text = g_strdup_printf("%s\n\n%s", words.subject, words.text);
    json_decref(examined);
    return good;
}

static char *
params(const DaemonReviewView *view, const char *variant)
{
    json_t *examined = json_loads(view->record->findings_json, 0, NULL);
    const DaemonArea areas = {.home = area(examined, "home_area"),
                              .work = area(examined, "work_area")};
    char *text = daemon_reply_params_write(variant, &areas, true);

    json_decref(examined);
    return text;
}

bool
daemon_review_letter_queue(const DaemonReview *review, const DaemonReviewView *view,
                           const char *name, GError **error)
{
    const char *template = NULL, *variant = NULL;
    char *params_json;
    bool good;

    if (!check(view, name, error) || !templates_reply_parse(name, &template, &variant))
        return false;
    params_json = params(view, variant);
    const SpoolLetter letter = {.record_id = view->item->record_id,
                                .mail_id = view->item->mail_id,
                                .reference = view->item->reference,
                                .word = spool_outbox_word(template),
                                .template = template,
                                .to = view->item->address,
                                .domain = daemon_address_organisation(view->item->address),
                                .in_reply_to = view->item->message_id,
                                .params_json = params_json,
                                .message_id_domain = review->settings->message_id_domain};

    good = spool_outbox_queue(review->db, &letter, NULL, error);
    free(params_json);
    return good;
}
