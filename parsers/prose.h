/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/prose.h - what a person wrote in a body, apart from what stands around it.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PROSE_H
#define PARSERS_PROSE_H

#include "parsers/document.h"

/* The text of all blocks that are quoted, or of all that are not; one paragraph a line, cells of a
 * row separated by tabs.  The caller frees. */
char *parsers_prose_collect(const ParsersDocument *document, bool quoted);

/* Cut a body into what was written and the signature with all that follows it: the closing words
 * ("Kind regards"), the block below, "Sent from my iPhone", disclaimers.  Warnings that a gateway
 * puts above a mail from outside are dropped.  out_text, out_signature: the caller frees. */
void parsers_prose_split(const char *body, char **out_text, char **out_signature);

#endif
