/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-split.c - several forms of one mail become records of their own.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Acts"; spool/entry.h
 */
#include "config.h"

#include <string.h>

#include "daemon/review-split.h"
#include "spool/act.h"
#include "spool/entry.h"
#include "spool/reference.h"

/* What the new record holds instead of a mail: where it comes from. */
static GBytes *
origin(const DaemonReviewView *view, guint form)
{
    char *text =
        g_strdup_printf("Subject: Form %u of %s\r\nMIME-Version: 1.0\r\n"
                        "Content-Type: text/plain; charset=us-ascii\r\n\r\n"
                        "Form %u of the mail of %s, made a record of its own by staff.\r\n",
                        form + 1, view->item->reference, form + 1, view->item->reference);

    return g_bytes_new_take(text, strlen(text));
}

static GPtrArray *
fields_of(const SpoolRecord *record, guint form)
{
    GPtrArray *fields = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < record->fields->len; i++) {
        const SpoolField *field = record->fields->pdata[i];
        SpoolField *copy;

        if (field->form != form)
            continue;
        copy = g_memdup2(field, sizeof *field);
        copy->form = 0;
        copy->version = 1;
        g_ptr_array_add(fields, copy);
    }
    return fields;
}

static bool
split_one(const DaemonReviewDeed *deed, guint number, GError **error)
{
    const DaemonReviewView *view = deed->view;
    g_autoptr(GBytes) raw = origin(view, number);
    g_autoptr(GPtrArray) forms = g_ptr_array_new();
    g_autoptr(GPtrArray) fields = fields_of(view->record, number);
    g_autofree char *prefix = g_strndup(view->item->reference, strcspn(view->item->reference, "-"));
    g_autofree char *reference = NULL;
    g_autoptr(SpoolItem) made = NULL;

    g_ptr_array_add(forms, view->record->forms->pdata[number]);
    const SpoolEntry entry = {view->item->mailbox, deed->request->session->account->name,
                              view->item->received, raw};
    const SpoolDecision decision = {
        .action = "accept",
        .reply = "none",
        .kind = view->item->kind,
        .sender = view->item->sender,
        .urgent = view->item->urgent,
        .prefix = prefix,
        .reasons_json = "[{\"rule\":\"split-by-staff\",\"evidence\":\"\"}]",
        .findings_json = "{}",
        .forms = forms,
        .fields = fields,
        .shown_from = view->item->from,
        .subject = view->item->subject,
        .from_address = view->item->address,
    };

    return spool_entry_put(deed->review->db, &entry, &decision, &reference, error) &&
           spool_item_find(deed->review->db, reference, deed->request->session->account->id, &made,
                           error) &&
           spool_act_link(deed->review->db, view->item->record_id, made->record_id, error);
}

bool
daemon_review_split(const DaemonReviewDeed *deed, GError **error)
{
    const SpoolRecord *record = deed->view->record;
    bool first = true;
    guint made = 0;

    if (deed->view->item->reference == NULL)
        return spool_throw(error, SPOOL_ERROR_STATE, "a mail without a reference is not split");
    for (guint i = 0; i < record->forms->len; i++) {
        const SpoolForm *form = record->forms->pdata[i];

        if (form->blank)
            continue;
        if (!first && !split_one(deed, i, error))
            return false;
        made += !first;
        first = false;
    }
    return made > 0 || spool_throw(error, SPOOL_ERROR_STATE, "there is only one form to read");
}
