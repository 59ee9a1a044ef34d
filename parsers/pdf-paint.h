/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-paint.h - what a PDF page paints besides text: lines, fills, strokes.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_PAINT_H
#define PARSERS_PDF_PAINT_H

#include "parsers/pdf-text.h"

typedef enum {
    PARSERS_PDF_AREA,  /* the whole box */
    PARSERS_PDF_SLANT, /* a line from corner to corner of the box */
    PARSERS_PDF_SHAPE, /* something within the box */
} ParsersPdfPaintKind;

/* Points from the page's top left. */
typedef struct {
    double box[4];
    double width; /* slants: of the line */
    ParsersPdfPaintKind kind;
    bool rises;    /* slants: from the bottom left to the top right */
    guint8 grey;   /* 0 black to 255 white */
    guint8 colour; /* distance of its strongest and weakest colour */
} ParsersPdfPaint;

/* A straight line or the edge of a fill. */
typedef struct {
    double position; /* y of a horizontal one, x of a vertical one */
    double start;
    double end;
} ParsersPdfRule;

/* Append all straight lines and edges that can be seen, ParsersPdfRule, not joined.
 *
 * glyphs: ParsersPdfGlyph, so that the ground of words is not taken for a cell. */
void parsers_pdf_paint_rules(const GArray *paints, const GArray *glyphs, GArray *horizontal,
                             GArray *vertical);

/* Horizontal lines as dark and thin as those drawn through or under words, of ParsersPdfRule,
 * joined; the caller frees. */
GArray *parsers_pdf_paint_lines(const GArray *paints);

typedef struct {
    guint8 grey;
    guint8 colour;
} ParsersPdfTone;

/* What can be seen of fills and lines at a place of the finished page. */
ParsersPdfTone parsers_pdf_paint_tone(const GArray *paints, double x, double y);

/* Share of a box that is darker than its lightest place, 0 to 1. */
double parsers_pdf_paint_ink(const GArray *paints, const double box[4]);

/* True if the ground of a box is not white. */
bool parsers_pdf_paint_shaded(const GArray *paints, const double box[4]);

/* Join what belongs to one line: both edges of it, its parts between crossings.
 *
 * edges: ParsersPdfRule; freed.
 * apart: points between positions that count as one.
 * gap:   points between ends that are bridged.
 *
 * Sorted by position; the caller frees. */
GArray *parsers_pdf_paint_join(GArray *edges, double apart, double gap);

#endif
