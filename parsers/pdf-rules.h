/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-rules.h - what is drawn on a PDF page besides text: lines, edges of fills, marks.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_RULES_H
#define PARSERS_PDF_RULES_H

#include <poppler.h>

#include "parsers/pdf-paint.h"
#include "parsers/pdf-text.h"

/* A page as pixels, and which character covers each. */
typedef struct ParsersPdfPicture ParsersPdfPicture;

/* Draw a page without its annotations, a pixel for a point; fewer when it is very large.
 * NULL when it cannot be drawn; the caller frees. */
ParsersPdfPicture *parsers_pdf_rules_render(PopplerPage *page);
void parsers_pdf_rules_free(ParsersPdfPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersPdfPicture, parsers_pdf_rules_free)

/* Tell where characters stand, so that their strokes are not taken for lines. */
void parsers_pdf_rules_cover(ParsersPdfPicture *picture, const GArray *glyphs);

/* Append all straight lines and edges, ParsersPdfRule, not joined. */
void parsers_pdf_rules_find(const ParsersPdfPicture *picture, GArray *horizontal, GArray *vertical);

/* Share of the pixels in a box that are much darker than its lightest, 0 to 1. */
double parsers_pdf_rules_ink(const ParsersPdfPicture *picture, const double box[4]);

/* True if the ground of a box is not white. */
bool parsers_pdf_rules_shaded(const ParsersPdfPicture *picture, const double box[4]);

#endif
