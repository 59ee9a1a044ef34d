/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/bounce-recipient.h - to whom the mail did not go that a bounce returns.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   RFC 3464 section 2.3
 */
#ifndef PARSERS_BOUNCE_RECIPIENT_H
#define PARSERS_BOUNCE_RECIPIENT_H

#include "parsers/bounce-words.h"

#define PARSERS_BOUNCE_RECIPIENTS 20 /* more of them are not noted */

/* The addresses that failed, as the bounce says them: by its report, by a header, by its words, or
 * by the mail that it returns, whichever of these speaks first.
 *
 * Returns char*, each address once, at most PARSERS_BOUNCE_RECIPIENTS; the caller frees. */
GPtrArray *parsers_bounce_recipient_find(const ParsersFindings *findings, const ParsersMime *mime,
                                         const ParsersBounceWords *words);

/* Compile the patterns. */
void parsers_bounce_recipient_warm_up(void);

#endif
