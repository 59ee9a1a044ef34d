/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/header.c - the header lines of a mail or of one of its parts.
 *
 * Lines are found here, within limits, because GMime 3.2.13 takes memory without
 * bound for them; what they mean is left to GMime.  Of several lines where one may
 * stand the first counts, so that staff and program never see two different mails.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 5322 section 2.2; RFC 2047; RFC 2231
 */
#include "config.h"

#include "parsers/header.h"

#include <gmime/gmime.h>
#include <string.h>

#include "parsers/charset.h"

static void
header_free(gpointer data)
{
    ParsersHeader *header = data;

    g_free(header->name);
    g_free(header->value);
    g_free(header);
}

GPtrArray *
parsers_header_list_new(void)
{
    return g_ptr_array_new_with_free_func(header_free);
}

/* Length of "Name" in "Name : value", 0 when the line is no header. */
static gsize
name_length(const char *line, gsize length)
{
    gsize n = 0, end = 0;

    while (n < length && line[n] > ' ' && line[n] != ':' && line[n] != 127)
        n++;
    for (end = n; end < length && (line[end] == ' ' || line[end] == '\t');)
        end++;
    return end < length && line[end] == ':' ? n : 0;
}

/* The end of a header with its continuation lines: the offset of the next line. */
static gsize
skip_folded(const char *data, gsize size, gsize offset)
{
    for (;;) {
        const char *newline = memchr(data + offset, '\n', size - offset);

        if (newline == NULL)
            return size;
        offset = (gsize)(newline - data) + 1;
        if (offset >= size || (data[offset] != ' ' && data[offset] != '\t'))
            return offset;
    }
}

static ParsersHeader *
header_new(const char *line, gsize length, gsize name)
{
    ParsersHeader *header = g_new0(ParsersHeader, 1);
    const char *colon = memchr(line, ':', length);
    g_autofree char *value = g_malloc(length + 1);
    gsize n = 0;

    for (const char *p = colon + 1; p < line + length; p++)
        if (*p != '\r' && *p != '\n')
            value[n++] = *p == '\t' ? ' ' : *p;
    header->name = g_strndup(line, name);
    header->value = g_strstrip(parsers_charset_to_utf8(value, n, NULL));
    return header;
}

static bool
is_mbox_line(const char *line, gsize length)
{
    return (length > 5 && memcmp(line, "From ", 5) == 0) ||
           (length > 6 && memcmp(line, ">From ", 6) == 0);
}

gsize
parsers_header_scan(const char *data, gsize size, const ParsersLimits *limits, GPtrArray *headers,
                    const char **out_limit)
{
    gsize offset = 0;

    *out_limit = NULL;
    while (offset < size) {
        const gsize next = skip_folded(data, size, offset);
        const char *line = data + offset;
        const gsize length = next - offset;
        const gsize name = name_length(line, length);
        const gsize kept = MIN(length, limits->header_line_bytes);

        if (*line == '\n' || (length >= 2 && line[0] == '\r' && line[1] == '\n'))
            return offset + (*line == '\n' ? 1 : 2);
        if (name == 0 && (headers->len > 0 || !is_mbox_line(line, length)))
            return offset; /* the empty line is missing: this is the body already */

        if (next > limits->header_bytes)
            *out_limit = "header_bytes";
        else if (headers->len >= limits->headers)
            *out_limit = "headers";
        else if (name > 0 && memchr(line, ':', kept) != NULL)
            /* Cut, not left out: the next one must not pass for the first of its name. */
            g_ptr_array_add(headers, header_new(line, kept, name));
        if (kept < length && *out_limit == NULL)
            *out_limit = "header_line_bytes";
        offset = next;
    }
    return size;
}

const char *
parsers_header_value(const GPtrArray *headers, const char *name, guint n)
{
    for (guint i = 0; i < headers->len; i++) {
        const ParsersHeader *header = g_ptr_array_index(headers, i);

        if (g_ascii_strcasecmp(header->name, name) == 0 && n-- == 0)
            return header->value;
    }
    return NULL;
}

/* Nothing but ASCII that prints, and no encoded word?  Then it means what it says. */
static bool
is_plain(const char *text)
{
    const char *at = text;

    while (*at >= ' ' && *at <= '~' && (at[0] != '=' || at[1] != '?'))
        at++;
    return *at == '\0';
}

/* Valid UTF-8 with every control character made a space. */
static char *
clean(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *out = g_string_sized_new(strlen(valid));

    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);

        g_string_append_unichar(out, g_unichar_iscntrl(c) ? ' ' : c);
    }
    return g_strstrip(g_string_free(out, FALSE));
}

