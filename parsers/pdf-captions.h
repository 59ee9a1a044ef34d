/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-captions.h - which words of a PDF paragraph belong to which box to tick.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_CAPTIONS_H
#define PARSERS_PDF_CAPTIONS_H

#include "parsers/pdf-flow.h"

/* For each token the index of the box whose caption it is a part of, or -1; the caller frees.
 *
 * tokens: ParsersPdfToken; borrowed. */
int *parsers_pdf_captions_find(const GArray *tokens, const ParsersPdfPage *page);

#endif
