/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-source.h - an open PDF, and what its pages say and paint, taken in one pass.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1
 */
#ifndef PARSERS_PDF_SOURCE_H
#define PARSERS_PDF_SOURCE_H

#include "parsers/pdf-paint.h"
#include "parsers/pdf-text.h"

typedef struct ParsersPdfSource ParsersPdfSource;

/* Open a PDF, with the empty password when it asks for one.
 *
 * bytes:  kept while it is open.
 * limits: borrowed, must outlive it.
 *
 * Errors: PARSERS_ERROR_ENCRYPTED  needs a password
 *         PARSERS_ERROR_DAMAGED    cannot be opened */
ParsersPdfSource *parsers_pdf_source_open(GBytes *bytes, const ParsersLimits *limits,
                                          GError **error);
void parsers_pdf_source_free(ParsersPdfSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersPdfSource, parsers_pdf_source_free)

/* How many pages it says it has. */
guint parsers_pdf_source_pages(const ParsersPdfSource *source);

/* What is there to be filled in. */
bool parsers_pdf_source_has_form(const ParsersPdfSource *source);
bool parsers_pdf_source_has_xfa(const ParsersPdfSource *source);

typedef struct {
    double width; /* points, as the page is looked at */
    double height;
    GArray *paints;        /* ParsersPdfPaint, in the order of painting; annotations are left out */
    guint64 picture;       /* pixels of the largest picture */
    const char *limit;     /* the limit that was reached, static; NULL when all was read */
    bool is_more_than_ink; /* pictures, patterns or letters without a meaning: pixels tell more */
} ParsersPdfSheet;

/* Read a page.  Characters go to text; the paints are the caller's to unref.
 * False when there is no such page; nothing is set then. */
bool parsers_pdf_source_read(ParsersPdfSource *source, guint page, ParsersPdfText *text,
                             ParsersPdfSheet *out_sheet);

typedef enum {
    PARSERS_PDF_FIELD_TEXT,
    PARSERS_PDF_FIELD_CHOICE, /* of a list */
    PARSERS_PDF_FIELD_CHECK,
    PARSERS_PDF_FIELD_RADIO, /* a check box of which only one of several can be set */
} ParsersPdfFieldKind;

/* A place of a form field.  Texts are UTF-8 as they are in the file, never NULL. */
typedef struct {
    ParsersPdfFieldKind kind;
    bool is_checked;
    double corners[4]; /* left, bottom, right, top in points from the page's bottom left */
    char *name;        /* behind those of the fields that it is part of */
    char *own_name;
    char *tip;     /* what a viewer shows beside it */
    char **values; /* a text, or all that is chosen; NULL for what is checked */
} ParsersPdfField;

/* The places of fields on a page, ParsersPdfField, in the page's order; the caller unrefs.
 * NULL when the file has more fields than it may have. */
GArray *parsers_pdf_source_fields(ParsersPdfSource *source, guint page);

#endif
