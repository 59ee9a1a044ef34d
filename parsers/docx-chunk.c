/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/docx-chunk.c - files of another format that a Word document is partly made of.
 *
 * Programs on web servers make documents so: an empty one, and all of its words in a web page.
 * A chunk is not a Word document itself, so that chunks do not nest.  One that is not read is no
 * case for a converter, which would leave it out in silence.
 *
 * Runs in:  postern-parser.
 * Source:   ECMA-376 part 1, 17.17.2.1 (altChunk); RFC 2557 (web archives)
 */
#include "config.h"

#include "parsers/docx-chunk.h"

#include <string.h>

#include "parsers/html.h"
#include "parsers/mime.h"
#include "parsers/read.h"
#include "parsers/sniff.h"

static bool
refuse(GError **error)
{
    return parsers_throw(error, PARSERS_ERROR_DAMAGED,
                         "a Word document with a part of a format that is not read");
}

/* A web archive: the page is its first part that is HTML. */
static bool
read_archive(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
             GError **error)
{
    g_autoptr(ParsersMime) mime = parsers_mime_read(bytes, limits);
    const GPtrArray *parts = parsers_mime_parts(mime);

    for (guint i = 0; i < parts->len; i++) {
        const ParsersMimePart *part = parts->pdata[i];

        if (strcmp(part->type, "html") == 0) {
            g_autofree char *text = parsers_mime_text(part);

            return parsers_html_read_text(text, limits, out_document, error);
        }
    }
    return refuse(error);
}

bool
parsers_docx_chunk_read(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
                        GError **error)
{
    static const char *const types[] = {"html", "rtf", "text", "odt", "fodt", NULL};
    const char *type = parsers_sniff_type(bytes);
    ParsersReading reading = {0};

    if (strcmp(type, "mail") == 0)
        return read_archive(bytes, limits, out_document, error);
    if (!g_strv_contains(types, type))
        return refuse(error);
    if (!parsers_read_document(type, bytes, limits, &reading, error))
        return false;
    *out_document = reading.document;
    return true;
}
