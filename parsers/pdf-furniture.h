/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-furniture.h - running heads and feet of a PDF.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_FURNITURE_H
#define PARSERS_PDF_FURNITURE_H

#include "parsers/pdf-page.h"

/* Set the region of pieces that stand in a running head or foot.
 *
 * pages: ParsersPdfPage, all of the document. */
void parsers_pdf_furniture_mark(const GPtrArray *pages);

#endif
