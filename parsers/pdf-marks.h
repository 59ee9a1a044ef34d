/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-marks.h - words on a PDF page that are struck, underlined or highlighted.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_MARKS_H
#define PARSERS_PDF_MARKS_H

#include "parsers/pdf-paint.h"
#include "parsers/pdf-text.h"

/* Add PARSERS_SPAN_STRIKE, _UNDERLINE and _HIGHLIGHT to the characters that are drawn so.
 *
 * glyphs: ParsersPdfGlyph. */
void parsers_pdf_marks_find(const ParsersPdfCanvas *canvas, GArray *glyphs);

#endif
