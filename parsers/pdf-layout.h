/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-layout.h - puts the pieces of a PDF page into the neutral model.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_LAYOUT_H
#define PARSERS_PDF_LAYOUT_H

#include "parsers/pdf-page.h"

/* Add a page: running head, tables and paragraphs in reading order, running foot.
 * What does not fit is told by parsers_document_check(). */
void parsers_pdf_layout_add(ParsersDocument *document, const ParsersPdfPage *page);

#endif
