/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/limits.h - how much of anything one mail may make us hold or do.
 *
 * Every size that comes from mail is checked against one of these before memory
 * is taken for it.  Reaching one is never silent: the part is marked with the
 * limit's name and the mail is held for a person.
 *
 * Runs in:  postern-parser.
 * Source:   doc/architecture.md
 */
#ifndef PARSERS_LIMITS_H
#define PARSERS_LIMITS_H

#include <glib.h>

/* clang-format off */
/*              name               default            what it bounds                                  */
#define PARSERS_LIMITS(X)                                                                            \
    X(mail_bytes,                  100u * 1024 * 1024, "bytes of one mail")                          \
    X(header_bytes,                256u * 1024,        "bytes of one header block")                  \
    X(header_line_bytes,           64u * 1024,         "bytes of one unfolded header")               \
    X(headers,                     1000u,              "header lines of one part")                   \
    X(mime_parts,                  500u,               "MIME parts of one mail")                     \
    X(mime_depth,                  24u,                "MIME parts inside one another")              \
    X(address_colons,              64u,                "colons in one address header")               \
    X(part_bytes,                  64u * 1024 * 1024,  "decoded bytes of one part")                  \
    X(body_text_bytes,             2u * 1024 * 1024,   "bytes of text taken from a body")            \
    X(container_depth,             3u,                 "archives or mails inside one another")       \
    X(zip_entries,                 2000u,              "entries of one archive")                     \
    X(zip_entry_bytes,             48u * 1024 * 1024,  "inflated bytes of one archive entry")        \
    X(zip_total_bytes,             96u * 1024 * 1024,  "inflated bytes of one archive")              \
    X(compound_entries,            65536u,             "streams and folders of a compound file")    \
    X(xml_depth,                   200u,               "XML elements inside one another")            \
    X(document_paragraphs,         50000u,             "paragraphs of one document")                 \
    X(document_cells,              50000u,             "table cells of one document")                \
    X(document_depth,              16u,                "tables inside one another")                  \
    X(document_text_bytes,         4u * 1024 * 1024,   "bytes of text of one document")              \
    X(pdf_pages,                   60u,                "pages of one PDF")                           \
    X(pdf_fields,                  5000u,              "form fields of one PDF")                     \
    X(pdf_stream_bytes,            1024u * 1024,       "inflated bytes of a PDF page or form")       \
    X(pdf_font_bytes,              8u * 1024 * 1024,   "inflated bytes of a font in a PDF")          \
    X(pdf_page_steps,              300000u,            "drawing steps of one PDF page")              \
    X(pdf_page_characters,         100000u,            "characters of one PDF page")                 \
    X(image_pixels,                50u * 1000 * 1000,  "pixels of one picture")                      \
    X(ocr_pages,                   12u,                "pages that are read from pictures")          \
    X(ocr_seconds,                 12u,                "processor time for reading pictures")        \
    X(documents,                   200u,               "parts up to which documents are opened")     \
    X(convert_documents,           8u,                "documents that programs outside convert")    \
    X(convert_bytes,               32u * 1024 * 1024, "bytes of them, and of what they become")     \
    X(findings_bytes,              8u * 1024 * 1024,   "bytes that a parser may hand back")
/* clang-format on */

typedef struct {
#define X(name, preset, meaning) guint name; /* meaning */
    PARSERS_LIMITS(X)
#undef X
} ParsersLimits;

/* The defaults above; static. */
const ParsersLimits *parsers_limits_default(void);

/* For a mail that has killed its reader: only its headers and its own text are read; static. */
const ParsersLimits *parsers_limits_careful(void);

#endif
