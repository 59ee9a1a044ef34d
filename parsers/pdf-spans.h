/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-spans.h - answers that only the borders of their labels part.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_SPANS_H
#define PARSERS_PDF_SPANS_H

#include "parsers/pdf-grid.h"

/* Part the cells of a table that span rows, where labels stand in these rows on their left and
 * the first line of each answer is on one height with its label.
 *
 * glyphs: ParsersPdfGlyph, of the page. */
void parsers_pdf_spans_part(ParsersPdfTable *table, const GArray *glyphs);

#endif
