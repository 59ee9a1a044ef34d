/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-flow.h - paragraphs from the lines of a PDF page.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_FLOW_H
#define PARSERS_PDF_FLOW_H

#include "parsers/pdf-lines.h"

/* A piece of a paragraph, and what stands before it: 0, ' ' or '\t'. */
typedef struct {
    const ParsersPdfItem *item;
    char before;
    guint line; /* counted in the paragraph */
} ParsersPdfToken;

typedef struct {
    double box[4];
    GArray *columns; /* private */
    guint n_lines;
    double bottom; /* of the last line */
    double reach;  /* bottom of its tallest field */
    double size;
    double limit; /* where text had to be wrapped */
    bool list_item;
} ParsersPdfParagraph;

/* Start a paragraph with a line.  limit: right end of the room that text may take. */
ParsersPdfParagraph *parsers_pdf_flow_new(const ParsersPdfPage *page, const ParsersPdfLine *line,
                                          double limit);
void parsers_pdf_flow_free(ParsersPdfParagraph *paragraph);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersPdfParagraph, parsers_pdf_flow_free)

/* Add the next line if it is the same paragraph wrapped; false if it is a new one. */
bool parsers_pdf_flow_add(ParsersPdfParagraph *paragraph, const ParsersPdfPage *page,
                          const ParsersPdfLine *line);

/* Its pieces in reading order, of ParsersPdfToken; the caller frees. */
GArray *parsers_pdf_flow_tokens(const ParsersPdfParagraph *paragraph, const ParsersPdfPage *page);

#endif
