/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/split.c - the skeleton of a mail: which bytes are which part.
 *
 * Done here and not by GMime 3.2.13: that takes 1.4 GB for a mail of a million
 * parts, does not see lines that end in CR, and hangs or overflows its stack on
 * mails of some bytes.  Bytes are never copied: a leaf is a slice of the mail.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 2045; RFC 2046 section 5.1; jstedfast/gmime issue 165
 */
#include "config.h"

#include "parsers/split.h"

#include <string.h>

#include "parsers/header.h"
#include "parsers/mapped.h"

/* What an entity inherits from those around it. */
typedef struct {
    guint depth;
    guint alternative;
    bool related;
    bool report;
    bool encrypted;
    bool first;
    bool cut;
    bool digest;
} Context;

typedef struct {
    ParsersSplit *split;
    const ParsersLimits *limits;
    GBytes *raw;
    const char *data;
    guint alternatives;
} Splitter;

typedef struct {
    gsize start;
    gsize end;
} Range;

static void split_entity(Splitter *s, Range range, const Context *context);

static void
leaf_free(gpointer data)
{
    ParsersSplitLeaf *leaf = data;

    g_ptr_array_unref(leaf->headers);
    g_bytes_unref(leaf->body);
    g_free(leaf->type);
    g_free(leaf);
}

void
parsers_split_free(ParsersSplit *split)
{
    if (split == NULL)
        return;
    g_ptr_array_unref(split->headers);
    g_ptr_array_unref(split->leaves);
    g_free(split->type);
    g_free(split);
}

/* The content type, or the one that stands for none (RFC 2045 section 5.2, RFC 2046 5.1.5). */
static char *
content_type(const GPtrArray *headers, bool digest)
{
    const char *value = parsers_header_value(headers, "Content-Type", 0);
    g_autofree char *type = parsers_header_token(value != NULL ? value : "");

    if (strchr(type, '/') == NULL || g_str_has_suffix(type, "/") || type[0] == '/') {
        g_free(type);
        type = g_strdup(digest && value == NULL ? "message/rfc822" : "text/plain");
    }
    return g_steal_pointer(&type);
}

static void
add_leaf(Splitter *s, Range body, GPtrArray *headers, const char *type, const Context *context)
{
    ParsersSplitLeaf *leaf = g_new0(ParsersSplitLeaf, 1);

    leaf->headers = g_ptr_array_ref(headers);
    leaf->body = g_bytes_new_from_bytes(s->raw, body.start, body.end - body.start);
    leaf->type = g_strdup(type);
    leaf->alternative = context->alternative;
    leaf->related = context->related;
    leaf->report = context->report;
    leaf->encrypted = context->encrypted;
    leaf->first = context->first;
    leaf->cut = context->cut;
    g_ptr_array_add(s->split->leaves, leaf);
}

/* ---- boundaries ---- */

typedef enum {
    LINE_OTHER,
    LINE_DELIMITER,
    LINE_CLOSE,
} LineKind;

static LineKind
line_kind(const char *line, gsize length, const char *boundary, gsize boundary_length)
{
    LineKind kind = LINE_DELIMITER;
    gsize i = 2 + boundary_length;

    if (length < i || line[0] != '-' || line[1] != '-' ||
        memcmp(line + 2, boundary, boundary_length) != 0)
        return LINE_OTHER;
    if (length >= i + 2 && line[i] == '-' && line[i + 1] == '-') {
        kind = LINE_CLOSE;
        i += 2;
    }
    for (; i < length; i++)
        if (!g_ascii_isspace(line[i]))
            return LINE_OTHER;
    return kind;
}

static gsize
next_line(const Splitter *s, gsize offset, gsize end)
{
    const char *newline = memchr(s->data + offset, '\n', end - offset);

    return newline != NULL ? (gsize)(newline - s->data) + 1 : end;
}

/* When a multipart names no boundary: the first line that looks like one. */
static char *
guess_boundary(const Splitter *s, Range body)
{
    for (gsize offset = body.start; offset < body.end;) {
        const gsize next = next_line(s, offset, body.end);
        const char *line = s->data + offset;
        gsize length = next - offset;

        while (length > 0 && g_ascii_isspace(line[length - 1]))
            length--;
        if (length > 6 && length < 128 && line[0] == '-' && line[1] == '-' &&
            memchr(line, ' ', length) == NULL)
            return g_strndup(line + 2, length - 2);
        offset = next;
    }
    return NULL;
}

/* The line break before a delimiter belongs to the delimiter. */
static gsize
without_line_break(const Splitter *s, gsize start, gsize end)
{
    if (end > start && s->data[end - 1] == '\n')
        end--;
    if (end > start && s->data[end - 1] == '\r')
        end--;
    return end;
}

