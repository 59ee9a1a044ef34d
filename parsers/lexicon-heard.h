/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/lexicon-heard.h - what a lexicon read of a text, remembered; inside of it.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_LEXICON_HEARD_H
#define PARSERS_LEXICON_HEARD_H

#include "parsers/lexicon-set.h"

/* An empty memory: text to ParsersLexiconHeard. */
GHashTable *parsers_lexicon_heard_new(void);

/* What was read of a text, or an empty place for it.  Borrowed until the next call. */
ParsersLexiconHeard *parsers_lexicon_heard_of(const ParsersLexicon *lexicon, const char *text);

/* The words of a text, without (0) or with (1) what stands in brackets. */
const ParsersTokens *parsers_lexicon_heard_words(ParsersLexiconHeard *heard, guint which);

/* The meaning of a text; hints: what stands in brackets counts. */
ParsersLexiconMeaning *parsers_lexicon_heard_meaning(const ParsersLexicon *lexicon,
                                                     ParsersLexiconHeard *heard, bool hints);

#endif
