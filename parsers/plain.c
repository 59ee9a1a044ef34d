/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/plain.c - mails that are nothing but plain text, which may share a process.
 *
 * In doubt a mail is not plain: it then gets a process of its own, as all others.
 *
 * Runs in:  postern-parser.
 * Source:   doc/process-model.md, "Plain mails"; RFC 2045, RFC 3464
 */
#include "config.h"

#include <string.h>

#include "parsers/plain.h"

/* A line of a mail, without its end. */
typedef struct {
    const char *at;
    gsize length;
} Line;

static const char *const plain_types[] = {
    "text/plain",
    "multipart/",
    "message/delivery-status",
    "text/rfc822-headers",
    "message/rfc822",
    "message/feedback-report",
    "message/disposition-notification",
};

static bool
next_line(const char **at, const char *end, Line *out_line)
{
    const char *stop;

    if (*at >= end)
        return false;
    stop = memchr(*at, '\n', (gsize)(end - *at));
    stop = stop != NULL ? stop : end;
    *out_line = (Line){*at, (gsize)(stop - *at)};
    *at = stop + 1;
    return true;
}

static bool
begins(const Line *line, const char *word)
{
    gsize length = strlen(word);

    return line->length >= length && g_ascii_strncasecmp(line->at, word, length) == 0;
}

/* The value of a field whose first line this is, with the lines that go on with it, in small
 * letters; at is moved behind them.  The caller frees. */
static char *
unfold(const Line *first, const char **at, const char *end)
{
    const char *colon = memchr(first->at, ':', first->length);
    GString *value = g_string_new(NULL);
    Line line;

    if (colon != NULL)
        g_string_append_len(value, colon + 1, (gssize)(first->at + first->length - colon - 1));
    while (*at < end && (**at == ' ' || **at == '\t') && next_line(at, end, &line))
        g_string_append_len(value, line.at, (gssize)line.length);
    g_string_ascii_down(value);
    return g_strstrip(g_string_free(value, FALSE));
}

static bool
is_plain_type(const char *value)
{
    for (gsize i = 0; i < G_N_ELEMENTS(plain_types); i++)
        if (g_str_has_prefix(value, plain_types[i]))
            return strstr(value, "name") == NULL;
    return false;
}

/* What a line of a header says against it. */
static bool
is_plain_field(const Line *line, const char **at, const char *end)
{
    g_autofree char *value = NULL;

    if (!begins(line, "content-"))
        return true;
    value = unfold(line, at, end);
    if (begins(line, "content-type"))
        return is_plain_type(value);
    if (begins(line, "content-disposition"))
        return strcmp(value, "inline") == 0;
    return !begins(line, "content-transfer-encoding") || strstr(value, "base64") == NULL;
}

/* Files in the text itself: uuencode, yEnc, BinHex. */
static bool
begins_a_file(const Line *line)
{
    return (begins(line, "begin ") && line->length > 6 && g_ascii_isdigit(line->at[6])) ||
           begins(line, "begin-base64") || begins(line, "=ybegin") ||
           begins(line, "(This file must be converted");
}

bool
parsers_plain_looks(const char *data, gsize size)
{
    const char *at = data, *end = data + size;
    Line line;

    if (size > PARSERS_PLAIN_BYTES || memchr(data, '\0', size) != NULL)
        return false;
    while (next_line(&at, end, &line))
        if (begins_a_file(&line) || !is_plain_field(&line, &at, end))
            return false;
    return true;
}

const ParsersLimits *
parsers_plain_limits(void)
{
    static ParsersLimits limits;

    limits = *parsers_limits_default();
    limits.documents = 0;
    limits.zip_entries = 0;
    limits.image_pixels = 0;
    limits.convert_documents = 0;
    limits.findings_bytes = PARSERS_PLAIN_FINDINGS;
    return &limits;
}

bool
parsers_plain_was(const ParsersFindings *findings)
{
    for (guint i = 0; i < findings->parts->len; i++) {
        const ParsersPart *part = findings->parts->pdata[i];

        if (part->state != PARSERS_PART_READ || strcmp(part->type, "html") == 0)
            return false;
    }
    return true;
}
