/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-rows.h - the rows of a table that is drawn without lines.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_ROWS_H
#define PARSERS_PDF_ROWS_H

#include "parsers/pdf-block.h"

/* Make the lines rows of tables, and put their pieces into the cells.  A heading among them parts
 * two tables and stays out. */
void parsers_pdf_rows_add(const ParsersPdfBlock *block);

#endif
