/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-acts.c - the table of what people can do with an item, and what each does.
 *
 * Each function here changes only what its act is about: version, reason, audit
 * and draft are the same for all (spool/act.c).
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Acts"
 */
#include "config.h"

#include <string.h>

#include "daemon/review-acts.h"
#include "daemon/review-export.h"
#include "daemon/review-letter.h"
#include "daemon/review-split.h"
#include "spool/act.h"

static gint64
own(const DaemonReviewDeed *deed)
{
    return deed->request->session->account->id;
}

static bool
outcome(const DaemonReviewDeed *deed, const char *word, const char *state, gint64 holder,
        GError **error)
{
    SpoolDb *db = deed->review->db;
    gint64 id = deed->view->item->record_id;

    return spool_act_set_outcome(db, id, word, error) &&
           spool_act_set_state(db, id, state, holder, error);
}

static bool
letter_if_wanted(const DaemonReviewDeed *deed, const char *name, GError **error)
{
    return g_strcmp0(daemon_review_field(deed->request, "send"), "yes") != 0 ||
           daemon_review_letter_queue(deed->review, deed->view, name, error);
}

static bool
do_take(const DaemonReviewDeed *deed, GError **error)
{
    return spool_act_set_state(deed->review->db, deed->view->item->record_id, "open", own(deed),
                               error);
}

/* An account that can act on items. */
static bool
colleague(const DaemonReviewDeed *deed, const char *text, gint64 *out_id, GError **error)
{
    g_autoptr(SpoolAccount) account = NULL;

    if (!daemon_review_number(text, out_id))
        return spool_throw(error, SPOOL_ERROR_STATE, "no colleague was chosen");
    return spool_account_get(deed->review->db, *out_id, &account, error) &&
           ((!account->disabled && daemon_review_has_right(account->roles, DAEMON_RIGHT_ACT)) ||
            spool_throw(error, SPOOL_ERROR_STATE, "that colleague cannot act on items"));
}

static bool
do_hand(const DaemonReviewDeed *deed, GError **error)
{
    gint64 id = 0;

    return colleague(deed, daemon_review_field(deed->request, "colleague"), &id, error) &&
           spool_act_set_state(deed->review->db, deed->view->item->record_id, "waiting", id, error);
}

static bool
do_correct(const DaemonReviewDeed *deed, GError **error)
{
    SpoolCorrection correction = {.record_id = deed->view->item->record_id,
                                  .author = deed->request->session->account->name,
                                  .value = daemon_review_field(deed->request, "value"),
                                  .reason = deed->reason};

    correction.before = daemon_review_act_answer(deed->request, deed->view->record,
                                                 &correction.form, &correction.key);
    if (correction.key == NULL || correction.value == NULL)
        return spool_throw(error, SPOOL_ERROR_STATE, "there is no such answer");
    return spool_record_correct(deed->review->db, &correction, error);
}

static bool
do_accept(const DaemonReviewDeed *deed, GError **error)
{
    return outcome(deed, "accept", "open", own(deed), error) &&
           letter_if_wanted(deed, "acknowledgement", error);
}

static bool
do_redirect(const DaemonReviewDeed *deed, GError **error)
{
    return outcome(deed, "redirect", "closed", 0, error) &&
           letter_if_wanted(deed, "redirection", error);
}

static bool
do_hold(const DaemonReviewDeed *deed, GError **error)
{
    const char *text = daemon_review_field(deed->request, "colleague");
    gint64 id = own(deed);

    if (text != NULL && text[0] != '\0' && !colleague(deed, text, &id, error))
        return false;
    return outcome(deed, "hold", "waiting", id, error) && letter_if_wanted(deed, "holding", error);
}

static bool
do_this_was_a_parent(const DaemonReviewDeed *deed, GError **error)
{
    return outcome(deed, "accept", "open", own(deed), error) &&
           daemon_review_letter_queue(deed->review, deed->view, "apology", error);
}

static bool
do_link(const DaemonReviewDeed *deed, GError **error)
{
    const char *reference = daemon_review_field(deed->request, "reference");
    g_autoptr(SpoolItem) other = NULL;

    return spool_item_find(deed->review->db, reference != NULL ? reference : "", own(deed), &other,
                           error) &&
           spool_act_link(deed->review->db, deed->view->item->record_id, other->record_id, error);
}

