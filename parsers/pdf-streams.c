/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-streams.c - how large the streams of a PDF become when they are inflated.
 *
 * Streams are found by their keyword and known by their first two bytes, whatever the file says
 * of them: what is no stream of its own costs a little time, nothing else.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1 section 7.4.4
 */
#include "config.h"

#include "parsers/pdf-streams.h"

#include <string.h>
#include <zlib.h>

enum {
    RATIO_MAX = 1032,      /* bytes that one byte can become, by the format */
    PIECE = 64 * 1024,     /* bytes inflated at a time */
    DICTIONARY_MAX = 1024, /* bytes before the keyword in which a stream says what it is */
};

typedef struct {
    const guint8 *start;
    const guint8 *end;
} Span;

static const guint8 *
find(const guint8 *from, const guint8 *end, const char *word)
{
    return memmem(from, (gsize)(end - from), word, strlen(word));
}

/* Deflating what is deflated already saves nothing, but makes gigabytes of half a kilobyte. */
static bool
is_deflated_twice(Span file)
{
    static const char filter[] = "/FlateDecode";
    const gsize length = sizeof(filter) - 1;

    for (const guint8 *p = find(file.start, file.end, filter); p != NULL;
         p = find(p, file.end, filter)) {
        p += length;
        while (p < file.end && g_ascii_isspace(*p))
            p++;
        if ((gsize)(file.end - p) >= length && memcmp(p, filter, length) == 0)
            return true;
    }
    return false;
}

/* True if the dictionary before the keyword has one of these names. */
static bool
is_named(Span file, const guint8 *keyword, const char *const *names)
{
    gsize before = MIN((gsize)(keyword - file.start), DICTIONARY_MAX);
    const guint8 *from = keyword - before;

    for (const guint8 *p = memmem(from, before, "endobj", 6); p != NULL;
         p = memmem(from, (gsize)(keyword - from), "endobj", 6))
        from = p + 6;
    for (; *names != NULL; names++)
        if (memmem(from, (gsize)(keyword - from), *names, strlen(*names)) != NULL)
            return true;
    return false;
}

/* What a stream may inflate to; an object of two bytes takes poppler sixty to hold. */
static guint
most_of(Span file, const guint8 *keyword, const ParsersLimits *limits)
{
    static const char *const pictures[] = {"/Image", NULL};
    static const char *const fonts[] = {"/Length1", "/Type1C", "/CIDFontType0C", "/OpenType", NULL};

    if (is_named(file, keyword, pictures))
        return G_MAXUINT;
    return is_named(file, keyword, fonts) ? limits->pdf_font_bytes : limits->pdf_stream_bytes;
}

/* The stream after a keyword, cut at the next "endstream"; empty when it is not deflated. */
static Span
stream_after(Span file, const guint8 *keyword)
{
    Span stream = {keyword + 6, NULL};

    while (stream.start < file.end && (*stream.start == '\r' || *stream.start == '\n'))
        stream.start++;
    stream.end = stream.start;
    if (file.end - stream.start < 2 || (stream.start[0] & 0x0f) != Z_DEFLATED ||
        (stream.start[0] << 8 | stream.start[1]) % 31 != 0)
        return stream;
    stream.end = find(stream.start, file.end, "endstream");
    if (stream.end == NULL)
        stream.end = file.end;
    return stream;
}

static bool
is_within(Span stream, guint most)
{
    g_autofree guint8 *piece = g_malloc(PIECE);
    z_stream inflated = {.next_in = (guint8 *)stream.start,
                         .avail_in = (uInt)MIN(stream.end - stream.start, G_MAXINT)};
    int state = Z_OK;

    if (inflateInit(&inflated) != Z_OK)
        return false;
    while (state == Z_OK && inflated.total_out <= most) {
        inflated.next_out = piece;
        inflated.avail_out = PIECE;
        state = inflate(&inflated, Z_NO_FLUSH);
    }
    inflateEnd(&inflated);
    return inflated.total_out <= most;
}

bool
parsers_pdf_streams_check(GBytes *bytes, const ParsersLimits *limits, GError **error)
{
    gsize size = 0;
    const guint8 *start = g_bytes_get_data(bytes, &size);
    Span file = {start, start + size};
    /* What is no longer than this is within any limit, whatever it is. */
    const gsize harmless = MIN(limits->pdf_font_bytes, limits->pdf_stream_bytes) / RATIO_MAX;

    if (is_deflated_twice(file))
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "PDF with a stream deflated twice");
    for (const guint8 *at = find(start, file.end, "stream"); at != NULL;
         at = find(at, file.end, "stream")) {
        Span stream = stream_after(file, at);
        gsize length = (gsize)(stream.end - stream.start);
        guint most = length > harmless ? most_of(file, at, limits) : G_MAXUINT;

        if (length > most / RATIO_MAX && !is_within(stream, most))
            return parsers_throw(error, PARSERS_ERROR_LIMIT, "pdf_stream_bytes");
        at = MAX(stream.end, at + 6);
    }
    return true;
}
