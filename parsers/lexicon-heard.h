/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/lexicon-heard.h - what a lexicon read of a text, remembered; inside of it.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_LEXICON_HEARD_H
#define PARSERS_LEXICON_HEARD_H

#include "parsers/lexicon-near.h"

/* A text as it was read once: a line is asked as a title, a heading and a label in turn, and under
 * several headings. */
typedef struct {
    bool bracketed; /* has brackets of any kind */
    bool hinted;    /* has round ones */
    bool joined;    /* has "and", "&", "/", a comma or the like */
    bool headed;    /* heading is known */
    ParsersHeading heading;
    const ParsersTokens *words[2]; /* without and with what stands in brackets, as the next ones;
                                NULL until somebody asks */
    ParsersLexiconMeaning *meaning[2];
    char text[];
} ParsersLexiconHeard;

/* An empty memory; what is in it goes with it. */
void parsers_lexicon_heard_open(ParsersLexicon *lexicon);

/* Read all that the definition itself says, once and for all: most of what is asked is just that,
 * and the memory of it is shared with all processes that read a mail. */
void parsers_lexicon_heard_learn(ParsersLexicon *lexicon);

/* What was read of a text, or an empty place for it.  Borrowed until the next call. */
ParsersLexiconHeard *parsers_lexicon_heard_of(const ParsersLexicon *lexicon, const char *text);

/* The words of a text, without (0) or with (1) what stands in brackets. */
const ParsersTokens *parsers_lexicon_heard_words(ParsersLexiconHeard *heard, guint which);

/* The meaning of a text; hints: what stands in brackets counts. */
ParsersLexiconMeaning *parsers_lexicon_heard_meaning(const ParsersLexicon *lexicon,
                                                     ParsersLexiconHeard *heard, bool hints);

#endif
