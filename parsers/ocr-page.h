/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/ocr-page.h - words and lines of a picture as the page that parsers/pdf-layout.c knows.
 *
 * Runs in:  postern-ocr.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_OCR_PAGE_H
#define PARSERS_OCR_PAGE_H

#include "parsers/ocr-drawing.h"
#include "parsers/ocr-words.h"
#include "parsers/pdf-page.h"

/* Put a page together.  words and drawing are changed: their measures become points. */
ParsersPdfPage *parsers_ocr_page_build(guint number, const ParsersPicture *picture,
                                       ParsersOcrDrawing *drawing, ParsersOcrWords *words);

#endif
