/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/gist.h - what a question asks that nobody has put just so before.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_GIST_H
#define PARSERS_GIST_H

#include "parsers/lexicon.h"

/* A text without the words that only tell people to write: "Please tell us", "Say", "Name the".
 * Returns a place in text. */
const char *parsers_gist_skip(const char *text);

/* What a printed question means of which not all words are known, under the heading of that section
 * (or none: NULL).  Only for what is known to be a label: it would find labels in answers, too. */
ParsersLabel parsers_gist_label(const ParsersLexicon *lexicon, const char *text,
                                const ParsersSectionDef *section);

#endif