static bool
do_restrict(const DaemonReviewDeed *deed, GError **error)
{
    const GPtrArray *fields = deed->request->field_list;
    g_autoptr(GArray) readers = g_array_new(FALSE, FALSE, sizeof(gint64));
    gint64 id = own(deed);

    /* Whoever restricts an item keeps it in sight: nobody else could open it up again. */
    g_array_append_val(readers, id);
    for (guint i = 0; i + 1 < fields->len; i += 2)
        if (strcmp(fields->pdata[i], "colleagues") == 0) {
            if (!colleague(deed, fields->pdata[i + 1], &id, error))
                return false;
            g_array_append_val(readers, id);
        }
    return spool_act_set_readers(deed->review->db, deed->view->item->record_id, readers, error);
}

static bool
do_unrestrict(const DaemonReviewDeed *deed, GError **error)
{
    return spool_act_set_readers(deed->review->db, deed->view->item->record_id, NULL, error);
}

static bool
do_reply(const DaemonReviewDeed *deed, GError **error)
{
    return daemon_review_letter_queue(deed->review, deed->view,
                                      daemon_review_field(deed->request, "letter"), error);
}

static bool
do_nothing_more(const DaemonReviewDeed *deed, GError **error)
{
    (void)deed;
    (void)error;
    return true;
}

static bool
do_urgent(const DaemonReviewDeed *deed, GError **error)
{
    return spool_act_set_urgent(deed->review->db, deed->view->item->record_id, error);
}

static bool
do_close(const DaemonReviewDeed *deed, GError **error)
{
    return spool_act_set_state(deed->review->db, deed->view->item->record_id, "closed", 0, error);
}

static bool
do_reopen(const DaemonReviewDeed *deed, GError **error)
{
    return spool_act_set_state(deed->review->db, deed->view->item->record_id, "open", own(deed),
                               error);
}

/* clang-format off */
const DaemonReviewAct daemon_review_acts[] = {
    { "take", "Take it", "You will be shown as the person who looks after this item.", "Take it",
      0, NULL, false, do_take },
    { "hand", "Hand it to a colleague", "It waits for them. They see it under \"Only mine\".", "Hand over",
      DAEMON_ACT_COLLEAGUE | DAEMON_ACT_REASON_MAY, NULL, true, do_hand },
    { "correct", "Change an answer", "What was read is kept; your answer stands beside it with your name.",
      "Save", DAEMON_ACT_ANSWER | DAEMON_ACT_REASON_MAY, NULL, false, do_correct },
    { "accept", "Accept as a referral", "It becomes a referral, whatever Postern made of it.", "Accept",
      DAEMON_ACT_OVERRIDES | DAEMON_ACT_LETTER_MAY, "acknowledgement", false, do_accept },
    { "redirect", "Send to the portal",
      "Only for professionals. A parent, a carer or a member of the public is never sent to the portal.",
      "Send to the portal", DAEMON_ACT_OVERRIDES | DAEMON_ACT_LETTER_MAY, "redirection", true, do_redirect },
    { "hold", "Keep it to be decided", "It waits, for you or for a colleague.", "Keep",
      DAEMON_ACT_OVERRIDES | DAEMON_ACT_COLLEAGUE | DAEMON_ACT_LETTER_MAY, "holding", false, do_hold },
    { "this-was-a-parent", "This was a parent",
      "It becomes a referral, and the sender gets an apology with the acknowledgement.",
      "Put it right", DAEMON_ACT_REASON, "apology", false, do_this_was_a_parent },
    { "link", "Link with another record", "Both show the other.", "Link",
      DAEMON_ACT_REFERENCE | DAEMON_ACT_REASON, NULL, false, do_link },
    { "split", "Make records of its forms",
      "Each further form of this mail becomes a record of its own, linked with this one.", "Split",
      DAEMON_ACT_REASON, NULL, false, daemon_review_split },
    { "restrict", "Restrict who may see it",
      "Only the colleagues that you name, and you, will see that it is there.", "Restrict",
      DAEMON_ACT_REASON | DAEMON_ACT_COLLEAGUES, NULL, false, do_restrict },
    { "unrestrict", "Let everybody see it again", "All colleagues who review will see it.", "Open up",
      DAEMON_ACT_REASON, NULL, false, do_unrestrict },
    { "reply", "Send a reply", "It goes to whoever wrote the mail, and to nobody else.", "Send",
      DAEMON_ACT_LETTER | DAEMON_ACT_REASON, NULL, false, do_reply },
    { "note", "Add a note", "For colleagues. The sender never sees it.", "Save",
      DAEMON_ACT_REASON, NULL, false, do_nothing_more },
    { "urgent", "Mark as urgent", "It goes to the top of the queue. This is not taken back.", "Mark as urgent",
      DAEMON_ACT_REASON_MAY, NULL, false, do_urgent },
    { "export", "Hand over to the case system", "The record, as it is now, is sent to the case system.",
      "Hand over", 0, NULL, false, daemon_review_export },
    { "close", "Close it", "Everything that had to be done is done. It stays findable.", "Close",
      DAEMON_ACT_REASON_MAY | DAEMON_ACT_UNDECIDED, NULL, true, do_close },
    { "reopen", "Open it again", "It comes back into the queue, for you.", "Open again",
      DAEMON_ACT_REASON, NULL, false, do_reopen },
};
/* clang-format on */
const gsize daemon_n_review_acts = G_N_ELEMENTS(daemon_review_acts);

