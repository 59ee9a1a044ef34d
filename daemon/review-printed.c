/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-printed.c - office files as pages: asked for by who looks, made by the printer.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Pages of office files"
 */
#include "config.h"

#include "daemon/converter.h"
#include "daemon/doorbell.h"
#include "daemon/log.h"
#include "daemon/review-item.h"
#include "daemon/review-pages.h"
#include "daemon/review-printed.h"
#include "parsers/foreign.h"
#include "spool/printed.h"

/* Add what one row holds; what is damaged, or one too many, is as if it were not there. */
static void
add_made(GPtrArray *all, const SpoolPrinted *printed)
{
    g_autoptr(GPtrArray) list = NULL;

    if (printed->document == NULL || !parsers_foreign_unpack(printed->document, &list, NULL))
        return;
    for (guint i = 0; i < list->len; i++) {
        const ParsersForeign *made = list->pdata[i];

        (void)parsers_foreign_add(all, parsers_limits_default(), made->converter, made->sha256,
                                  made->bytes);
    }
}

bool
daemon_review_printed_load(const DaemonReview *review, DaemonViewer *viewer, gint64 mail_id,
                           GArray **out_printed, GError **error)
{
    g_autoptr(GPtrArray) all = parsers_foreign_list_new();
    g_autoptr(GBytes) packed = NULL;

    if (!spool_printed_list(review->db, mail_id, out_printed, error))
        return false;
    for (guint i = 0; i < (*out_printed)->len; i++)
        add_made(all, &g_array_index(*out_printed, SpoolPrinted, i));
    if (all->len > 0)
        packed = parsers_foreign_pack(all);
    daemon_viewer_set_converted(viewer, packed);
    return true;
}

static DaemonReviewPrinted
ask(DaemonReview *review, gint64 mail_id, guint part)
{
    g_autoptr(GError) problem = NULL;
    bool is_new = false;

    if (!review->settings->convert || !daemon_converter_check("print", NULL))
        return DAEMON_REVIEW_PRINTED_NOT;
    if (!spool_printed_want(review->db, mail_id, part, &is_new, &problem)) {
        daemon_log(DAEMON_LOG_WARNING, "review", "pages not asked for: %s", problem->message);
        return DAEMON_REVIEW_PRINTED_NOT;
    }
    daemon_doorbell_ring(review->printer_fd);
    return DAEMON_REVIEW_PRINTED_WAITING;
}

DaemonReviewPrinted
daemon_review_printed_want(DaemonReview *review, gint64 mail_id, guint part, const GArray *printed)
{
    for (guint i = 0; i < printed->len; i++) {
        const SpoolPrinted *row = &g_array_index(printed, SpoolPrinted, i);

        if (row->part == part)
            return row->state == SPOOL_PRINTED_WAITING ? DAEMON_REVIEW_PRINTED_WAITING
                                                       : DAEMON_REVIEW_PRINTED_FAILED;
    }
    return printed->len < parsers_limits_default()->convert_documents ? ask(review, mail_id, part)
                                                                      : DAEMON_REVIEW_PRINTED_NOT;
}

/* How many are still being made: for the script, so that nobody has to look again by hand.  It
 * shows nothing of the item, and is no look at it. */
DAEMON_REVIEW_HANDLER(daemon_review_waiting)
{
    g_auto(DaemonReviewView) view = {0};
    g_autoptr(GArray) printed = NULL;
    guint waiting = 0;

    if (!daemon_review_view_open(review, request, &view, error) ||
        !spool_printed_list(review->db, view.item->mail_id, &printed, error))
        return false;
    for (guint i = 0; i < printed->len; i++)
        waiting += g_array_index(printed, SpoolPrinted, i).state == SPOOL_PRINTED_WAITING ? 1 : 0;
    daemon_review_answer(response, MHD_HTTP_OK, "text/plain; charset=utf-8",
                         g_strdup_printf("%u", waiting));
    return true;
}
