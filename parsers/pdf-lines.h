/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-lines.h - lines of one cell, or of a page outside its tables, by position.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_LINES_H
#define PARSERS_PDF_LINES_H

#include "parsers/pdf-page.h"

/* Items first to last - 1 of a line, with no wide gap between them. */
typedef struct {
    guint first;
    guint last;
    double left;
    double right;
} ParsersPdfSegment;

typedef struct {
    double top;
    double bottom;
    double size;      /* of its first text */
    GPtrArray *items; /* ParsersPdfItem, borrowed, from left to right */
    GArray *segments; /* ParsersPdfSegment */
} ParsersPdfLine;

/* The lines of a cell (-1: of the page outside tables) in one region, from the top down, of
 * ParsersPdfLine; the caller frees.  page: borrowed by the lines. */
GPtrArray *parsers_pdf_lines_build(const ParsersPdfPage *page, int cell, ParsersRegion region);

/* True for a check box or radio button, drawn or real. */
bool parsers_pdf_lines_is_tick(const ParsersPdfItem *item);

#endif
