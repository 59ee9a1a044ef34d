/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/forms-fill.h - fills a blank form in as the program that shows it would.
 *
 * Runs in:  tests.
 */
#ifndef TESTS_UNIT_FORMS_FILL_H
#define TESTS_UNIT_FORMS_FILL_H

#include "templates/blank.h"

/* What is written into a control, and what the record must then say. */
typedef struct {
    char *written;
    char *value;
} FormsFillAnswer;

void forms_fill_answer_free(gpointer answer);

/* Fill every control.
 *
 * blank:   the file; borrowed.
 * form:    what it was made from; borrowed.
 * answers: key: FormsFillAnswer, one for each question; several options are joined by "; ".
 *
 * Fails the test when a control has no question or a question no control.  The caller frees. */
typedef GBytes *FormsFill(GBytes *blank, const TemplatesBlank *form, GHashTable *answers);

FormsFill forms_fill_text;
FormsFill forms_fill_docx;
FormsFill forms_fill_pdf;

#endif
