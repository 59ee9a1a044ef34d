/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-act.c - the page of an act, and carrying it out: whole, or not at all.
 *
 * What somebody wrote is never lost: a form that is refused comes back filled in,
 * and one that a colleague's change overtook is kept as a draft.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Acts"
 */
#include "config.h"

#include <string.h>

#include "daemon/doorbell.h"
#include "daemon/explain-words.h"
#include "daemon/record-document.h"
#include "daemon/review-acts.h"
#include "daemon/review-letter.h"
#include "daemon/review-page.h"
#include "daemon/review-pages.h"
#include "daemon/review-typed.h"
#include "daemon/review-words.h"
#include "spool/act.h"
#include "spool/outbox.h"

#define SURE 0.8
#define REASON_MAX 4000

/* One act on one item, from request to answer. */
typedef struct {
    DaemonReview *review;
    DaemonReviewRequest *request;
    const DaemonReviewAct *act;
    DaemonReviewView view;
    SpoolAct row;
    DaemonReviewTyped typed;
} Doing;

static void
doing_clear(Doing *doing)
{
    daemon_review_view_clear(&doing->view);
    daemon_review_typed_clear(&doing->typed);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Doing, doing_clear)

static bool
open_item(DaemonReview *review, DaemonReviewRequest *request, Doing *out_doing, GError **error)
{
    out_doing->review = review;
    out_doing->request = request;
    out_doing->act = daemon_review_act_find(request->path);
    if (out_doing->act == NULL)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "there is no such act");
    if (!daemon_review_view_open(review, request, &out_doing->view, error))
        return false;
    out_doing->row = (SpoolAct){.account = request->session->account,
                                .record_id = out_doing->view.item->record_id,
                                .version = out_doing->view.item->version,
                                .act = out_doing->act->name};
    return daemon_review_typed_open(review->db, request, &out_doing->row, &out_doing->typed, error);
}

static const char *
field(const Doing *doing, const char *name)
{
    const char *text = daemon_review_typed_get(&doing->typed, name);

    return text != NULL ? text : "";
}

/* Whether this act, as it is meant now, must say why. */
static bool
must_say_why(const Doing *doing)
{
    const DaemonReviewAct *act = doing->act;
    guint form = 0;
    const char *key = NULL;
    const SpoolField *answer;

    if ((act->asks & DAEMON_ACT_REASON) != 0)
        return true;
    if ((act->asks & DAEMON_ACT_OVERRIDES) != 0)
        return strcmp(act->name, doing->view.item->action) != 0;
    if ((act->asks & DAEMON_ACT_UNDECIDED) != 0)
        return strcmp(doing->view.item->outcome, "hold") == 0;
    answer = daemon_review_act_answer(doing->request, doing->view.record, &form, &key);
    return (act->asks & DAEMON_ACT_ANSWER) != 0 && answer != NULL && answer->confidence >= SURE;
}

static json_t *
colleagues_json(const Doing *doing, GError **error)
{
    g_autoptr(GPtrArray) accounts = NULL;
    json_t *list = json_array();

    if (!spool_account_list(doing->review->db, &accounts, error)) {
        json_decref(list);
        return NULL;
    }
    for (guint i = 0; i < accounts->len; i++) {
        const SpoolAccount *account = accounts->pdata[i];
        g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, account->id);
        bool chosen = daemon_review_typed_has(&doing->typed, "colleague", id) ||
                      daemon_review_typed_has(&doing->typed, "colleagues", id);

        if (account->disabled || !daemon_review_has_right(account->roles, DAEMON_RIGHT_ACT) ||
            account->id == doing->request->session->account->id)
            continue;
        json_array_append_new(list,
                              json_pack("{s:s, s:o, s:b}", "id", id, "name",
                                        daemon_review_line(account->shown, 60), "chosen", chosen));
    }
    return list;
}

