/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/view-read.c - make the view of a mail, and pictures of its pages.
 *
 * What is said of each part is what was found when the mail was read; what stands in it is taken
 * from the same document model that its fields were read from, so that their places agree.
 *
 * Runs in:  postern-view, inside the cage.
 * Source:   doc/review.md, "The original"
 */
#include "config.h"

#include "parsers/view-read.h"

#include <string.h>

#include "parsers/body.h"
#include "parsers/draw.h"
#include "parsers/foreign.h"
#include "parsers/html.h"
#include "parsers/mail.h"
#include "parsers/mime.h"
#include "parsers/preview.h"
#include "parsers/read.h"
#include "parsers/sniff.h"
#include "parsers/text.h"
#include "parsers/view-find.h"
#include "parsers/view-steps.h"

/* Headers that people look for. */
static const char *const shown_headers[] = {
    "From", "Sender", "Reply-To", "To", "Cc", "Date", "Subject", "Auto-Submitted",
};

static void
set(char **place, const char *text)
{
    g_free(*place);
    *place = g_strdup(text);
}

static void
take_headers(const ParsersMime *mime, ParsersView *view)
{
    for (gsize i = 0; i < G_N_ELEMENTS(shown_headers); i++) {
        const char *value = parsers_mime_header(mime, shown_headers[i], 0);

        if (value == NULL)
            continue;
        g_ptr_array_add(view->headers, g_strdup(shown_headers[i]));
        g_ptr_array_add(view->headers, parsers_header_decode(value));
    }
}

/* What is looked at in the place of a part: what a converter made of it, its own preview, or
 * itself.  out_type: static.  The caller unrefs. */
static GBytes *
bytes_of(const ParsersViewMail *mail, const ParsersMimePart *part, const char **out_type)
{
    GBytes *converted = parsers_foreign_find(mail->converted, part->sha256);
    g_autoptr(GBytes) preview =
        strcmp(part->type, "pages") == 0 ? parsers_preview_take(part->bytes, mail->limits) : NULL;
    GBytes *other = converted != NULL ? converted : preview;

    *out_type = other != NULL ? parsers_sniff_type(other) : part->type;
    return g_bytes_ref(other != NULL ? other : part->bytes);
}

/* What is drawn in the place of a part: what was printed of it, or what is looked at. */
static GBytes *
pages_of(const ParsersViewMail *mail, const ParsersMimePart *part, const char **out_type)
{
    GBytes *printed = parsers_foreign_find_pages(mail->converted, part->sha256);

    if (printed == NULL)
        return bytes_of(mail, part, out_type);
    *out_type = parsers_sniff_type(printed);
    return g_bytes_ref(printed);
}

/* What makes pages of a part that has none of its own, or NULL; static. */
static const char *
printer_of(const ParsersMimePart *part)
{
    if (parsers_read_knows(part->type))
        return parsers_foreign_converter(part->type) != NULL || strcmp(part->type, "rtf") == 0
                   ? "print"
                   : NULL;
    return parsers_foreign_converter(part->type);
}

/* The words of a mail, as parsers/mail.c reads them for fields. */
static bool
read_words(const ParsersViewMail *mail, const ParsersMimePart *part, ParsersDocument **out_document,
           GError **error)
{
    g_autofree char *text = parsers_mime_text(part);

    if (strcmp(part->type, "html") == 0)
        return parsers_html_read_text(text, mail->limits, out_document, error);
    return parsers_text_read(text, PARSERS_TEXT_FIXED, mail->limits, out_document, error);
}

static bool
is_words(const ParsersMimePart *part)
{
    return !part->attachment &&
           (strcmp(part->type, "text") == 0 || strcmp(part->type, "html") == 0);
}

static void
add_pages(const ParsersViewMail *mail, const ParsersMimePart *part, ParsersViewPart *row)
{
    const char *type = NULL;
    g_autoptr(GBytes) bytes = pages_of(mail, part, &type);

    parsers_draw_sizes(type, bytes, mail->limits, row->pages);
    row->printed = parsers_foreign_find_pages(mail->converted, part->sha256) != NULL;
    if (row->printed)
        parsers_view_find(row, bytes, mail->limits);
    row->printable = !row->printed && !row->body && row->pages->len == 0 &&
                     row->state != PARSERS_PART_LOCKED && row->state != PARSERS_PART_LIMIT &&
                     printer_of(part) != NULL;
}

static void
read_part(const ParsersViewMail *mail, const ParsersMimePart *part, ParsersViewPart *row,
          ParsersViewRoom *room)
{
    const char *type = NULL;
    g_autoptr(GBytes) bytes = bytes_of(mail, part, &type);
    ParsersReading reading = {0};
    bool read = false;

    if (part->container > 0 && is_words(part)) {
        row->body = true;
        read = read_words(mail, part, &reading.document, NULL);
    } else if (parsers_read_knows(type)) {
        read = parsers_read_document(type, bytes, mail->limits, &reading, NULL);
    }
    row->scanned = reading.scanned;
    if (read)
        row->cut = !parsers_view_steps_add(row, reading.document, room);
    parsers_document_free(reading.document);
    add_pages(mail, part, row);
}

