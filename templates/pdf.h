/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/pdf.h - the copy of a record as a PDF document.
 *
 * The document is never encrypted: libhpdf knows only RC4.
 *
 * Runs in:  staff pages, command line.
 * Source:   doc/records.md; ISO 32000-1
 */
#ifndef TEMPLATES_PDF_H
#define TEMPLATES_PDF_H

#include "templates/error.h"
#include "templates/record.h"

#define TEMPLATES_PDF_MAX_TEXT (2u * 1024u * 1024u) /* bytes of all text, a line as 80 */

/* Make an A4 document of a record.
 *
 * The same record gives the same bytes.  What the font cannot show is written as [U+1F621], and
 * the document says so at its end.
 *
 * Errors: TEMPLATES_ERROR_FONT    the font is missing; the text names its package
 *         TEMPLATES_ERROR_RENDER  too much text, or libhpdf failed */
bool templates_pdf_render(const TemplatesRecord *record, GBytes **out_pdf, GError **error);

#endif
