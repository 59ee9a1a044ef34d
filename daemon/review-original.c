/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-original.c - what came in, and what was answered, as it can be shown.
 *
 * Every text of the mail goes through daemon/safe-text and is escaped by the template; ids of
 * elements are made here of fixed words and numbers.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "The original"
 */
#include "config.h"

#include <string.h>

#include "daemon/log.h"
#include "daemon/review-original.h"
#include "daemon/review-pages.h"
#include "daemon/review-painter.h"
#include "daemon/review-printed.h"
#include "daemon/review-spared.h"
#include "daemon/review-steps.h"
#include "daemon/viewer.h"
#include "spool/message.h"

#define LINE 200u
#define EAGER_PAGES 3u

/* clang-format off */
static const char *const states[] = {
    [PARSERS_PART_READ]        = "",
    [PARSERS_PART_EVIDENCE]    = "Kept for a person: nothing was read in it",
    [PARSERS_PART_DECORATION]  = "A logo or a picture of a signature",
    [PARSERS_PART_LOCKED]      = "Locked by a password or encrypted",
    [PARSERS_PART_DAMAGED]     = "Damaged",
    [PARSERS_PART_UNSUPPORTED] = "Of a kind that Postern does not read",
    [PARSERS_PART_LIMIT]       = "Left unread: too large, or too much",
};
static const struct { const char *type, *words; } types[] = {
    { "docx",  "Word document"         }, { "doc",  "old Word document"   }, { "pdf",  "PDF"           },
    { "odt",   "OpenDocument text"     }, { "rtf",  "RTF document"        }, { "html", "HTML"          },
    { "text",  "plain text"            }, { "image", "picture"            }, { "mail", "another mail"  },
    { "zip",   "archive"               }, { "xlsx", "Excel sheet"         }, { "xls",  "Excel sheet"   },
    { "msg",   "mail saved by Outlook" }, { "ics",  "calendar entry"      }, { "audio", "sound"        },
    { "video", "film"                  }, { "tnef", "mail from Outlook"   }, { "exe",  "program"       },
};
/* clang-format on */

static const char *
type_words(const char *type)
{
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        if (strcmp(types[i].type, type) == 0)
            return types[i].words;
    return "file";
}

static json_t *
title_of(const ParsersViewPart *part)
{
    if (part->body && part->depth == 0)
        return json_string(part->again ? "The mail, as it came besides" : "The mail");
    if (part->body)
        return json_string("Words of a mail that was passed on");
    return part->name[0] != '\0' ? daemon_review_line(part->name, 100)
                                 : json_string("A part without a name");
}

/* A mail as it is looked at; all borrowed. */
typedef struct {
    gint64 mail_id;
    const ParsersView *view;
    const GArray *printed; /* SpoolPrinted */
} Shown;

/* Is it a picture, or pages that are nothing else?  Those are shown only when asked for. */
static bool
is_picture(const ParsersViewPart *part)
{
    return part->scanned || strcmp(part->type, "image") == 0;
}

static json_t *
about(const ParsersViewPart *part)
{
    g_autofree char *size = g_format_size(part->size);
    GString *text = g_string_new(type_words(part->type));
    json_t *line = NULL;

    g_string_append_printf(text, ", %s", size);
    if (part->pages->len > 0 && strcmp(part->type, "image") != 0)
        g_string_append_printf(text, part->pages->len == 1 ? ", 1 page" : ", %u pages",
                               part->pages->len);
    line = daemon_review_line(text->str, LINE);
    g_string_free(text, TRUE);
    return line;
}

static json_t *
part_json(const DaemonReviewSteps *steps, const ParsersViewPart *part, guint number)
{
    json_t *row = json_object();
    json_t *pages = daemon_review_steps_pages(steps, part, number);
    json_t *content = daemon_review_steps_text(steps, part, number);
    const bool has_pages = json_array_size(pages) > 0;

    json_object_set_new(row, "number", json_integer(number));
    json_object_set_new(row, "title", title_of(part));
    json_object_set_new(row, "about", about(part));
    json_object_set_new(row, "state", json_string(states[part->state]));
    json_object_set_new(row, "problem", daemon_review_line(part->problem, LINE));
    json_object_set_new(row, "blurred", json_boolean(is_picture(part) && has_pages));
    json_object_set_new(row, "pages", pages);
    json_object_set_new(row, "has_pages", json_boolean(has_pages));
    /* A scan is printed with the page: it must be there by then. */
    json_object_set_new(
        row, "lazy",
        json_boolean(json_array_size(content) > 0 || json_array_size(pages) > EAGER_PAGES));
    json_object_set_new(row, "has_text", json_boolean(json_array_size(content) > 0));
    json_object_set_new(row, "folded", json_boolean((has_pages && !part->printed) || part->again));
    json_object_set_new(row, "printed", json_boolean(part->printed && has_pages));
    json_object_set_new(row, "again", json_boolean(part->again));
    json_object_set_new(row, "cut", json_boolean(part->cut));
    json_object_set_new(row, "steps", content);
    return row;
}

