/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-paint.h - lines and edges of fills among what a PDF page paints.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_PAINT_H
#define PARSERS_PDF_PAINT_H

#include "parsers/pdf-canvas.h"
#include "parsers/pdf-text.h"

/* A straight line or the edge of a fill. */
typedef struct {
    double position; /* y of a horizontal one, x of a vertical one */
    double start;
    double end;
} ParsersPdfRule;

/* Append all straight lines and edges that can be seen, ParsersPdfRule, not joined.
 *
 * glyphs: ParsersPdfGlyph, so that the ground of words is not taken for a cell. */
void parsers_pdf_paint_rules(const ParsersPdfCanvas *canvas, const GArray *glyphs,
                             GArray *horizontal, GArray *vertical);

/* Horizontal lines as dark and thin as those drawn through or under words, of ParsersPdfRule,
 * joined; the caller frees. */
GArray *parsers_pdf_paint_lines(const GArray *paints);

/* Sort ParsersPdfRule by position, and then by where they start. */
void parsers_pdf_paint_sort(GArray *rules);

/* Join what belongs to one line: both edges of it, its parts between crossings.
 *
 * edges: ParsersPdfRule; freed.
 * apart: points between positions that count as one.
 * gap:   points between ends that are bridged.
 *
 * Sorted by position; the caller frees. */
GArray *parsers_pdf_paint_join(GArray *edges, double apart, double gap);

#endif
