/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-text.h - the characters of one PDF page and where each stands.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_TEXT_H
#define PARSERS_PDF_TEXT_H

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

/* Characters as they come, made into glyphs. */
typedef struct {
    GArray *glyphs; /* ParsersPdfGlyph; borrowed */
    guint most;     /* no more than this many are held in all */
    bool is_full;   /* there were more */
    bool space;     /* private: white space came since the last glyph */
} ParsersPdfText;

/* Append a character unless it is white space or nothing to be seen; space_before is set here.
 * Ligatures become their letters, symbols of Word's fonts what everybody sees. */
void parsers_pdf_text_add(ParsersPdfText *text, const ParsersPdfGlyph *glyph);

/* PARSERS_SPAN_BOLD, or 0, and whether it slants, by a font's name, which may be NULL. */
guint16 parsers_pdf_text_font(const char *font, bool *out_italic);

/* True for bullets and the like at the start of a list item. */
bool parsers_pdf_text_is_bullet(gunichar character);

#endif
