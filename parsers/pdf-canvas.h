/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-canvas.h - what a PDF page paints besides text, and how a place of it looks then.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_CANVAS_H
#define PARSERS_PDF_CANVAS_H

#include <glib.h>
#include <stdbool.h>

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

/* One of an array of them. */
static inline const ParsersPdfPaint *
parsers_pdf_paint_at(const GArray *paints, guint index)
{
    return &g_array_index(paints, ParsersPdfPaint, index);
}

/* Is a place in a box (left, top, right, bottom), or on its border? */
static inline bool
parsers_pdf_holds(const double box[4], double x, double y)
{
    return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
}

typedef struct {
    guint8 grey;
    guint8 colour;
} ParsersPdfTone;

/* A finished page, of which places can be looked at without asking for all that was painted. */
typedef struct ParsersPdfCanvas ParsersPdfCanvas;

/* paints: ParsersPdfPaint in the order of painting; borrowed, must not change as long as it is. */
ParsersPdfCanvas *parsers_pdf_canvas_new(const GArray *paints);
void parsers_pdf_canvas_free(ParsersPdfCanvas *canvas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersPdfCanvas, parsers_pdf_canvas_free)

/* What it was made of; borrowed. */
const GArray *parsers_pdf_canvas_paints(const ParsersPdfCanvas *canvas);

/* What can be seen of fills and lines at a place. */
ParsersPdfTone parsers_pdf_canvas_tone(const ParsersPdfCanvas *canvas, double x, double y);

/* Share of a box that is darker than its lightest place, 0 to 1. */
double parsers_pdf_canvas_ink(const ParsersPdfCanvas *canvas, const double box[4]);

/* True if the ground of a box is not white. */
bool parsers_pdf_canvas_shaded(const ParsersPdfCanvas *canvas, const double box[4]);

#endif
