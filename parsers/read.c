/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/read.c - which reader makes a document of which type.
 *
 * A new format is one row here and one file beside this one.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/read.h"

#include <string.h>

#include "parsers/charset.h"
#include "parsers/doc.h"
#include "parsers/docx.h"
#include "parsers/html.h"
#include "parsers/odt.h"
#include "parsers/pdf.h"
#include "parsers/rtf.h"
#include "parsers/text.h"

typedef bool (*Reader)(GBytes *bytes, const ParsersLimits *limits, ParsersReading *reading,
                       GError **error);

static bool
read_doc(GBytes *bytes, const ParsersLimits *limits, ParsersReading *reading, GError **error)
{
    return parsers_doc_read(bytes, limits, &reading->document, error);
}

static bool
read_docx(GBytes *bytes, const ParsersLimits *limits, ParsersReading *reading, GError **error)
{
    return parsers_docx_read(bytes, limits, &reading->document, error);
}

static bool
read_odt(GBytes *bytes, const ParsersLimits *limits, ParsersReading *reading, GError **error)
{
    return parsers_odt_read(bytes, limits, &reading->document, error);
}

static bool
read_rtf(GBytes *bytes, const ParsersLimits *limits, ParsersReading *reading, GError **error)
{
    return parsers_rtf_read(bytes, limits, &reading->document, error);
}

static bool
read_html(GBytes *bytes, const ParsersLimits *limits, ParsersReading *reading, GError **error)
{
    return parsers_html_read(bytes, limits, &reading->document, error);
}

static bool
read_text(GBytes *bytes, const ParsersLimits *limits, ParsersReading *reading, GError **error)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    g_autofree char *text = NULL;

    if (size / 4 > limits->document_text_bytes) /* a character has four bytes at most */
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "limit document_text_bytes was reached");
    text = parsers_charset_to_utf8(data != NULL ? data : "", size, NULL);
    return parsers_text_read(text, PARSERS_TEXT_FIXED, limits, &reading->document, error);
}

static bool
read_pdf(GBytes *bytes, const ParsersLimits *limits, ParsersReading *reading, GError **error)
{
    ParsersPdfInfo info = {0};

    if (!parsers_pdf_read(bytes, limits, &reading->document, &info, error))
        return false;
    if (info.has_form_fields)
        reading->format = "pdf-form";
    reading->scanned = info.is_image_only;
    return true;
}

/* clang-format off */
static const struct {
    const char *type;
    const char *format;
    Reader reader;
} readers[] = {
    {"doc",  "doc",  read_doc},
    {"docx", "docx", read_docx},
    {"html", "html", read_html},
    {"odt",  "odt",  read_odt},
    {"fodt", "odt",  read_odt},
    {"pdf",  "pdf",  read_pdf},
    {"rtf",  "rtf",  read_rtf},
    {"text", "text", read_text},
};
/* clang-format on */

static gssize
find_reader(const char *type)
{
    for (gsize i = 0; i < G_N_ELEMENTS(readers); i++)
        if (strcmp(readers[i].type, type) == 0)
            return (gssize)i;
    return -1;
}

bool
parsers_read_knows(const char *type)
{
    return find_reader(type) >= 0;
}

bool
parsers_read_document(const char *type, GBytes *bytes, const ParsersLimits *limits,
                      ParsersReading *out_reading, GError **error)
{
    const gssize row = find_reader(type);
    ParsersReading reading = {0};

    if (row < 0)
        return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "%s", type);
    reading.format = readers[row].format;
    if (!readers[row].reader(bytes, limits, &reading, error))
        return false;
    *out_reading = reading;
    return true;
}
