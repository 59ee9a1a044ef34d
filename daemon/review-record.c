/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-record.c - copies of a record: PDF, JSON, and a sealed ZIP with the mails as they
 * came.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Getting it out"
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/record-document.h"
#include "daemon/review-export.h"
#include "daemon/review-page.h"
#include "daemon/review-pages.h"
#include "daemon/review-sealed.h"
#include "spool/audit.h"
#include "templates/pdf.h"

#define ORIGINALS_MAX ((gsize)256 * 1024 * 1024) /* bytes of all mails in one archive */

/* Such as LADO-7K3M-Q9TR.pdf: nothing of it comes from a mail. */
static char *
file_name(const SpoolItem *item, const char *end)
{
    return item->reference != NULL
               ? g_strdup_printf("%s.%s", item->reference, end)
               : g_strdup_printf("mail-%" G_GINT64_FORMAT ".%s", item->mail_id, end);
}

/* Kept before the first byte leaves. */
static bool
note(const DaemonReview *review, const DaemonReviewRequest *request, const SpoolItem *item,
     const char *form, GError **error)
{
    g_autofree char *object = g_strdup_printf("record:%" G_GINT64_FORMAT, item->record_id);
    g_autofree char *detail = g_strdup_printf("{\"form\":\"%s\"}", form);

    return spool_audit_append(review->db, request->session->account->name, "exported", object,
                              detail, error);
}

static void
download(DaemonReviewResponse *response, const char *type, char *name, GBytes *bytes)
{
    response->status = MHD_HTTP_OK;
    response->type = type;
    response->file_name = name;
    response->body = bytes;
}

static bool
make_pdf(const DaemonReview *review, const DaemonReviewView *view, GBytes **out_pdf, GError **error)
{
    const DaemonRecordWith with = {review->settings, review->definitions, review->calendar};
    g_autoptr(TemplatesRecord) document = daemon_record_document_make(&with, view->record);

    return templates_pdf_render(document, out_pdf, error);
}

static bool
make_json(const DaemonReview *review, const DaemonReviewView *view, GBytes **out_text,
          GError **error)
{
    json_t *made = NULL;
    char *text;

    if (!daemon_review_export_json(review, view, &made, error))
        return false;
    g_autoptr(json_t) record = made;

    text = json_dumps(record, JSON_INDENT(2));
    *out_text = g_bytes_new_with_free_func(text, strlen(text), free, text);
    return true;
}

DAEMON_REVIEW_HANDLER(daemon_review_record_pdf)
{
    g_auto(DaemonReviewView) view = {0};
    g_autoptr(GBytes) pdf = NULL;

    if (!daemon_review_view_open(review, request, &view, error) ||
        !make_pdf(review, &view, &pdf, error) || !note(review, request, view.item, "pdf", error))
        return false;
    download(response, "application/pdf", file_name(view.item, "pdf"), g_steal_pointer(&pdf));
    return true;
}

DAEMON_REVIEW_HANDLER(daemon_review_record_json)
{
    g_auto(DaemonReviewView) view = {0};
    g_autoptr(GBytes) text = NULL;

    if (!daemon_review_view_open(review, request, &view, error) ||
        !make_json(review, &view, &text, error) || !note(review, request, view.item, "json", error))
        return false;
    download(response, "application/json", file_name(view.item, "json"), g_steal_pointer(&text));
    return true;
}

/* An archive being filled; names and bytes are owned. */
typedef struct {
    GArray *parts;        /* TemplatesZipPart */
    const char *password; /* of all parts; borrowed */
    gsize originals;
} Archive;

static void
archive_clear(Archive *archive)
{
    for (guint i = 0; archive->parts != NULL && i < archive->parts->len; i++) {
        TemplatesZipPart *part = &g_array_index(archive->parts, TemplatesZipPart, i);

        g_free((char *)part->name);
        g_bytes_unref(part->bytes);
    }
    g_clear_pointer(&archive->parts, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Archive, archive_clear)

static void
add(Archive *archive, char *name, GBytes *bytes)
{
    const TemplatesZipPart part = {.name = name, .bytes = bytes, .password = archive->password};

    g_array_append_val(archive->parts, part);
}

static bool
add_original(const DaemonReview *review, gint64 mail_id, Archive *archive, GError **error)
{
    GBytes *raw = NULL;

    if (!spool_message_raw(review->db, mail_id, &raw, error))
        return false;
    archive->originals += g_bytes_get_size(raw);
    add(archive, g_strdup_printf("original-%" G_GINT64_FORMAT ".eml", mail_id), raw);
    return archive->originals <= ORIGINALS_MAX ||
           spool_throw(error, SPOOL_ERROR_TOO_BIG,
                       "the mails of this record are too large together");
}

static bool
fill(const DaemonReview *review, const DaemonReviewView *view, Archive *archive, GError **error)
{
    GBytes *bytes = NULL;
    const GPtrArray *attached = view->record->attached;

    if (!make_pdf(review, view, &bytes, error))
        return false;
    add(archive, file_name(view->item, "pdf"), bytes);
    if (!make_json(review, view, &bytes, error))
        return false;
    add(archive, file_name(view->item, "json"), bytes);
    if (!add_original(review, view->item->mail_id, archive, error))
        return false;
    for (guint i = 0; i < attached->len; i++)
        if (!add_original(review, ((const SpoolListing *)attached->pdata[i])->id, archive, error))
            return false;
    return true;
}

DAEMON_REVIEW_HANDLER(daemon_review_record_zip_page)
{
    return daemon_review_sealed_page(review, request, response,
                                     "Download the record with the mails as they came", "sealed",
                                     error);
}

DAEMON_REVIEW_HANDLER(daemon_review_record_zip)
{
    g_auto(DaemonReviewView) view = {0};
    g_auto(Archive) archive = {.parts = g_array_new(FALSE, FALSE, sizeof(TemplatesZipPart))};
    g_autoptr(GBytes) zip = NULL;

    if (!daemon_review_sealed_password(request, &archive.password, error) ||
        !daemon_review_view_open(review, request, &view, error) ||
        !fill(review, &view, &archive, error) ||
        !templates_zip_make((const TemplatesZipPart *)(void *)archive.parts->data,
                            archive.parts->len, spool_now(), &zip, error) ||
        !note(review, request, view.item, "zip", error))
        return false;
    download(response, "application/zip", file_name(view.item, "zip"), g_steal_pointer(&zip));
    return true;
}
