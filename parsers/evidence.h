/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/evidence.h - which words of a document speak for a definition, and which against.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_EVIDENCE_H
#define PARSERS_EVIDENCE_H

#include "parsers/definition.h"
#include "parsers/document.h"

/* Weigh the beginning of a document for each definition.
 *
 * forms:       ParsersDefinition; borrowed.
 * out_weights: one for each of them. */
void parsers_evidence_weigh(const GPtrArray *forms, const ParsersDocument *document,
                            double *out_weights);

#endif
