/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/match.h - a document and the definitions in, the fields of a form out.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_MATCH_H
#define PARSERS_MATCH_H

#include "parsers/definition.h"
#include "parsers/document.h"
#include "parsers/findings.h"

/* Read the form that a document holds.
 *
 * definitions: the forms to look for; borrowed.
 * document:    borrowed.
 *
 * Returns NULL if the document is no form.  Otherwise form, blank, fields, missing and others are
 * set; source, format and part are the caller's to fill in.  The caller frees the result. */
ParsersForm *parsers_match_document(const ParsersDefinitions *definitions,
                                    const ParsersDocument *document);

#endif
