/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/words.h - what the words of a mail say about who writes, and what about.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   doc/deciding.md, "Signals"
 */
#ifndef PARSERS_WORDS_H
#define PARSERS_WORDS_H

#include "parsers/findings.h"

/* Compile every pattern; called before the cage closes, and harmless when called again. */
void parsers_words_warm_up(void);

/* Look through subject, text, signature and quotation of findings, and add the signals found.
 * Time is bounded by the match limits of every pattern and by the length that is looked at. */
void parsers_words_find(ParsersFindings *findings);

#endif
