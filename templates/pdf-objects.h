/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/pdf-objects.h - the objects of a small PDF file, and how they become bytes.
 *
 * libhpdf makes no form fields, and they cannot be added to what it wrote.
 *
 * Runs in:  command line, staff pages.
 * Source:   ISO 32000-1 section 7
 */
#ifndef TEMPLATES_PDF_OBJECTS_H
#define TEMPLATES_PDF_OBJECTS_H

#include <stdbool.h>

#include "templates/error.h"

typedef struct TemplatesPdfObjects TemplatesPdfObjects;

TemplatesPdfObjects *templates_pdf_objects_new(void);
void templates_pdf_objects_free(TemplatesPdfObjects *objects);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TemplatesPdfObjects, templates_pdf_objects_free)

/* A number for an object that is to be set later; the first is 1. */
guint templates_pdf_objects_reserve(TemplatesPdfObjects *objects);

/* Set what an object is: "<< ... >>"; text: borrowed. */
void templates_pdf_objects_set(TemplatesPdfObjects *objects, guint number, const char *text);

/* The same for a stream; dictionary: what it says besides its length, or "". */
void templates_pdf_objects_set_stream(TemplatesPdfObjects *objects, guint number,
                                      const char *dictionary, const GString *data);

/* The whole file; every object that was reserved must be set.  The caller frees. */
GBytes *templates_pdf_objects_finish(const TemplatesPdfObjects *objects, guint catalog, guint info);

/* UTF-8 as a text string ("<FEFF...>"), which may hold any letter; the caller frees. */
char *templates_pdf_objects_text(const char *text);

/* UTF-8 as a literal string in the encoding of the standard fonts ("(...)"); the caller frees.
 * Errors: TEMPLATES_ERROR_RENDER, a letter that these fonts have not. */
bool templates_pdf_objects_literal(const char *text, char **out_literal, GError **error);

#endif