/* ---- encoded words that are not encoded enough ---- */

/* Letters that should have been encoded become a word of their own: they are UTF-8 by now, whatever
 * the word's charset says.  Neighbouring words are joined when they are decoded. */
static void
append_raw_letters(GString *out, const char *charset, const char *text, gsize length)
{
    g_autofree char *base64 = g_base64_encode((const guchar *)text, length);

    g_string_append_printf(out, "?= =?utf-8?B?%s?= =?%s?Q?", base64, charset);
}

/* The payload of a Q word, with what ends a phrase of an address written as "=3A". */
static void
append_payload(GString *out, const char *charset, const char *text, gsize length)
{
    for (gsize i = 0; i < length;) {
        gsize n = 0;

        while (i + n < length && (guchar)text[i + n] >= 0x80)
            n++;
        if (n > 0)
            append_raw_letters(out, charset, text + i, n);
        else if (strchr("()<>@,;:\"\\[]", text[i]) != NULL)
            g_string_append_printf(out, "=%02X", (guint)text[i]);
        else
            g_string_append_c(out, text[i]);
        i += MAX(n, 1);
    }
}

/* Length of the Q word that starts here, 0 when there is none. */
static gsize
q_word_length(const char *text, gsize *out_charset, gsize *out_payload)
{
    const gsize charset = strncmp(text, "=?", 2) == 0 ? strcspn(text + 2, "?= ") : 0;
    const char *start = text + 2 + charset;
    const char *end = NULL;

    if (charset == 0 || start[0] != '?' || g_ascii_toupper(start[1]) != 'Q' || start[2] != '?')
        return 0;
    end = strstr(start + 3, "?=");
    if (end == NULL || memchr(start + 3, '?', (gsize)(end - start) - 3) != NULL)
        return 0;
    *out_charset = charset;
    *out_payload = (gsize)(end - start) - 3;
    return (gsize)(end - text) + 2;
}

char *
parsers_header_mend(const char *value)
{
    GString *out = g_string_sized_new(strlen(value) + 16);

    for (const char *p = value; *p != '\0';) {
        gsize charset = 0, payload = 0;
        const gsize length = q_word_length(p, &charset, &payload);
        g_autofree char *name = g_strndup(p + MIN(length, 2), charset);

        if (length == 0) {
            g_string_append_c(out, *p++);
            continue;
        }
        g_string_append_printf(out, "=?%s?Q?", name);
        append_payload(out, name, p + charset + 5, payload);
        g_string_append(out, "?=");
        p += length;
    }
    return g_string_free(out, FALSE);
}

char *
parsers_header_decode(const char *value)
{
    g_autofree char *mended = NULL;
    g_autofree char *decoded = NULL;

    if (is_plain(value))
        return g_strstrip(g_strdup(value));
    mended = parsers_header_mend(value);
    decoded = g_mime_utils_header_decode_text(NULL, mended);
    return clean(decoded != NULL ? decoded : "");
}

char *
parsers_header_parameter(const char *value, const char *name)
{
    const char *start = strchr(value, ';');
    g_autoptr(GObject) owner = NULL;
    GMimeParamList *list = NULL;
    GMimeParam *param = NULL;
    char *text = NULL;

    if (start == NULL) /* "text/plain charset=utf-8": the semicolon was forgotten */
        start = strchr(value, ' ');
    if (start == NULL)
        return NULL;
    list = g_mime_param_list_parse(NULL, start + 1);
    if (list == NULL)
        return NULL;
    owner = G_OBJECT(list);
    param = g_mime_param_list_get_parameter(list, name);
    if (param == NULL || g_mime_param_get_value(param) == NULL)
        return NULL;
    text = clean(g_mime_param_get_value(param));
    if (text[0] == '"') /* a quoted string that was never closed */
        memmove(text, text + 1, strlen(text));
    return text;
}

char *
parsers_header_token(const char *value)
{
    gsize n = 0;

    while (value[n] != '\0' && value[n] != ';' && !g_ascii_isspace(value[n]) && value[n] != '(')
        n++;
    return g_ascii_strdown(value, (gssize)n);
}

gsize
parsers_header_skip_comment(const char *value, gsize at)
{
    guint depth = 0;

    for (; value[at] != '\0'; at++) {
        if (value[at] == '\\' && value[at + 1] != '\0')
            at++;
        else if (value[at] == '(')
            depth++;
        else if (value[at] == ')' && --depth == 0)
            return at + 1;
    }
    return 0;
}
