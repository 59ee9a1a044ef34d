/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-marks.h - words on a PDF page that are struck, underlined or highlighted.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_MARKS_H
#define PARSERS_PDF_MARKS_H

#include "parsers/pdf-rules.h"

/* Add PARSERS_SPAN_STRIKE, _UNDERLINE and _HIGHLIGHT to the characters that are drawn so.
 *
 * picture: the page at one pixel a point; the page is drawn again, larger, only when something
 *          looks struck. */
void parsers_pdf_marks_find(PopplerPage *page, const ParsersPdfPicture *picture, GArray *glyphs);

#endif
