/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/pdf-sheet.h - A4 pages with tagged text, frames and form fields.
 *
 * Lengths are points from the lower left corner; a box is left, bottom, right, top.
 *
 * Runs in:  command line, staff pages.
 * Source:   ISO 32000-1 sections 12.7 and 14.8
 */
#ifndef TEMPLATES_PDF_SHEET_H
#define TEMPLATES_PDF_SHEET_H

#include <stdbool.h>

#include "templates/error.h"
#include "templates/pdf-helvetica.h"

#define TEMPLATES_PDF_SHEET_LEFT 51.0
#define TEMPLATES_PDF_SHEET_RIGHT 544.0
#define TEMPLATES_PDF_SHEET_TOP 790.0 /* of 842 */
#define TEMPLATES_PDF_SHEET_BOTTOM 62.0
#define TEMPLATES_PDF_SHEET_TICK 15.0 /* side of a box to tick */

typedef struct TemplatesPdfSheet TemplatesPdfSheet;

TemplatesPdfSheet *templates_pdf_sheet_new(void);
void templates_pdf_sheet_free(TemplatesPdfSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TemplatesPdfSheet, templates_pdf_sheet_free)

/* Begin a new page unless there is room; what no page has room for makes finishing fail.  Returns
 * the lower edge of what is drawn so far. */
double templates_pdf_sheet_need(TemplatesPdfSheet *sheet, double height);

/* Move that edge to y. */
void templates_pdf_sheet_move(TemplatesPdfSheet *sheet, double y);

/* Draw text below top; tag: what it is, such as "H1" or "P".  Returns its lower edge. */
double templates_pdf_sheet_text(TemplatesPdfSheet *sheet, const char *tag, const char *text,
                                const TemplatesPdfHelvetica *style, double top);

/* Draw a frame, which screen readers pass over. */
void templates_pdf_sheet_frame(TemplatesPdfSheet *sheet, const double box[4]);

/* A number for an object, what it is, and that it is one of the form's fields. */
guint templates_pdf_sheet_reserve(TemplatesPdfSheet *sheet);
void templates_pdf_sheet_set(TemplatesPdfSheet *sheet, guint number, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
void templates_pdf_sheet_add_field(TemplatesPdfSheet *sheet, guint number);

/* A field's place on the page.
 *
 * rest: what its object says besides: "/FT /Tx /T (name)"; borrowed.
 *
 * Returns the number of its object. */
guint templates_pdf_sheet_widget(TemplatesPdfSheet *sheet, const double box[4], const char *rest);

/* What the object of a box to tick says of its looks; state: its name when ticked.  The caller
 * frees. */
char *templates_pdf_sheet_tick(const TemplatesPdfSheet *sheet, const char *state);

/* The whole file, once.
 * Errors: TEMPLATES_ERROR_RENDER, letters that the standard fonts lack, or no room for something.
 */
bool templates_pdf_sheet_finish(TemplatesPdfSheet *sheet, const char *title, GBytes **out_pdf,
                                GError **error);

#endif
