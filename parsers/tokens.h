/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/tokens.h - a label's words as numbers, looked up once for all definitions.
 *
 * Every word that a definition has is in one vocabulary, which is made before any mail is
 * read; comparing words is then comparing numbers, and comparing labels, pointers.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_TOKENS_H
#define PARSERS_TOKENS_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
    PARSERS_TOKEN_DIGIT = 1 << 0,    /* begins with a digit */
    PARSERS_TOKEN_LETTER = 1 << 1,   /* one character */
    PARSERS_TOKEN_COUNTED = 1 << 2,  /* "section", "part" */
    PARSERS_TOKEN_NUMBERED = 1 << 3, /* likewise "step", but only before a number */
    PARSERS_TOKEN_NUMBER = 1 << 4,   /* "three", "iv" or "b" */
    PARSERS_TOKEN_COUNT = 1 << 5,    /* "12", "q3": counts the question at its beginning */
    PARSERS_TOKEN_ANSWER = 1 << 6,   /* "1998", "m": part of an answer, not of a label */
} ParsersTokenFlags;

typedef struct {
    const char *word; /* as parsers_normalise_words() makes it */
    guint id;         /* in the vocabulary, from 1; 0: no definition has it */
    guint length;     /* bytes */
    guint letters;    /* a bit for each letter in it */
    guint ordinal;    /* the number it stands for; G_MAXUINT: one more; 0: none */
    ParsersTokenFlags flags;
} ParsersToken;

typedef struct {
    guint n;
    guint users;
    bool learnt;           /* is kept for good */
    const char *words;     /* each with a NUL behind it */
    const char *all;       /* the words with blanks between */
    const char *joined;    /* likewise those behind the numbering */
    guint hash;            /* of joined */
    ParsersToken *strange; /* those of token that are in no vocabulary, owned */
    const ParsersToken *token[];
} ParsersTokens;

/* The words of a text, remembered: each definition reads the same document.
 *
 * hints: what stands in brackets counts.
 *
 * Returns what is to be released. */
const ParsersTokens *parsers_tokens_of(const char *text, bool hints);
void parsers_tokens_release(const ParsersTokens *tokens);

/* The words of a text, in the vocabulary from now on; kept for good, and what parsers_tokens_of()
 * gives for each text with just these words. */
const ParsersTokens *parsers_tokens_learn(const char *text);

/* A word of the vocabulary. */
const ParsersToken *parsers_tokens_known(guint id);

/* How many words at the beginning only count the question: "2.", "Section 2", "4.3", "Q3". */
guint parsers_tokens_numbering(const ParsersToken *const words[], guint n);

#endif
