/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/ocr-drawing.h - lines, boxes to tick and dotted lines in the picture of a page.
 *
 * Runs in:  postern-ocr.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_OCR_DRAWING_H
#define PARSERS_OCR_DRAWING_H

#include "parsers/pdf-grid.h"
#include "parsers/picture.h"

/* Everything in pixels of the picture. */
typedef struct {
    GArray *horizontal; /* ParsersPdfRule */
    GArray *vertical;   /* ParsersPdfRule */
    GArray *boxes;      /* ParsersPdfBox */
    GArray *leaders;    /* ParsersPdfBox: rows of dots to write on */
} ParsersOcrDrawing;

/* Find what is drawn and wipe it out of the picture's grey levels, so that only writing is left;
 * the caller frees. */
ParsersOcrDrawing *parsers_ocr_drawing_take(ParsersPicture *picture);
void parsers_ocr_drawing_free(ParsersOcrDrawing *drawing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersOcrDrawing, parsers_ocr_drawing_free)

#endif