static bool
add_colleagues(const Doing *doing, json_t *data, GError **error)
{
    json_t *list;

    if ((doing->act->asks & (DAEMON_ACT_COLLEAGUE | DAEMON_ACT_COLLEAGUES)) == 0)
        return true;
    list = colleagues_json(doing, error);
    if (list == NULL)
        return false;
    json_object_set_new(data,
                        (doing->act->asks & DAEMON_ACT_COLLEAGUE) != 0 ? "colleague" : "colleagues",
                        json_pack("{s:o}", "list", list));
    return true;
}

/* The question as its form asks it; the key where no form does.  The caller frees. */
static char *
label_of(const Doing *doing, guint form, const char *key)
{
    const DaemonReview *review = doing->review;
    const DaemonRecordWith with = {review->settings, review->definitions, review->calendar};
    g_autoptr(TemplatesRecord) document = daemon_record_document_make(&with, doing->view.record);

    for (guint s = 0; s < document->sections->len; s++) {
        const TemplatesRecordSection *section = document->sections->pdata[s];

        for (guint r = 0; r < section->rows->len; r++) {
            const TemplatesRecordRow *row = section->rows->pdata[r];

            if (row->form == form && g_strcmp0(row->key, key) == 0)
                return g_strdup(row->label);
        }
    }
    return g_strdup(key);
}

static bool
add_answer(const Doing *doing, json_t *data, GError **error)
{
    guint form = 0;
    const char *key = NULL, *typed = daemon_review_typed_get(&doing->typed, "value");
    const SpoolField *answer;
    g_autofree char *label = NULL;

    if ((doing->act->asks & DAEMON_ACT_ANSWER) == 0)
        return true;
    answer = daemon_review_act_answer(doing->request, doing->view.record, &form, &key);
    if (key == NULL)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "there is no such answer");
    label = label_of(doing, form, key);
    json_object_set_new(
        data, "answer",
        json_pack("{s:i, s:o, s:o, s:o, s:o, s:o}", "form", (int)form, "key",
                  daemon_review_line(key, 120), "label", daemon_review_line(label, 200), "value",
                  daemon_review_text(typed != NULL    ? typed
                                     : answer != NULL ? answer->value
                                                      : ""),
                  "raw", daemon_review_text(answer != NULL ? answer->raw : ""), "place",
                  daemon_review_line(answer != NULL ? answer->place : "", 120)));
    return true;
}

/* A letter as it would leave now; false in "possible" when it cannot be sent, with why. */
static json_t *
letter_json(const Doing *doing, const char *name)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    bool possible = daemon_review_letter_preview(doing->review, &doing->view, name, &text, &error);

    return json_pack("{s:s, s:s, s:b, s:s, s:s, s:b}", "name", name, "label",
                     daemon_review_template(name), "possible", possible, "text",
                     possible ? text : "", "why", possible ? "" : error->message, "chosen",
                     strcmp(name, field(doing, "letter")) == 0);
}

/* Whether the sender was already told something of this kind. */
static bool
told_before(const Doing *doing, bool *out_told, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;

    if (!spool_outbox_of_mail(doing->review->db, doing->view.item->mail_id, &rows, error))
        return false;
    *out_told = false;
    for (guint i = 0; i < rows->len; i++) {
        const SpoolOutboxRow *row = rows->pdata[i];

        *out_told |= doing->act->letter != NULL && strcmp(row->template, doing->act->letter) == 0 &&
                     strcmp(row->state, "failed") != 0 && strcmp(row->state, "bounced") != 0;
    }
    return true;
}

static bool
add_letters(const Doing *doing, json_t *data, GError **error)
{
    const DaemonReviewAct *act = doing->act;
    bool told = false;

    if ((act->asks & DAEMON_ACT_LETTER) != 0) {
        json_t *letters = json_array();

        for (const char *const *name = daemon_review_letter_names(); *name != NULL; name++)
            json_array_append_new(letters, letter_json(doing, *name));
        json_object_set_new(data, "letters", json_pack("{s:o}", "list", letters));
        json_object_set_new(data, "to", daemon_review_line(doing->view.item->address, 120));
    }
    if (act->letter == NULL)
        return true;
    if (!told_before(doing, &told, error))
        return false;
    json_object_set_new(data, "letter", letter_json(doing, act->letter));
    json_object_set_new(data, "letter_may", json_boolean((act->asks & DAEMON_ACT_LETTER_MAY) != 0));
    json_object_set_new(data, "told", json_boolean(told));
    json_object_set_new(data, "send",
                        json_boolean(daemon_review_typed_has(&doing->typed, "send", "yes")));
    json_object_set_new(data, "to", daemon_review_line(doing->view.item->address, 120));
    return true;
}