const DaemonReviewAct *
daemon_review_act_find(const char *path)
{
    const char *slash = strrchr(path, '/');

    for (gsize i = 0; slash != NULL && i < daemon_n_review_acts; i++)
        if (strcmp(daemon_review_acts[i].name, slash + 1) == 0)
            return &daemon_review_acts[i];
    return NULL;
}

bool
daemon_review_act_offered(const DaemonReview *review, const DaemonReviewAct *act,
                          const DaemonReviewView *view, guint roles)
{
    const SpoolItem *item = view->item;
    bool closed = strcmp(item->state, "closed") == 0;
    bool redirected = strcmp(item->outcome, "redirect") == 0;
    const char *const only_closed[] = {"reopen", "note", "link", "this-was-a-parent",
                                       "reply",  NULL};
    const char *const restricting[] = {"restrict", "unrestrict", NULL};

    if (g_strv_contains(restricting, act->name))
        return daemon_review_has_right(roles, DAEMON_RIGHT_RESTRICT) &&
               item->restricted == (strcmp(act->name, "unrestrict") == 0);
    if (strcmp(act->name, "export") == 0)
        return review->settings->export_webhook_url != NULL;
    if (strcmp(act->name, "this-was-a-parent") == 0)
        return redirected;
    if (strcmp(act->name, "correct") == 0)
        return true;
    if (strcmp(act->name, "split") == 0)
        return view->record->forms->len > 1;
    if (strcmp(act->name, "urgent") == 0)
        return !item->urgent;
    if (strcmp(act->name, item->outcome) == 0 && item->settled != 0)
        return false; /* a person has said so already */
    return closed ? g_strv_contains(only_closed, act->name) : strcmp(act->name, "reopen") != 0;
}

static const char *
told(const DaemonReviewRequest *request, const char *name)
{
    const char *field = daemon_review_field(request, name);

    return field != NULL ? field : daemon_review_query(request, name);
}

const SpoolField *
daemon_review_act_answer(const DaemonReviewRequest *request, const SpoolRecord *record,
                         guint *out_form, const char **out_key)
{
    const char *form = told(request, "form"), *key = told(request, "key");
    guint64 number = 0;

    *out_key = NULL;
    if (key == NULL || form == NULL || record->forms->len == 0 ||
        !g_ascii_string_to_unsigned(form, 10, 0, record->forms->len - 1, &number, NULL))
        return NULL;
    *out_key = key;
    *out_form = (guint)number;
    for (guint i = 0; i < record->fields->len; i++) {
        const SpoolField *field = record->fields->pdata[i];

        if (field->form == number && strcmp(field->key, key) == 0)
            return field;
    }
    return NULL;
}
