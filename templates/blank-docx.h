/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/blank-docx.h - a blank form as a Word document with content controls.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/forms.md; ECMA-376 part 1, 17.5.2; [MS-DOCX] 2.6.1
 */
#ifndef TEMPLATES_BLANK_DOCX_H
#define TEMPLATES_BLANK_DOCX_H

#include "templates/blank.h"

/* Lay a form out as DOCX: real headings, a table row for each question, a control for each answer
 * whose title is the label and whose tag is the key.  The same form gives the same bytes.
 *
 * Errors: TEMPLATES_ERROR_RENDER, libzip failed. */
bool templates_blank_docx(const TemplatesBlank *blank, GBytes **out_docx, GError **error);

#endif
