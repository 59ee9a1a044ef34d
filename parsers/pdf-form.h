/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-form.h - the form fields of one PDF page.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1 section 12.7
 */
#ifndef PARSERS_PDF_FORM_H
#define PARSERS_PDF_FORM_H

#include "parsers/document.h"
#include "parsers/pdf-source.h"

typedef struct {
    double box[4]; /* points from the page's top left */
    ParsersSpan span;
    bool skip; /* shows again what an earlier place of the same field has shown */
} ParsersPdfWidget;

/* The fields of all pages so far. */
typedef struct ParsersPdfForm ParsersPdfForm;

ParsersPdfForm *parsers_pdf_form_new(guint most_fields);
void parsers_pdf_form_free(ParsersPdfForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersPdfForm, parsers_pdf_form_free)

/* The places of fields on a page, of ParsersPdfWidget; the caller frees.
 *
 * fields: ParsersPdfField.
 * height: of the page, in points.
 *
 * NULL when the limit on fields was reached. */
GPtrArray *parsers_pdf_form_read(ParsersPdfForm *form, const GArray *fields, double height);

/* Take out of rules (ParsersPdfRule, not joined) those that are drawn where a square to tick lies
 * (widgets, of ParsersPdfWidget): they are the look of the square and border no cell. */
void parsers_pdf_form_unframe(const GPtrArray *widgets, GArray *rules, bool are_vertical);

/* Fields met so far, and those of them that hold an answer. */
guint parsers_pdf_form_count(const ParsersPdfForm *form);
guint parsers_pdf_form_filled(const ParsersPdfForm *form);

#endif
