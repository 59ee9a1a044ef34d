/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-page.h - all that stands on one PDF page, each piece with its place.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_PAGE_H
#define PARSERS_PDF_PAGE_H

#include "parsers/pdf-form.h"
#include "parsers/pdf-grid.h"
#include "parsers/pdf-source.h"

#include <poppler.h>

typedef enum {
    PARSERS_PDF_WORD,
    PARSERS_PDF_WIDGET, /* a form field's place */
    PARSERS_PDF_BOX,    /* a square drawn to be ticked */
} ParsersPdfItemKind;

/* A piece that is never parted: a word, or something to fill in. */
typedef struct {
    ParsersPdfItemKind kind;
    double box[4];
    double size; /* of the font; of the item's height when it has none */
    guint first; /* words: characters first to last - 1 */
    guint last;
    bool space_before;
    bool checked; /* boxes */
    const ParsersPdfWidget *widget;
    int cell; /* the innermost cell it stands in, as counted over the page's tables, or -1 */
    ParsersRegion region;
} ParsersPdfItem;

typedef struct {
    guint number; /* 1-based */
    double width;
    double height;
    GArray *glyphs;     /* ParsersPdfGlyph */
    GPtrArray *widgets; /* ParsersPdfWidget */
    GPtrArray *tables;  /* ParsersPdfTable */
    GArray *cells;      /* ParsersPdfHome: all cells of all tables, in their order */
    GArray *parents;    /* int: for each table the cell that it stands in, or -1 */
    GArray *items;      /* ParsersPdfItem */
} ParsersPdfPage;

typedef struct {
    double box[4];
    guint table;
    bool shaded;
} ParsersPdfHome;

/* A document while its pages are read. */
typedef struct {
    ParsersPdfSource *source;
    GBytes *bytes;
    PopplerDocument *drawn; /* opened when a page must be drawn; NULL before */
    ParsersPdfForm *form;   /* the fields so far */
    guint most_glyphs;      /* characters that may yet be held */
} ParsersPdfReading;

/* Read one page.
 *
 * index:    0-based.
 * out_page: NULL when there is no such page; the caller frees.
 *
 * Errors: PARSERS_ERROR_LIMIT  too many fields or characters */
bool parsers_pdf_page_read(ParsersPdfReading *reading, guint index, ParsersPdfPage **out_page,
                           GError **error);

/* What was seen in the picture of a page, in points from its top left. */
typedef struct {
    guint number; /* 1-based */
    double width;
    double height;
    GArray *glyphs;           /* ParsersPdfGlyph */
    const GArray *horizontal; /* ParsersPdfRule */
    const GArray *vertical;   /* ParsersPdfRule */
    const GArray *boxes;      /* ParsersPdfBox */
} ParsersPdfSeen;

/* A page of what was seen in a picture; the caller frees. */
ParsersPdfPage *parsers_pdf_page_assemble(const ParsersPdfSeen *seen);
void parsers_pdf_page_free(ParsersPdfPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersPdfPage, parsers_pdf_page_free)

#endif
