/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-grid.h - tables and boxes to tick, from the lines drawn on a PDF page.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_GRID_H
#define PARSERS_PDF_GRID_H

#include "parsers/pdf-paint.h"

typedef struct {
    double box[4];
    guint row;    /* 0-based */
    guint column; /* 0-based */
    guint row_span;
    guint column_span;
} ParsersPdfCell;

typedef struct {
    double box[4];
    guint n_rows;
    GArray *cells; /* ParsersPdfCell, by row and then column */
} ParsersPdfTable;

typedef struct {
    double box[4];
    bool checked; /* only when it was seen in a picture */
} ParsersPdfBox;

/* Small drawn squares, of ParsersPdfBox.  Their lines are taken out of both lists. */
GArray *parsers_pdf_grid_boxes(GArray *horizontal, GArray *vertical);

/* Positions in order, each once.
 *
 * positions: double; sorted.
 * apart:     points between two that do not count as one.
 *
 * An array of double; the caller frees. */
GArray *parsers_pdf_grid_distinct(GArray *positions, double apart);

/* Tables of two cells or more, of ParsersPdfTable; the caller frees.
 *
 * horizontal, vertical: ParsersPdfRule; borrowed. */
GPtrArray *parsers_pdf_grid_tables(const GArray *horizontal, const GArray *vertical);

#endif
