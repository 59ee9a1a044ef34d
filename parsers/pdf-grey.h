/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-grey.h - a PDF page as grey pixels.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_GREY_H
#define PARSERS_PDF_GREY_H

#include <glib.h>
#include <stdbool.h>

struct _PopplerPage; /* poppler-glib's PopplerPage: whoever only looks at pixels need not have it */

/* Grey levels, 0 black to 255 white, row by row. */
typedef struct {
    guint width;
    guint height;
    guint stride; /* from one row to the next, at least width */
    guint8 *levels;
} ParsersPdfGrey;

/* Draw a page without its annotations, on white.
 *
 * scale: pixels for a point.
 * grey:  has room; what a row has behind its width is left alone.
 *
 * False, with nothing written, when it cannot be drawn. */
bool parsers_pdf_grey_draw(struct _PopplerPage *page, double scale, const ParsersPdfGrey *grey);

#endif
