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
    "message/rfc822",
};

static const char *const report_types[] = {
    "message/delivery-status",
    "text/rfc822-headers",
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
begins_with_one_of(const char *value, const char *const *types, gsize n_types)
{
    for (gsize i = 0; i < n_types; i++)
        if (g_str_has_prefix(value, types[i]))
            return true;
    return false;
}

/* What a line of a header says against it.  *report: the part is one of a report, as the line above
 * this one said: those have names that mean nothing, and nobody opens them. */
static bool
is_plain_field(const Line *line, const char **at, const char *end, bool *report)
{
    g_autofree char *value = NULL;

    if (line->length <= 1)
        *report = false;
    if (!begins(line, "content-"))
        return true;
    value = unfold(line, at, end);
    if (begins(line, "content-type")) {
        *report = begins_with_one_of(value, report_types, G_N_ELEMENTS(report_types));
        return *report || (begins_with_one_of(value, plain_types, G_N_ELEMENTS(plain_types)) &&
                           strstr(value, "name") == NULL);
    }
    if (begins(line, "content-disposition"))
        return *report || strcmp(value, "inline") == 0;
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
    bool report = false;
    Line line;

    if (size > PARSERS_PLAIN_BYTES || memchr(data, '\0', size) != NULL)
        return false;
    while (next_line(&at, end, &line))
        if (begins_a_file(&line) || !is_plain_field(&line, &at, end, &report))
            return false;
    return true;
}

static bool
is_common_charset(const char *name, gsize left)
{
    static const char *const common[] = {
        "utf-8", "us-ascii", "iso-8859-1", "windows-1252", "utf-16", "utf-7", "unicode-1-1-utf-7",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(common); i++)
        if (left > strlen(common[i]) &&
            g_ascii_strncasecmp(name, common[i], strlen(common[i])) == 0 &&
            !g_ascii_isdigit(name[strlen(common[i])]))
            return true;
    return left > 11 && g_ascii_strncasecmp(name, "iso-8859-15", 11) == 0;
}

/* A charset is named behind each of these. */
static bool
are_all_common(const char *data, gsize size, const char *sign)
{
    const char *at = data, *end = data + size;

    while ((at = memmem(at, (gsize)(end - at), sign, strlen(sign))) != NULL) {
        at += strlen(sign);
        at += at < end && *at == '"';
        if (!is_common_charset(at, (gsize)(end - at)))
            return false;
    }
    return true;
}

bool
parsers_plain_is_common(const char *data, gsize size)
{
    /* ISO 2022 shows itself by its escapes, whatever is said. */
    return memchr(data, 27, size) == NULL && are_all_common(data, size, "charset=") &&
           are_all_common(data, size, "=?");
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
