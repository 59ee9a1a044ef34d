/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/pdf-helvetica.h - how wide words are in the font that every PDF reader has.
 *
 * Runs in:  command line, staff pages.
 * Source:   ISO 32000-1 section 9.6.2.2
 */
#ifndef TEMPLATES_PDF_HELVETICA_H
#define TEMPLATES_PDF_HELVETICA_H

#include <glib.h>
#include <stdbool.h>

#define TEMPLATES_PDF_HELVETICA_LEADING 1.3 /* line height, times the size */

/* How a block of text looks; lengths in points. */
typedef struct {
    bool bold;
    double size, left, width;
} TemplatesPdfHelvetica;

/* Cut text into lines that fit: char*.  A word wider than a line keeps a line of its own.  The
 * caller frees. */
GPtrArray *templates_pdf_helvetica_wrap(const char *text, const TemplatesPdfHelvetica *style);

/* The height of all lines of a text; 0 when it is empty. */
double templates_pdf_helvetica_height(const char *text, const TemplatesPdfHelvetica *style);

#endif
