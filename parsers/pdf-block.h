/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-block.h - lines of a PDF page that stand in columns, and how they look.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_BLOCK_H
#define PARSERS_PDF_BLOCK_H

#include "parsers/pdf-lines.h"

enum {
    PARSERS_PDF_BLOCK_COLUMNS = 12, /* at most */
};

/* Lines with columns of their own. */
typedef struct {
    ParsersPdfPage *page;
    GPtrArray *lines;    /* ParsersPdfLine, from the top down; borrowed */
    const GArray *edges; /* double: where the second column and those after it begin */
} ParsersPdfBlock;

/* What headings differ in from labels. */
typedef struct {
    bool bold;     /* labels are bold */
    bool capitals; /* labels begin with a word in capitals */
    bool numbers;  /* labels have numbers with two parts */
    double size;
} ParsersPdfLabels;

/* One of its lines, from 0 on; borrowed. */
const ParsersPdfLine *parsers_pdf_block_line(const ParsersPdfBlock *block, guint index);

/* The column that a piece begins in, from 0 on. */
guint parsers_pdf_block_column(const GArray *edges, const ParsersPdfItem *item);

/* The first piece of a line in a column, or NULL. */
const ParsersPdfItem *parsers_pdf_block_first(const ParsersPdfBlock *block,
                                              const ParsersPdfLine *line, guint column);

/* One of the page's characters; borrowed. */
const ParsersPdfGlyph *parsers_pdf_block_glyph(const ParsersPdfPage *page, guint index);

/* True for a word whose first letter is bold. */
bool parsers_pdf_block_is_bold(const ParsersPdfPage *page, const ParsersPdfItem *item);
/* True for a line of nothing but such words. */
bool parsers_pdf_block_is_all_bold(const ParsersPdfPage *page, const ParsersPdfLine *line);

/* The lowest place of anything on a line. */
double parsers_pdf_block_reach(const ParsersPdfLine *line);

/* How the labels of the block look. */
ParsersPdfLabels parsers_pdf_block_labels(const ParsersPdfBlock *block);

/* True if a line is a heading between rows. */
bool parsers_pdf_block_is_heading(const ParsersPdfBlock *block, const ParsersPdfLine *line,
                                  const ParsersPdfLabels *labels);

#endif
