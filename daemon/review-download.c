/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-download.c - the mail as it came, for those who must have it, sealed.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "The original"
 */
#include "config.h"

#include <openssl/rand.h>
#include <string.h>

#include "daemon/review-item.h"
#include "daemon/review-page.h"
#include "daemon/review-pages.h"
#include "spool/audit.h"
#include "spool/db.h"
#include "spool/message.h"
#include "templates/zip.h"

#define PASSWORD 20u

static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789"; /* no two look alike */

/* NULL when there are no random numbers; the caller frees. */
static char *
password_new(void)
{
    guint8 random[PASSWORD];
    char *password = NULL;

    if (RAND_bytes(random, sizeof random) != 1)
        return NULL;
    password = g_malloc0(PASSWORD + 1);
    for (gsize i = 0; i < PASSWORD; i++)
        password[i] = letters[random[i] % (sizeof letters - 1)];
    return password;
}

/* Only what we have made, so that nobody is talked into a weaker one. */
static bool
is_password(const char *password)
{
    return password != NULL && strlen(password) == PASSWORD &&
           strspn(password, letters) == PASSWORD;
}

/* The warning, and the password, which is shown nowhere else. */
DAEMON_REVIEW_HANDLER(daemon_review_download_page)
{
    g_auto(DaemonReviewView) view = {0};
    g_autofree char *password = password_new();
    json_t *data = NULL;

    if (password == NULL)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "there are no random numbers");
    if (!daemon_review_view_open(review, request, &view, error))
        return false;
    data = daemon_review_item_row(review, view.item);
    json_object_set_new(data, "title", json_string("Download the mail as it came"));
    json_object_set_new(data, "password", json_string(password));
    return daemon_review_page(review, request, response, "original", data, error);
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
    const char *password = daemon_review_field(request, "password");

    if (!is_password(password))
        return spool_throw(error, SPOOL_ERROR_STATE, "that is no password of ours");
    if (!daemon_review_view_open(review, request, &view, error) ||
        !spool_message_raw(review->db, view.item->mail_id, &raw, error))
        return false;
    name = g_strdup_printf("mail-%" G_GINT64_FORMAT ".eml", view.item->mail_id);
    /* Noted first: nothing leaves without it. */
    if (!note(review, request, view.item, error) ||
        !templates_zip_make(&(TemplatesZipPart){name, raw, password}, 1, spool_now(),
                            &response->body, error))
        return false;
    response->status = MHD_HTTP_OK;
    response->type = "application/zip";
    response->file_name = g_strdup_printf("mail-%" G_GINT64_FORMAT ".zip", view.item->mail_id);
    return true;
}
