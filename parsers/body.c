/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/body.c - which parts of a mail are its body, and what they say.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 2046 section 5.1.4; doc/reading.md
 */
#include "config.h"

#include "parsers/body.h"

#include <string.h>

#include "parsers/html.h"
#include "parsers/mapped.h"
#include "parsers/prose.h"
#include "parsers/read.h"
#include "parsers/text.h"

static void
body_free(gpointer data)
{
    ParsersBody *body = data;

    parsers_document_free(body->document);
    g_free(body);
}

static const ParsersMimePart *
part_at(const ParsersMime *mime, guint index)
{
    return g_ptr_array_index(parsers_mime_parts(mime), index);
}

/* The words inside winmail.dat, as parsers/tnef.h names them. */
static bool
is_tnef_body(const ParsersMime *mime, const ParsersMimePart *part)
{
    return part->container == 1 && part->parent >= 0 && g_str_has_prefix(part->name, "body.") &&
           strcmp(part_at(mime, (guint)part->parent)->type, "tnef") == 0;
}

bool
parsers_body_is_part(const ParsersMime *mime, guint index)
{
    const ParsersMimePart *part = part_at(mime, index);
    const char *disposition = part->headers != NULL
                                  ? parsers_header_value(part->headers, "Content-Disposition", 0)
                                  : NULL;

    if (is_tnef_body(mime, part))
        return true;
    if (part->container > 0 || part->encrypted ||
        (strcmp(part->declared, "text/plain") != 0 && strcmp(part->declared, "text/html") != 0 &&
         strcmp(part->declared, "text/enriched") != 0 &&
         /* A multipart whose boundary never comes is text after all. */
         !g_str_has_prefix(part->declared, "multipart/")))
        return false;
    if (strcmp(part->type, "text") != 0 && strcmp(part->type, "html") != 0 &&
        strcmp(part->type, "mail") != 0 && strcmp(part->type, "pgp") != 0)
        return false;
    /* A text with a name but without a disposition, put first, is a body that somebody named. */
    return !part->attachment ||
           (index == 0 &&
            (disposition == NULL || g_ascii_strncasecmp(disposition, "inline", 6) == 0));
}

static bool
read_part(const ParsersMimePart *part, const ParsersLimits *limits, ParsersBody *body,
          GError **error)
{
    const bool html = strcmp(part->declared, "text/html") == 0 ||
                      (strcmp(part->type, "html") == 0 && part->declared[0] == '\0');
    g_autofree char *text = NULL;

    if (strcmp(part->type, "rtf") == 0) {
        ParsersReading reading = {0};

        if (!parsers_read_document("rtf", part->bytes, limits, &reading, error))
            return false;
        body->format = "text";
        body->document = reading.document;
        return true;
    }
    text = parsers_mime_text(part);
    parsers_mapped_release(g_bytes_get_data(part->bytes, NULL), g_bytes_get_size(part->bytes));
    /* HTML may carry pictures; what counts there is its text, and the document bounds that. */
    if (!html && strlen(text) > limits->body_text_bytes)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "body_text_bytes");
    body->format = html ? "html" : "text";
    if (html)
        return parsers_html_read_text(text, limits, &body->document, error);
    return parsers_text_read(text,
                             !part->flowed ? PARSERS_TEXT_FIXED
                             : part->delsp ? PARSERS_TEXT_FLOWED_DELSP
                                           : PARSERS_TEXT_FLOWED,
                             limits, &body->document, error);
}

GPtrArray *
parsers_body_read(const ParsersMime *mime, const ParsersLimits *limits, GPtrArray *warnings)
{
    GPtrArray *bodies = g_ptr_array_new_with_free_func(body_free);
    const guint n = parsers_mime_parts(mime)->len;

    for (guint i = 0; i < n; i++) {
        g_autoptr(GError) error = NULL;
        ParsersBody *body = NULL;

        if (!parsers_body_is_part(mime, i))
            continue;
        body = g_new0(ParsersBody, 1);
        body->part = i;
        if (read_part(part_at(mime, i), limits, body, &error)) {
            g_ptr_array_add(bodies, body);
            continue;
        }
        g_ptr_array_add(warnings,
                        g_strdup_printf("the text of the mail was not read: %s", error->message));
        body_free(body);
    }
    return bodies;
}

/* ---- prose ---- */

/* Plain text that only says "this mail is HTML" says far less than the HTML beside it. */
static bool
is_better(const ParsersBody *one, const ParsersBody *other)
{
    g_autofree char *a = parsers_prose_collect(one->document, false);
    g_autofree char *b = parsers_prose_collect(other->document, false);

    return strlen(a) > 2 * strlen(b) + 40 || (*a != '\0' && *b == '\0');
}

/* Should this body's words count, or does another of the same alternative say them? */
static bool
is_chosen(const ParsersMime *mime, const GPtrArray *bodies, guint at)
{
    const ParsersBody *body = g_ptr_array_index(bodies, at);
    const guint alternative = part_at(mime, body->part)->alternative;
    const bool text = strcmp(body->format, "text") == 0;

    for (guint i = 0; alternative > 0 && i < bodies->len; i++) {
        const ParsersBody *other = g_ptr_array_index(bodies, i);

        if (i == at || part_at(mime, other->part)->alternative != alternative ||
            strcmp(other->format, body->format) == 0)
            continue;
        if (text ? is_better(other, body) : !is_better(body, other))
            return false;
    }
    return true;
}

static void
append(GString *out, const char *text)
{
    if (*text == '\0')
        return;
    if (out->len > 0 && out->str[out->len - 1] != '\n')
        g_string_append_c(out, '\n');
    g_string_append(out, text);
}

void
parsers_body_fill(ParsersFindings *findings, const ParsersMime *mime, const GPtrArray *bodies)
{
    g_autoptr(GString) written = g_string_new(NULL);
    g_autoptr(GString) quoted = g_string_new(NULL);

    for (guint i = 0; i < bodies->len; i++) {
        const ParsersBody *body = g_ptr_array_index(bodies, i);

        if (!is_chosen(mime, bodies, i))
            continue;
        g_autofree char *own = parsers_prose_collect(body->document, false);
        g_autofree char *others = parsers_prose_collect(body->document, true);

        append(written, own);
        append(quoted, others);
    }
    g_free(findings->text);
    g_free(findings->signature);
    g_free(findings->quoted);
    parsers_prose_split(written->str, &findings->text, &findings->signature);
    findings->quoted = g_strdup(quoted->str);
}
