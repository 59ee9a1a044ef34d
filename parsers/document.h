/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/document.h - the one neutral model that every format is read into.
 *
 * A document is a list of blocks in reading order.  A block is a paragraph or a
 * table; a table has rows of cells; a cell holds blocks again.  A paragraph holds
 * spans: text, boxes that can be ticked, controls made for an answer, pictures.
 * Readers only say what is there; what it means is decided in parsers/match.c.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_DOCUMENT_H
#define PARSERS_DOCUMENT_H

#include "parsers/error.h"
#include "parsers/limits.h"

typedef enum {
    PARSERS_SPAN_TEXT,     /* text as a person sees it; "\n" is a line break, "\t" a tab */
    PARSERS_SPAN_CHECKBOX, /* a box that can be ticked */
    PARSERS_SPAN_CONTROL,  /* a place made for an answer: content control, legacy or AcroForm field
                            */
    PARSERS_SPAN_IMAGE,    /* a picture; text is its description */
} ParsersSpanKind;

enum {
    PARSERS_SPAN_BOLD = 1 << 0,
    PARSERS_SPAN_UNDERLINE = 1 << 1,
    PARSERS_SPAN_STRIKE = 1 << 2,
    PARSERS_SPAN_HIGHLIGHT = 1 << 3,
    PARSERS_SPAN_CHECKED = 1 << 4, /* check boxes and radio buttons: ticked */
    PARSERS_SPAN_PLACEHOLDER =
        1 << 5,                  /* controls: what is shown is only a prompt, the answer is empty */
    PARSERS_SPAN_RADIO = 1 << 6, /* check boxes: one of a group (name is the group) */
    PARSERS_SPAN_LIST = 1 << 7,  /* controls: the answer was picked from a list */
};

typedef struct {
    ParsersSpanKind kind;
    guint flags;
    char *text;  /* valid UTF-8, never NULL: text; a control's answer; a box's own caption or "" */
    char *label; /* a control's or box's title or tooltip, or NULL */
    char *name;  /* a control's tag, field or group name, or NULL */
} ParsersSpan;

/* span: ParsersSpan with texts of its own. */
void parsers_document_span_free(gpointer span);

/* Where a block stands.  Numbers are 1-based; 0 means "does not apply" or "not known". */
typedef struct {
    guint page;
    guint table; /* the innermost table, counted over the document */
    guint row;
    guint column;
    guint paragraph; /* counted over the document */
    double box[4];   /* left, top, right, bottom in points from the page's top left; all 0 when
                        unknown */
} ParsersPlace;

typedef enum {
    PARSERS_BLOCK_PARAGRAPH,
    PARSERS_BLOCK_TABLE,
} ParsersBlockKind;

typedef enum {
    PARSERS_REGION_BODY,
    PARSERS_REGION_HEADER, /* running head */
    PARSERS_REGION_FOOTER, /* running foot */
    PARSERS_REGION_QUOTE,  /* quoted from another mail */
} ParsersRegion;

typedef struct {
    ParsersBlockKind kind;
    ParsersRegion region;
    ParsersPlace place;
    guint heading;    /* paragraphs: 1 to 6 when styled as a heading, else 0 */
    bool list_item;   /* paragraphs: stands in a bulleted or numbered list */
    GPtrArray *spans; /* paragraphs: ParsersSpan, owned; NULL for tables */
    GPtrArray *rows;  /* tables: GPtrArray of ParsersCell, owned; NULL for paragraphs */
} ParsersBlock;

typedef struct {
    guint column; /* 1-based grid column */
    guint column_span;
    guint row_span;    /* 1 unless merged downwards */
    bool header;       /* marked as a header cell by the document */
    bool shaded;       /* has a background of its own */
    GPtrArray *blocks; /* ParsersBlock, owned */
} ParsersCell;

typedef struct ParsersDocument ParsersDocument;

/* A new, empty document.  limits: borrowed, must outlive it.  Free with parsers_document_free(). */
ParsersDocument *parsers_document_new(const ParsersLimits *limits);
void parsers_document_free(ParsersDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersDocument, parsers_document_free)

/* The blocks at the top, in reading order; borrowed. */
const GPtrArray *parsers_document_blocks(const ParsersDocument *document);

/* Everything as plain text, one paragraph a line, cells separated by tabs; the caller frees. */
char *parsers_document_text(const ParsersDocument *document);

/* Text of one paragraph as a person sees it: check boxes as U+2610/U+2612, controls as their
 * answers, placeholders left out.  The caller frees. */
char *parsers_document_paragraph_text(const ParsersBlock *paragraph);

/* ---- Building.  Readers call these in reading order.  Unbalanced calls are the reader's bug. ----
 *
 * Every function that adds returns false when a limit of parsers/limits.h was reached; the reader
 * then stops and returns the error of parsers_document_check().  What was added before stays, and
 * all later calls are ignored.
 *
 * A paragraph or table may begin while a paragraph is open (a text box or a note inside it): it
 * stands after that paragraph, which goes on when the inner one has ended. */
void parsers_document_set_page(ParsersDocument *document, guint page);
void parsers_document_set_region(ParsersDocument *document, ParsersRegion region);
bool parsers_document_begin_table(ParsersDocument *document);
void parsers_document_begin_row(ParsersDocument *document);
/* column: 1-based grid column.  continues: this cell is the lower part of the one above it (a
 * vertical merge): the cell above gets the row, and blocks added here are appended to it. */
bool parsers_document_begin_cell(ParsersDocument *document, guint column, guint column_span,
                                 bool continues);
void parsers_document_mark_cell(ParsersDocument *document, bool header, bool shaded);
void parsers_document_end_cell(ParsersDocument *document);
void parsers_document_end_row(ParsersDocument *document);
void parsers_document_end_table(ParsersDocument *document);
bool parsers_document_begin_paragraph(ParsersDocument *document, guint heading, bool list_item);
void parsers_document_set_box(ParsersDocument *document,
                              const double box[4]); /* of the open paragraph */
/* text: need not be valid UTF-8 (bad bytes become U+FFFD) nor end in NUL.  Neighbouring text of
 * equal flags becomes one span.  Characters that are boxes (U+2610 to U+2612 and their like, see
 * parsers/symbol.h) become PARSERS_SPAN_CHECKBOX; marks alone (U+2713) stay text. */
bool parsers_document_add_text(ParsersDocument *document, const char *text, gsize length,
                               guint flags);
/* span: copied.  For boxes, controls and pictures. */
bool parsers_document_add_span(ParsersDocument *document, const ParsersSpan *span);
void parsers_document_end_paragraph(ParsersDocument *document);

/* Add all that another document holds, after what is there. */
bool parsers_document_append(ParsersDocument *document, const ParsersDocument *other);

/* False with PARSERS_ERROR_LIMIT, naming the limit, if one was reached while building. */
bool parsers_document_check(const ParsersDocument *document, GError **error);

#endif
