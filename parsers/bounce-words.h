/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/bounce-words.h - the texts of a bounce: the notice, the report, the mail it returns.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   RFC 3462, RFC 3464
 */
#ifndef PARSERS_BOUNCE_WORDS_H
#define PARSERS_BOUNCE_WORDS_H

#include "parsers/findings.h"
#include "parsers/mime.h"

typedef struct {
    char *notice;   /* what the mail system says in words, without the mail that follows it */
    char *report;   /* the machine-readable part, or "" */
    char *returned; /* the start of the mail that is returned: its headers at least, or "" */
} ParsersBounceWords;

/* Take the texts of a bounce, the first 64 KiB of each: what machines say stands at the top, and
 * megabytes may follow.  The caller clears. */
void parsers_bounce_words_take(const ParsersFindings *findings, const ParsersMime *mime,
                               ParsersBounceWords *out_words);
void parsers_bounce_words_clear(ParsersBounceWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ParsersBounceWords, parsers_bounce_words_clear)

/* Compile the patterns. */
void parsers_bounce_words_warm_up(void);

#endif
