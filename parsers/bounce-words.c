/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/bounce-words.c - the texts of a bounce: the notice, the report, the mail it returns.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   RFC 3462, RFC 3464
 */
#include "config.h"

#include <string.h>

#include "parsers/bounce-words.h"
#include "parsers/kind-marks.h"

#define MOST_BYTES 65536u

/* Where a notice ends and the mail that it returns begins, when both are one text: a ruled line
 * that says so, or the first headers of that mail. */
static const char divider[] =
    "^\\s*[-=_*]{2,}[^\\n]{0,60}\\b(this is a copy of|(below|beneath) this "
    "line|(original|returned|unsent|"
    "undelivered) (message|mail)|(header|start|text|lines?|part) of (the |your "
    ")?(original|returned|"
    "undelivered|message)|message headers? follows?)[^\\n]{0,60}$|"
    "^\\s*(the |your )?(original|returned|unsent|undelivered) (message|mail)( header)?( text)?( "
    "as)?( follows?|"
    " is (attached|below|included below))?[.: ]{0,3}$|"
    "^\\s*(received: ?(from|by) |return-path: |x-original-to: |dkim-signature: )";

/* Part of a mail, as a text that is not too long. */
static char *
start_of(const ParsersMimePart *part)
{
    ParsersMimePart start = *part;
    gsize size = g_bytes_get_size(part->bytes);
    g_autoptr(GBytes) bytes = g_bytes_new_from_bytes(part->bytes, 0, MIN(size, MOST_BYTES));

    start.bytes = bytes;
    return parsers_mime_text(&start);
}

static void
append(GString *out, const char *text)
{
    if (out->len > 0)
        g_string_append_c(out, '\n');
    for (; *text != '\0' && out->len < MOST_BYTES; text++)
        if (*text != '\r')
            g_string_append_c(out, *text);
}

static void
append_headers(GString *out, const GPtrArray *headers)
{
    for (guint i = 0; headers != NULL && i < headers->len && out->len < MOST_BYTES; i++) {
        const ParsersHeader *header = headers->pdata[i];

        g_string_append_printf(out, "%s: %s\n", header->name, header->value);
    }
}

static bool
is_type(const ParsersMimePart *part, const char *pattern)
{
    return parsers_kind_marks_match(pattern, part->declared);
}

static void
take_part(const ParsersMimePart *part, GString *notice, GString *report, GString *returned)
{
    g_autofree char *text = NULL;

    if (is_type(part, "^message/(rfc822|global)$")) {
        append_headers(returned, part->mail_headers);
        return;
    }
    if (!is_type(part,
                 "^(text/(plain|rfc822-headers)|message/(global-)?(delivery-status|headers))"))
        return;
    text = start_of(part);
    append(is_type(part, "delivery-status") ? report
           : is_type(part, "^text/plain")   ? notice
                                            : returned,
           text);
}

/* Part the notice from what it quotes. */
static void
cut(GString *notice, GString *returned)
{
    gsize at = 0;

    if (!parsers_kind_marks_find_first(divider, notice->str, &at))
        return;
    append(returned, notice->str + at);
    g_string_truncate(notice, at);
}

void
parsers_bounce_words_take(const ParsersFindings *findings, const ParsersMime *mime,
                          ParsersBounceWords *out_words)
{
    GString *notice = g_string_new(NULL), *report = g_string_new(NULL);
    GString *returned = g_string_new(NULL);
    const GPtrArray *parts = parsers_mime_parts(mime);

    for (guint i = 0; i < parts->len; i++) {
        const ParsersMimePart *part = parts->pdata[i];

        if (part->container == 0)
            take_part(part, notice, report, returned);
    }
    if (notice->len == 0) { /* HTML only */
        append(notice, findings->text);
        append(notice, findings->quoted);
    }
    cut(notice, returned);
    *out_words = (ParsersBounceWords){g_string_free(notice, FALSE), g_string_free(report, FALSE),
                                      g_string_free(returned, FALSE)};
}

void
parsers_bounce_words_clear(ParsersBounceWords *words)
{
    g_clear_pointer(&words->notice, g_free);
    g_clear_pointer(&words->report, g_free);
    g_clear_pointer(&words->returned, g_free);
}

void
parsers_bounce_words_warm_up(void)
{
    parsers_kind_marks_warm_up(divider);
}