static void
add_reason(const Doing *doing, json_t *data)
{
    guint asks = doing->act->asks;
    bool reason = (asks & (DAEMON_ACT_REASON | DAEMON_ACT_REASON_MAY | DAEMON_ACT_OVERRIDES)) != 0;

    json_object_set_new(data, "reason", daemon_review_text(field(doing, "reason")));
    json_object_set_new(data, "drafted", json_boolean(doing->typed.kept != NULL));
    json_object_set_new(data, "must", json_boolean(must_say_why(doing)));
    json_object_set_new(data, "asks_reason", json_boolean(reason));
}

/* What is wrong with what was entered, or NULL; static. */
static const char *
problem_of(const Doing *doing)
{
    const char *reason = field(doing, "reason");

    if (must_say_why(doing) && strspn(reason, " \t\r\n") == strlen(reason))
        return "Say why, for whoever looks at this later.";
    if (strlen(reason) > REASON_MAX)
        return "That is too long: at most 4000 letters.";
    return NULL;
}

/* Nobody is sent to the portal by a slip of the hand: who was not read as a professional only when
 * somebody says that they are one. */
static bool
must_be_professional(const Doing *doing)
{
    return strcmp(doing->view.item->sender, "professional") != 0 &&
           (g_strcmp0(doing->act->letter, "redirection") == 0 ||
            (doing->act->asks & DAEMON_ACT_LETTER) != 0);
}

static const char *
problem_of_portal(const Doing *doing)
{
    const bool portal = g_strcmp0(doing->act->letter, "redirection") == 0 ||
                        strcmp(field(doing, "letter"), "redirection") == 0;

    return portal && must_be_professional(doing) &&
                   !daemon_review_typed_has(&doing->typed, "professional", "yes")
               ? "Only professionals are sent to the portal. Say that the writer is one, or choose "
                 "something else."
               : NULL;
}

/* Which field it is about, so that a link leads there. */
static void
add_problem(const Doing *doing, const char *problem, json_t *data)
{
    const bool reason = problem_of(doing) != NULL;
    const bool reference = !reason && (doing->act->asks & DAEMON_ACT_REFERENCE) != 0;
    const bool portal = !reason && problem_of_portal(doing) != NULL;

    json_object_set_new(data, "problem", json_string(problem));
    json_object_set_new(data, "wrong_reason", json_boolean(reason));
    json_object_set_new(data, "wrong_reference", json_boolean(reference));
    if (reason || reference || portal)
        json_object_set_new(data, "problem_at",
                            json_string(reason   ? "reason"
                                        : portal ? "professional"
                                                 : "reference"));
}

static bool
show(Doing *doing, DaemonReviewResponse *response, const char *problem, GError **error)
{
    g_autoptr(json_t) data = daemon_review_item_row(doing->review, doing->view.item);
    const DaemonReviewAct *act = doing->act;

    json_object_set_new(data, "title", json_string(act->title));
    json_object_set_new(data, "lead", json_string(act->lead));
    json_object_set_new(data, "button", json_string(act->button));
    json_object_set_new(data, "act", json_string(act->name));
    json_object_set_new(data, "version", json_integer(doing->view.item->version));
    json_object_set_new(data, "asks_reference",
                        json_boolean((act->asks & DAEMON_ACT_REFERENCE) != 0));
    json_object_set_new(data, "other", daemon_review_line(field(doing, "reference"), 40));
    json_object_set_new(data, "asks_professional", json_boolean(must_be_professional(doing)));
    json_object_set_new(
        data, "professional",
        json_boolean(daemon_review_typed_has(&doing->typed, "professional", "yes")));
    json_object_set_new(data, "sender",
                        json_string(daemon_explain_words_sender(doing->view.item->sender)));
    if (problem != NULL)
        add_problem(doing, problem, data);
    add_reason(doing, data);
    return add_colleagues(doing, data, error) && add_answer(doing, data, error) &&
           add_letters(doing, data, error) &&
           daemon_review_page(doing->review, doing->request, response, "act", json_incref(data),
                              error);
}

