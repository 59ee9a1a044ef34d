/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-fields.hh - the form fields of an open PDF, and their places on its pages.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1 section 12.7
 */
#ifndef PARSERS_PDF_FIELDS_HH
#define PARSERS_PDF_FIELDS_HH

#include "parsers/pdf-tree.hh"

#include <Page.h>

extern "C" {
#include "parsers/pdf-source.h"
}

/* The places of fields on a page, ParsersPdfField, in the page's order, those last that are in no
 * tree; the caller unrefs.  NULL when the file has more fields than it may have. */
GArray *parsers_pdf_fields_read(ParsersPdfTree *tree, Page *page);

#endif