/* only: NULL, or the names of those that are shown. */
static json_t *
headers_json(const ParsersView *view, const char *const *only)
{
    json_t *headers = json_array();

    for (guint i = 0; i + 1 < view->headers->len; i += 2)
        if (only == NULL || g_strv_contains(only, view->headers->pdata[i]))
            json_array_append_new(
                headers,
                json_pack("{s:o, s:o}", "name", daemon_review_line(view->headers->pdata[i], 40),
                          "value", daemon_review_line(view->headers->pdata[i + 1], 500)));
    return headers;
}

/* What is said of pages that are being made, or cannot be. */
static void
say_printed(DaemonReview *review, const Shown *shown, guint number, json_t *row)
{
    const ParsersViewPart *part = shown->view->parts->pdata[number];
    DaemonReviewPrinted state = DAEMON_REVIEW_PRINTED_NOT;

    if (part->printed && part->pages->len == 0)
        state = DAEMON_REVIEW_PRINTED_FAILED;
    else if (part->printable)
        state = daemon_review_printed_want(review, shown->mail_id, number, shown->printed);
    json_object_set_new(row, "making", json_boolean(state == DAEMON_REVIEW_PRINTED_WAITING));
    json_object_set_new(row, "unprinted", json_boolean(state == DAEMON_REVIEW_PRINTED_FAILED));
}

/* Is it an archive's or a mail's own row, or a part that shows nothing and is nobody's file? */
static bool
is_shown(const ParsersViewPart *part)
{
    return part->steps->len > 0 || part->pages->len > 0 || part->name[0] != '\0' ||
           part->problem[0] != '\0';
}

static json_t *
parts_json(DaemonReview *review, const DaemonReviewSteps *steps, const Shown *shown)
{
    const GPtrArray *all = shown->view->parts;
    json_t *parts = json_array();

    for (guint i = 0; i < all->len; i++) {
        if (!is_shown(all->pdata[i]))
            continue;
        json_array_append_new(parts, part_json(steps, all->pdata[i], i));
        say_printed(review, shown, i, json_array_get(parts, json_array_size(parts) - 1));
    }
    return parts;
}

/* ---- where answers were read ---- */

static bool
is_source(const ParsersViewPart *part, const char *source)
{
    if (strcmp(source, "body") == 0)
        return part->body;
    return !part->body && strcmp(part->name[0] != '\0' ? part->name : "attachment", source) == 0;
}

typedef struct {
    const ParsersView *shown;
    const SpoolRecord *record;
    DaemonReviewSteps *steps;
} Search;

/* The source of an answer's form, or NULL. */
static const char *
source_of(const Search *search, json_t *answer)
{
    const json_int_t form = json_integer_value(json_object_get(answer, "form"));

    return form >= 0 && form < (json_int_t)search->record->forms->len
               ? ((const SpoolForm *)search->record->forms->pdata[form])->source
               : NULL;
}

/* Ask for a mark at its place in each part that may be its form's. */
static void
want(const Search *search, json_t *answer)
{
    const char *source = source_of(search, answer);
    const char *place = json_string_value(json_object_get(answer, "place"));

    for (guint i = 0; source != NULL && place[0] != '\0' && i < search->shown->parts->len; i++)
        if (is_source(search->shown->parts->pdata[i], source))
            daemon_review_steps_want(search->steps, i, place);
}

/* Say where its mark stands: at its place, else at its form. */
static void
say_where(const Search *search, json_t *answer)
{
    const char *source = source_of(search, answer);
    const char *place = json_string_value(json_object_get(answer, "place"));
    g_autofree char *where = NULL;

    for (guint i = 0; source != NULL && place[0] != '\0' && i < search->shown->parts->len; i++) {
        const ParsersViewPart *part = search->shown->parts->pdata[i];

        if (!is_source(part, source) || !is_shown(part))
            continue;
        if (where == NULL)
            where = g_strdup_printf("part-%u", i);
        if (daemon_review_steps_has(search->steps, i, place)) {
            g_free(where);
            where = daemon_review_steps_id(i, place);
            break;
        }
    }
    if (where != NULL)
        json_object_set_new(answer, "where", json_string(where));
}

static void
each_answer(const Search *search, json_t *data, void (*act)(const Search *search, json_t *answer))
{
    const json_t *sections = json_object_get(data, "sections");

    for (gsize s = 0; s < json_array_size(sections); s++) {
        const json_t *answers = json_object_get(json_array_get(sections, s), "answers");

        for (gsize a = 0; a < json_array_size(answers); a++)
            act(search, json_array_get(answers, a));
    }
}

/* ---- all of it ---- */

/* The viewer, started when it is first needed.  Not being able to is no fault of the page's. */
static bool
viewer_of(DaemonReview *review, GError **error)
{
    return review->viewer != NULL || daemon_viewer_open(review->settings, &review->viewer, error);
}