/* Bodies that say the same thing: the first one is shown. */
static bool
said_before(const ParsersMime *mime, const GPtrArray *bodies, guint index)
{
    const ParsersMimePart *part = g_ptr_array_index(parsers_mime_parts(mime), index);

    for (guint i = 0; i < bodies->len && part->alternative != 0; i++) {
        const ParsersBody *body = bodies->pdata[i];
        const ParsersMimePart *other = g_ptr_array_index(parsers_mime_parts(mime), body->part);

        if (body->part < index && other->alternative == part->alternative)
            return true;
    }
    return false;
}

static const ParsersBody *
body_of(const GPtrArray *bodies, guint index)
{
    for (guint i = 0; i < bodies->len; i++)
        if (((const ParsersBody *)bodies->pdata[i])->part == index)
            return bodies->pdata[i];
    return NULL;
}

static ParsersViewPart *
part_new(const ParsersPart *found)
{
    ParsersViewPart *row = parsers_view_part_new();

    set(&row->name, found->name);
    set(&row->type, found->type);
    set(&row->problem, found->problem);
    row->size = found->size;
    row->depth = found->depth;
    row->state = found->state;
    return row;
}

ParsersView *
parsers_view_read(const ParsersViewMail *mail)
{
    ParsersView *view = parsers_view_new();
    g_autoptr(ParsersFindings) findings =
        parsers_mail_read_converted(mail->raw, mail->definitions, mail->limits, mail->converted);
    g_autoptr(ParsersMime) mime = parsers_mime_read(mail->raw, mail->limits);
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) bodies = parsers_body_read(mime, mail->limits, warnings);
    const GPtrArray *parts = parsers_mime_parts(mime);
    ParsersViewRoom room = {PARSERS_VIEW_STEPS, PARSERS_VIEW_TEXT};

    take_headers(mime, view);
    for (guint i = 0; i < MIN(parts->len, findings->parts->len); i++) {
        ParsersViewPart *row = part_new(findings->parts->pdata[i]);
        const ParsersBody *body = body_of(bodies, i);

        g_ptr_array_add(view->parts, row);
        if (body != NULL) {
            row->body = true;
            row->again = said_before(mime, bodies, i);
            row->cut = !parsers_view_steps_add(row, body->document, &room);
        } else if (i < mail->limits->documents) {
            read_part(mail, parts->pdata[i], row, &room);
        }
    }
    return view;
}

bool
parsers_view_draw(const ParsersViewMail *mail, guint part, guint page, GBytes **out_png,
                  GError **error)
{
    g_autoptr(ParsersMime) mime = parsers_mime_read(mail->raw, mail->limits);
    const GPtrArray *parts = parsers_mime_parts(mime);
    g_autoptr(GBytes) bytes = NULL;
    const char *type = NULL;

    if (part >= parts->len || part >= mail->limits->documents || page == 0)
        return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "there is no such part");
    bytes = pages_of(mail, parts->pdata[part], &type);
    return parsers_draw_page(type, bytes, page - 1, mail->limits, out_png, error);
}

bool
parsers_view_document(const ParsersViewMail *mail, guint part, GBytes **out_packed, GError **error)
{
    g_autoptr(ParsersMime) mime = parsers_mime_read(mail->raw, mail->limits);
    const GPtrArray *parts = parsers_mime_parts(mime);
    g_autoptr(GPtrArray) list = parsers_foreign_list_new();
    const ParsersMimePart *wanted =
        part < MIN(parts->len, mail->limits->documents) ? parts->pdata[part] : NULL;
    const char *printer = wanted != NULL ? printer_of(wanted) : NULL;

    if (printer == NULL ||
        !parsers_foreign_add(list, mail->limits, printer, wanted->sha256, wanted->bytes))
        return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "there is nothing to print");
    *out_packed = parsers_foreign_pack(list);
    return true;
}

bool
parsers_view_answer(const ParsersViewMail *mail, const ParsersWireRequest *request,
                    GBytes **out_bytes, GError **error)
{
    g_autoptr(ParsersView) view = NULL;

    if (request->want == PARSERS_WIRE_WANT_DOCUMENT)
        return parsers_view_document(mail, request->part, out_bytes, error);
    if (request->want == PARSERS_WIRE_WANT_PICTURE)
        return parsers_view_draw(mail, request->part, request->page, out_bytes, error);
    view = parsers_view_read(mail);
    *out_bytes = parsers_view_encode(view);
    return true;
}
