/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/doc-file.h - where things stand in a Word binary file.
 *
 * The text is cut into pieces.  A character position (CP) counts characters of the text, a file
 * position (FC) counts bytes of the main stream.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-DOC] 2.4 and 2.5
 */
#ifndef PARSERS_DOC_FILE_H
#define PARSERS_DOC_FILE_H

#include "parsers/error.h"
#include "parsers/limits.h"
#include "parsers/octets.h"

typedef struct ParsersDocFile ParsersDocFile;

/* The texts of a file, in the order in which they follow one another. */
typedef enum {
    PARSERS_DOC_MAIN,
    PARSERS_DOC_FOOTNOTES,
    PARSERS_DOC_HEADERS,
    PARSERS_DOC_COMMENTS,
    PARSERS_DOC_ENDNOTES,
    PARSERS_DOC_BOXES,        /* text boxes of the main text */
    PARSERS_DOC_HEADER_BOXES, /* text boxes of running heads */
    PARSERS_DOC_N_TEXTS
} ParsersDocText;

/* Parts of the table stream, by their number in the file information block. */
typedef enum {
    PARSERS_DOC_STYLES = 1,
    PARSERS_DOC_HEADER_STORIES = 11,
    PARSERS_DOC_CHARACTER_PAGES = 12,
    PARSERS_DOC_PARAGRAPH_PAGES = 13,
    PARSERS_DOC_FONTS = 15,
    PARSERS_DOC_PIECES = 33,
    PARSERS_DOC_SHAPES = 40,
    PARSERS_DOC_HEADER_SHAPES = 41,
    PARSERS_DOC_BOX_STORIES = 56,
    PARSERS_DOC_HEADER_BOX_STORIES = 58,
} ParsersDocPart;

typedef struct {
    guint32 start; /* CP */
    guint32 end;   /* CP, behind the last character */
    guint32 fc;    /* of the first character */
    bool wide;     /* UTF-16, otherwise windows-1252 */
    guint prm;
} ParsersDocPiece;

/* A stretch of characters or a paragraph that has properties of its own. */
typedef struct {
    guint32 start; /* FC */
    guint32 end;   /* FC, behind the last byte */
    guint style;   /* of a paragraph */
    ParsersOctets sprms;
} ParsersDocRun;

/* Errors: PARSERS_ERROR_DAMAGED, not a Word document, or its tables contradict themselves
 *         PARSERS_ERROR_ENCRYPTED, it has a password
 *         PARSERS_ERROR_UNSUPPORTED, older than Word 97
 *         PARSERS_ERROR_LIMIT, the message names the limit */
bool parsers_doc_file_open(GBytes *bytes, const ParsersLimits *limits, ParsersDocFile **out_file,
                           GError **error);
void parsers_doc_file_free(ParsersDocFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersDocFile, parsers_doc_file_free)

/* The CPs of one of the texts. */
void parsers_doc_file_text(const ParsersDocFile *file, ParsersDocText text, guint32 *out_start,
                           guint32 *out_end);

/* A part of the table stream; borrowed, empty when the file has none. */
ParsersOctets parsers_doc_file_part(const ParsersDocFile *file, ParsersDocPart part);

/* From an offset of the data stream to its end; borrowed. */
ParsersOctets parsers_doc_file_data(const ParsersDocFile *file, guint32 offset);

/* The name of a font, or NULL; borrowed. */
const char *parsers_doc_file_font(const ParsersDocFile *file, guint number);

/* The piece that holds cp, which must lie in one of the texts. */
ParsersDocPiece parsers_doc_file_piece(const ParsersDocFile *file, guint32 cp);

/* The character as it stands in the file. */
guint parsers_doc_file_char(const ParsersDocFile *file, const ParsersDocPiece *piece, guint32 cp);
guint32 parsers_doc_file_fc(const ParsersDocPiece *piece, guint32 cp);

/* The run that holds fc.  pages: PARSERS_DOC_CHARACTER_PAGES or PARSERS_DOC_PARAGRAPH_PAGES.  When
 * the file says nothing of fc, the result has no properties and is one byte long. */
ParsersDocRun parsers_doc_file_run(const ParsersDocFile *file, ParsersDocPart pages, guint32 fc);

/* The properties that a piece lays over those of its runs.  storage: may hold them. */
ParsersOctets parsers_doc_file_prm(const ParsersDocFile *file, guint prm, guint8 storage[3]);

#endif