bool
daemon_review_original_add(DaemonReview *review, const DaemonReviewView *view, json_t *data,
                           GError **error)
{
    g_autoptr(DaemonMemoryFile) mail = NULL;
    g_autoptr(ParsersView) shown = NULL;
    g_autoptr(GArray) printed = NULL;
    g_autoptr(GError) problem = NULL;
    g_autoptr(DaemonReviewSteps) steps = daemon_review_steps_new(view->item->record_id);
    json_t *original = json_object();

    json_object_set_new(data, "original", original);
    if (!daemon_memory_file_load(review->db, view->item->mail_id, &mail, error))
        return false;
    if (daemon_review_spared_is(review->spared, view->item->mail_id, DAEMON_REVIEW_SPARED_VIEW,
                                g_get_monotonic_time())) {
        json_object_set_new(original, "unseen", json_true());
        return true;
    }
    if (!viewer_of(review, &problem) ||
        !daemon_review_printed_load(review, review->viewer, view->item->mail_id, &printed,
                                    &problem) ||
        !daemon_viewer_look(review->viewer, mail, &shown, &problem)) {
        daemon_review_spared_note(review->spared, view->item->mail_id, DAEMON_REVIEW_SPARED_VIEW,
                                  problem, g_get_monotonic_time());
        daemon_log(DAEMON_LOG_WARNING, "review", "mail:%" G_GINT64_FORMAT " not shown: %s",
                   view->item->mail_id, problem->message);
        json_object_set_new(original, "unseen", json_true());
        return true;
    }
    const Search search = {shown, view->record, steps};

    each_answer(&search, data, want);
    json_object_set_new(original, "headers", headers_json(shown, NULL));
    json_object_set_new(
        original, "parts",
        parts_json(review, steps, &(const Shown){view->item->mail_id, shown, printed}));
    each_answer(&search, data, say_where);
    return true;
}

/* Its own words: the text that most people see, not the same again in HTML. */
static json_t *
letter_json(const ParsersView *shown, gint64 item)
{
    /* When it left stands beside it; the rest is for machines. */
    static const char *const headers[] = {"From", "To", "Cc", "Reply-To", "Subject", NULL};
    g_autoptr(DaemonReviewSteps) steps = daemon_review_steps_new(item);
    json_t *words = json_array();

    for (guint i = 0; i < shown->parts->len; i++) {
        const ParsersViewPart *part = shown->parts->pdata[i];
        g_autoptr(json_t) text = daemon_review_steps_text(steps, part, i);

        if (part->body && !part->again)
            json_array_extend(words, text);
    }
    return json_pack("{s:o, s:o}", "headers", headers_json(shown, headers), "steps", words);
}

bool
daemon_review_original_sent(DaemonReview *review, const SpoolOutboxRow *row, json_t *reply,
                            GError **error)
{
    g_autoptr(SpoolOutboxRow) whole = NULL;
    g_autoptr(DaemonMemoryFile) mail = NULL;
    g_autoptr(ParsersView) shown = NULL;
    g_autoptr(GError) problem = NULL;

    if (!spool_outbox_get(review->db, row->id, &whole, error))
        return false;
    if (whole->sent == NULL)
        return true;
    if (!viewer_of(review, &problem) || !daemon_memory_file_new(whole->sent, &mail, &problem)) {
        json_object_set_new(reply, "unshown", json_true());
        return true;
    }
    daemon_viewer_set_converted(review->viewer, NULL);
    if (daemon_viewer_look(review->viewer, mail, &shown, &problem)) {
        json_object_set_new(reply, "letter", letter_json(shown, row->record_id));
        return true;
    }
    daemon_log(DAEMON_LOG_WARNING, "review", "reply:%" G_GINT64_FORMAT " not shown: %s", row->id,
               problem->message);
    json_object_set_new(reply, "unshown", json_true());
    return true;
}

/* "3.png" */
static bool
page_of(const char *text, gint64 *out_page)
{
    g_autofree char *number =
        g_str_has_suffix(text, ".png") ? g_strndup(text, strlen(text) - 4) : NULL;

    return number != NULL && daemon_review_number(number, out_page) && *out_page <= G_MAXUINT16;
}

/* Drawn later: whoever wants another page does not wait for it. */
DAEMON_REVIEW_HANDLER(daemon_review_picture)
{
    g_auto(DaemonReviewView) view = {0};
    gint64 part = 0, page = 0;

    if (!daemon_review_number(request->args[1], &part) || part > G_MAXUINT16 ||
        !page_of(request->args[2], &page))
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "there is no such picture");
    if (!daemon_review_view_open(review, request, &view, error))
        return false;
    daemon_review_painter_order(
        review, request, response,
        &(const DaemonReviewPicture){view.item->mail_id, (guint)part - 1, (guint)page});
    return true;
}
