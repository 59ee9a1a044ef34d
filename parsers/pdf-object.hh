/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-object.hh - objects of a PDF form, without what only a viewer needs of them.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1 section 7.3
 */
#ifndef PARSERS_PDF_OBJECT_HH
#define PARSERS_PDF_OBJECT_HH

#include <glib.h>

#include <Object.h>
#include <XRef.h>

/* Fetch an object that may be a form field.  Of a dictionary, entries that say nothing about what
 * is filled in may be left out.
 *
 * bytes: the file that xref belongs to. */
Object parsers_pdf_object_fetch(XRef *xref, GBytes *bytes, Ref ref);

#endif
