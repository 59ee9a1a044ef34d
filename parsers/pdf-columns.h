/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-columns.h - tables that are drawn without lines.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_COLUMNS_H
#define PARSERS_PDF_COLUMNS_H

#include "parsers/pdf-page.h"

/* Find tables by how pieces outside all cells stand under one another, and put these pieces into
 * their cells.  To be called once for a page, after running heads are known. */
void parsers_pdf_columns_find(ParsersPdfPage *page);

#endif
