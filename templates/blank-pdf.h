/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/blank-pdf.h - a blank form as a PDF with fields to fill in.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/forms.md; ISO 32000-1 sections 12.7 and 14.8
 */
#ifndef TEMPLATES_BLANK_PDF_H
#define TEMPLATES_BLANK_PDF_H

#include "templates/blank.h"

/* Lay a form out as an A4 PDF: a field for each answer that is named by its label, tags and
 * language for screen readers, and room to write by hand.  The same form gives the same bytes.
 *
 * Errors: TEMPLATES_ERROR_RENDER, letters that the standard fonts lack. */
bool templates_blank_pdf(const TemplatesBlank *blank, GBytes **out_pdf, GError **error);

#endif