/* Parts after the closing boundary are kept too: some gateways write them there. */
static GArray *
find_parts(const Splitter *s, Range body, const char *boundary, bool *out_closed)
{
    const gsize boundary_length = strlen(boundary);
    GArray *parts = g_array_new(FALSE, FALSE, sizeof(Range));
    bool open = false;
    Range part = {0, 0};

    *out_closed = false;
    for (gsize offset = body.start; offset < body.end;) {
        const gsize next = next_line(s, offset, body.end);
        const LineKind kind = line_kind(s->data + offset, next - offset, boundary, boundary_length);

        if (kind != LINE_OTHER && open) {
            part.end = without_line_break(s, part.start, offset);
            g_array_append_val(parts, part);
        }
        if (kind != LINE_OTHER) {
            open = kind == LINE_DELIMITER;
            *out_closed = kind == LINE_CLOSE;
            part.start = next;
        }
        if (parts->len > s->limits->mime_parts)
            break;
        offset = next;
    }
    part.end = body.end;
    if (open && part.start < part.end)
        g_array_append_val(parts, part);
    return parts;
}

/* ---- entities ---- */

static Context
inside(Splitter *s, const Context *outer, const char *type)
{
    Context inner = *outer;

    inner.depth++;
    inner.digest = strcmp(type, "multipart/digest") == 0;
    if (strcmp(type, "multipart/alternative") == 0)
        inner.alternative = ++s->alternatives;
    if (strcmp(type, "multipart/mixed") == 0 && outer->alternative == 0)
        inner.related = false;
    if (g_str_has_prefix(type, "multipart/report"))
        inner.report = true;
    if (strcmp(type, "multipart/encrypted") == 0)
        inner.encrypted = true;
    return inner;
}

/* False when it cannot be split, so that the caller keeps it whole. */
static bool
split_multipart(Splitter *s, Range body, const GPtrArray *headers, const char *type,
                const Context *context)
{
    const char *value = parsers_header_value(headers, "Content-Type", 0);
    g_autofree char *boundary = value != NULL ? parsers_header_parameter(value, "boundary") : NULL;
    g_autoptr(GArray) parts = NULL;
    bool closed = false;
    Context inner = inside(s, context, type);

    if (inner.depth > s->limits->mime_depth) {
        s->split->limit = "mime_depth";
        return false;
    }
    if (boundary != NULL && boundary[0] != '\0')
        parts = find_parts(s, body, boundary, &closed);
    if (parts == NULL || parts->len == 0) {
        g_free(boundary);
        g_clear_pointer(&parts, g_array_unref);
        boundary = guess_boundary(s, body);
        parts = boundary != NULL ? find_parts(s, body, boundary, &closed) : NULL;
        s->split->guessed = s->split->guessed || boundary != NULL;
    }
    for (guint i = 0; parts != NULL && i < parts->len; i++) {
        inner.first = i == 0;
        inner.related = context->related || (i > 0 && strcmp(type, "multipart/related") == 0);
        inner.cut = context->cut || (!closed && i + 1 == parts->len);
        split_entity(s, g_array_index(parts, Range, i), &inner);
    }
    return parts != NULL && parts->len > 0;
}

static void
split_entity(Splitter *s, Range range, const Context *context)
{
    g_autoptr(GPtrArray) headers =
        context->depth == 0 ? g_ptr_array_ref(s->split->headers) : parsers_header_list_new();
    g_autofree char *type = NULL;
    const char *limit = NULL;
    Range body = range;

    if (s->split->leaves->len >= s->limits->mime_parts) {
        s->split->limit = "mime_parts";
        return;
    }
    body.start += parsers_header_scan(s->data + range.start, range.end - range.start, s->limits,
                                      headers, &limit);
    if (limit != NULL)
        s->split->limit = limit;
    type = content_type(headers, context->digest);
    if (context->depth == 0)
        s->split->type = g_strdup(type);

    if (g_str_has_prefix(type, "multipart/") && split_multipart(s, body, headers, type, context))
        return;
    add_leaf(s, body, headers, type, context);
}

/* Mails from old Macs have CR alone; everything here looks for LF. */
static GBytes *
with_line_feeds(GBytes *raw)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(raw, &size);
    char *copy = NULL;

    if (size == 0 || memchr(data, '\n', size) != NULL || memchr(data, '\r', size) == NULL)
        return g_bytes_ref(raw);
    copy = g_memdup2(data, size);
    for (gsize i = 0; i < size; i++)
        if (copy[i] == '\r')
            copy[i] = '\n';
    return g_bytes_new_take(copy, size);
}

/* Empty lines and a byte order mark before the first header. */
static gsize
skip_leading(const char *data, gsize size)
{
    gsize i = size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    while (i < size && (data[i] == '\n' || data[i] == '\r'))
        i++;
    return i;
}

ParsersSplit *
parsers_split_read(GBytes *raw, const ParsersLimits *limits)
{
    ParsersSplit *split = g_new0(ParsersSplit, 1);
    g_autoptr(GBytes) lines = with_line_feeds(raw);
    Splitter s = {.split = split, .limits = limits, .raw = lines};
    Range all = {0, 0};
    const Context top = {.first = true};

    s.data = g_bytes_get_data(lines, &all.end);
    if (s.data == NULL)
        s.data = ""; /* no bytes: nothing may be added to NULL, not even 0 */
    split->headers = parsers_header_list_new();
    split->leaves = g_ptr_array_new_with_free_func(leaf_free);
    all.start = skip_leading(s.data, all.end);
    split_entity(&s, all, &top);
    parsers_mapped_release(s.data, all.end);
    return split;
}
