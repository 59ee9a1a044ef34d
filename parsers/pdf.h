/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf.h - PDF, flat or with form fields, into the neutral model.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1
 */
#ifndef PARSERS_PDF_H
#define PARSERS_PDF_H

#include "parsers/document.h"
#include "parsers/pdf-grey.h"

typedef struct {
    bool has_form_fields; /* AcroForm fields are there: "pdf-form" in the contract, else "pdf" */
    bool is_image_only;   /* no page has text or a filled field: a scan */
    bool is_xfa;          /* carries an XFA form */
    guint pages;
} ParsersPdfInfo;

/* Let poppler and cairo open now what they would else open while reading.
 *
 * Call once, before the cage closes.  Fonts that a PDF does not bring along are never looked for
 * afterwards: only lines and fills of the rendered page are looked at, so nothing is missed. */
void parsers_pdf_warm_up(void);

/* Read one PDF.
 *
 * bytes:        the file; borrowed.
 * limits:       borrowed, must outlive the document.
 * out_document: the document, owned by the caller.
 * out_info:     what kind of PDF it is; may be NULL.
 *
 * Errors: PARSERS_ERROR_ENCRYPTED    needs a password
 *         PARSERS_ERROR_DAMAGED      cannot be opened
 *         PARSERS_ERROR_LIMIT        too many pages, fields or too much text
 *         PARSERS_ERROR_UNSUPPORTED  an XFA form whose pages hold nothing to read */
bool parsers_pdf_read(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
                      ParsersPdfInfo *out_info, GError **error);

/* Draw one page, for a PDF that is nothing but pictures.
 *
 * page:      0-based.
 * long_side: pixels of the longer side.
 * out_grey:  without gaps between rows; levels, which the caller frees, is NULL when the PDF has
 *            no such page.
 *
 * Errors: those of parsers_pdf_read() */
bool parsers_pdf_draw(GBytes *bytes, guint page, guint long_side, ParsersPdfGrey *out_grey,
                      GError **error);

#endif
