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

/* What was read of a text, or an empty place for it.  Borrowed until the next call. */
ParsersLexiconHeard *parsers_lexicon_heard_of(const ParsersLexicon *lexicon, const char *text);

/* Which of two readings of a text is meant, without (0) or with (1) what stands in brackets: they
 * differ only where there are brackets. */
guint parsers_lexicon_heard_which(const char *text, bool hints);

/* The words of a text in one of its readings. */
const ParsersTokens *parsers_lexicon_heard_words(ParsersLexiconHeard *heard, const char *text,
                                                 guint which);

/* The meanings of a text.
 *
 * hints:      what stands in brackets counts.
 * out_number: the person that is counted in it, see ParsersHeading; may be NULL. */
const ParsersLexiconSet *parsers_lexicon_heard_set(const ParsersLexicon *lexicon,
                                                   ParsersLexiconHeard *heard, const char *text,
                                                   bool hints, guint *out_number);

/* Mark the variants that have a word of a set, and weigh those words.
 *
 * headings: those of headings and titles instead of those of labels. */
void parsers_lexicon_heard_mark(const ParsersLexicon *lexicon, const ParsersLexiconSet *set,
                                bool headings);

#endif
