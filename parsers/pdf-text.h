/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-text.h - the characters of one PDF page and where each stands.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_TEXT_H
#define PARSERS_PDF_TEXT_H

#include <poppler.h>

#include "parsers/document.h"

/* Boxes are left, top, right, bottom in points from the page's top left. */
typedef struct {
    double box[4];
    double size; /* of the font, in points */
    gunichar character;
    guint16 flags; /* PARSERS_SPAN_BOLD and so on */
    bool italic;
    bool space_before; /* white space stood between this and the one before */
} ParsersPdfGlyph;

/* Append the visible characters of a page, in the order in which poppler reads them.
 *
 * most: no more than this many characters are held in all.
 * False when there were more. */
bool parsers_pdf_text_read(PopplerPage *page, GArray *glyphs, guint most);

/* True for bullets and the like at the start of a list item. */
bool parsers_pdf_text_is_bullet(gunichar character);

#endif
