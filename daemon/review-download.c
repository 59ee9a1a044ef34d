/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-download.c - the mail as it came, for those who must have it, sealed.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "The original"
 */
#include "config.h"

#include "daemon/review-pages.h"
#include "daemon/review-sealed.h"
#include "spool/audit.h"
#include "spool/db.h"
#include "spool/message.h"

DAEMON_REVIEW_HANDLER(daemon_review_download_page)
{
    return daemon_review_sealed_page(review, request, response, "Download the mail as it came",
                                     "original", error);
}

static bool
note(DaemonReview *review, const DaemonReviewRequest *request, const SpoolItem *item,
     GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_autofree char *object = g_strdup_printf("record:%" G_GINT64_FORMAT, item->record_id);

    return spool_txn_begin(&txn, review->db, error) &&
           spool_audit_append(review->db, request->session->account->name, "downloaded", object,
                              NULL, error) &&
           spool_txn_commit(&txn, error);
}

DAEMON_REVIEW_HANDLER(daemon_review_download)
{
    g_auto(DaemonReviewView) view = {0};
    g_autoptr(GBytes) raw = NULL;
    g_autofree char *name = NULL;
    const char *password = NULL;

    if (!daemon_review_sealed_password(request, &password, error) ||
        !daemon_review_view_open(review, request, &view, error) ||
        !spool_message_raw(review->db, view.item->mail_id, &raw, error))
        return false;
    name = g_strdup_printf("mail-%" G_GINT64_FORMAT ".eml", view.item->mail_id);
    /* Noted first: nothing leaves without it. */
    if (!note(review, request, view.item, error) ||
        !templates_zip_make(&(TemplatesZipPart){.name = name, .bytes = raw, .password = password},
                            1, spool_now(), &response->body, error))
        return false;
    response->status = MHD_HTTP_OK;
    response->type = "application/zip";
    response->file_name = g_strdup_printf("mail-%" G_GINT64_FORMAT ".zip", view.item->mail_id);
    return true;
}
