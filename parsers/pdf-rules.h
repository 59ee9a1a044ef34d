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

#include "parsers/pdf-text.h"

/* A page as pixels, and which character covers each. */
typedef struct ParsersPdfPicture ParsersPdfPicture;

/* A straight line or the edge of a fill.  Points from the top left. */
typedef struct {
    double position; /* y of a horizontal one, x of a vertical one */
    double start;
    double end;
} ParsersPdfRule;

/* Draw a part of a page without its annotations.
 *
 * window: the part, in points from the page's top left.
 * scale:  pixels in a point; fewer when the window is very large.
 *
 * NULL when it cannot be drawn; the caller frees. */
ParsersPdfPicture *parsers_pdf_rules_render(PopplerPage *page, const double window[4],
                                            double scale);
void parsers_pdf_rules_free(ParsersPdfPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersPdfPicture, parsers_pdf_rules_free)

/* Tell where characters stand, so that their strokes are not taken for lines.
 * Only for a picture of the whole page. */
void parsers_pdf_rules_cover(ParsersPdfPicture *picture, const GArray *glyphs);

/* All straight lines and edges, of ParsersPdfRule, sorted by position; the caller frees. */
GArray *parsers_pdf_rules_horizontal(const ParsersPdfPicture *picture);
GArray *parsers_pdf_rules_vertical(const ParsersPdfPicture *picture);

/* Pixels in a point. */
double parsers_pdf_rules_scale(const ParsersPdfPicture *picture);

/* Grey level, 0 to 255, and distance of the strongest and weakest colour of one pixel,
 * counted from the page's top left; 255 and 0 outside the picture. */
guint parsers_pdf_rules_grey(const ParsersPdfPicture *picture, int x, int y);
guint parsers_pdf_rules_colour(const ParsersPdfPicture *picture, int x, int y);

/* Share of the pixels in a box that are much darker than its lightest, 0 to 1. */
double parsers_pdf_rules_ink(const ParsersPdfPicture *picture, const double box[4]);

/* True if the ground of a box is not white. */
bool parsers_pdf_rules_shaded(const ParsersPdfPicture *picture, const double box[4]);

#endif
