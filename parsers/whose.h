/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/whose.h - whose block a heading opens that we do not know, told by what is asked there.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_WHOSE_H
#define PARSERS_WHOSE_H

#include "parsers/definition.h"

/* What was asked below each heading of a document. */
typedef struct ParsersWhose ParsersWhose;

ParsersWhose *parsers_whose_new(const ParsersDefinition *form);
void parsers_whose_free(ParsersWhose *whose);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersWhose, parsers_whose_free)

/* The next heading of the document opens that section, as its words say that well (0 to 1); NULL:
 * we do not know it. */
void parsers_whose_heading(ParsersWhose *whose, const char *text, const ParsersSectionDef *section,
                           double score);

/* Something was asked: below the last heading, if we do not know it, each of the form's people may
 * be meant; a section that answered under its own name is found. */
void parsers_whose_asked(ParsersWhose *whose, const char *label, const ParsersSectionDef *own);

/* Decide, once the document was read.  True if it should be read again. */
bool parsers_whose_decide(ParsersWhose *whose);

/* The section decided for a heading, which was the document's nth (from 0) if it was met there with
 * the same words; or NULL. */
const ParsersSectionDef *parsers_whose_section(const ParsersWhose *whose, const char *text,
                                               guint nth);

#endif