DAEMON_REVIEW_HANDLER(daemon_review_act_page)
{
    g_auto(Doing) doing = {0};

    return open_item(review, request, &doing, error) && show(&doing, response, NULL, error);
}

/* The transaction. */
static bool
carry_out(Doing *doing, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    const DaemonReviewDeed deed = {doing->review, doing->request, &doing->view,
                                   field(doing, "reason")};
    SpoolDb *db = doing->review->db;

    const char *key = NULL;
    guint form = 0;
    g_autofree char *detail = NULL;

    /* A key that is none makes the act fail. */
    if ((doing->act->asks & DAEMON_ACT_ANSWER) != 0) {
        (void)daemon_review_act_answer(doing->request, doing->view.record, &form, &key);
        detail = g_strdup_printf("{\"form\":%u,\"key\":\"%s\"}", form, key != NULL ? key : "");
    }
    doing->row.detail = detail;
    doing->row.reason = deed.reason;
    return spool_txn_begin(&txn, db, error) && spool_act_begin(db, &doing->row, error) &&
           doing->act->apply(&deed, error) && spool_txn_commit(&txn, error);
}

/* Somebody was faster: what was written here is kept, and the page says so. */
static bool
keep_draft(Doing *doing, GError **error)
{
    g_autoptr(GError) ignored = NULL;

    (void)daemon_review_typed_keep(doing->review->db, doing->request, &doing->row, &ignored);
    return spool_throw(error, SPOOL_ERROR_STALE, "somebody else changed this item");
}

DAEMON_REVIEW_HANDLER(daemon_review_act)
{
    g_auto(Doing) doing = {0};
    g_autoptr(GError) problem = NULL;
    const char *wrong;
    gint64 version = 0;

    if (!open_item(review, request, &doing, error))
        return false;
    if (!daemon_review_number(field(&doing, "version"), &version) ||
        version != doing.view.item->version)
        return keep_draft(&doing, error);
    if (!daemon_review_act_offered(review, doing.act, &doing.view,
                                   request->session->account->roles))
        return spool_throw(error, SPOOL_ERROR_STATE, "this act makes no sense for the item now");
    wrong = problem_of(&doing);
    if (wrong == NULL)
        wrong = problem_of_portal(&doing);
    if (wrong == NULL && carry_out(&doing, &problem)) {
        daemon_doorbell_ring(review->courier_fd);
        if (doing.act->leaves)
            daemon_review_go(response, "/queue");
        else
            daemon_review_go(response, "/item/%" G_GINT64_FORMAT, doing.view.item->record_id);
        return true;
    }
    if (problem != NULL && g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_STALE))
        return keep_draft(&doing, error);
    if (problem != NULL && !g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_STATE) &&
        !g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return false;
    }
    response->status = MHD_HTTP_UNPROCESSABLE_CONTENT;
    return show(&doing, response, wrong != NULL ? wrong : problem->message, error);
}

/* What is being typed, sent by the script or by "Save for later". */
DAEMON_REVIEW_HANDLER(daemon_review_draft)
{
    g_auto(Doing) doing = {0};
    const char *act = daemon_review_field(request, "act");
    g_autofree char *path = g_strconcat("/", act != NULL ? act : "", NULL);

    if (!daemon_review_view_open(review, request, &doing.view, error))
        return false;
    doing.act = daemon_review_act_find(path);
    if (doing.act == NULL)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "there is no such act");
    const SpoolAct row = {.account = request->session->account,
                          .record_id = doing.view.item->record_id,
                          .act = doing.act->name};

    if (!daemon_review_typed_keep(review->db, request, &row, error))
        return false;
    daemon_review_go(response, "/item/%" G_GINT64_FORMAT, row.record_id);
    return true;
}
