/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/ways.h - the ways in which a pattern can match, and the words that each of them needs.
 *
 * Runs in:  postern-parser, before the cage closes.
 * Source:   doc/deciding.md, "Signals"
 */
#ifndef PARSERS_WAYS_H
#define PARSERS_WAYS_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    GPtrArray *sets; /* GPtrArray of char*, in small letters: a match has a word of each of them */
    bool wide;       /* a match may reach into the next line */
    bool never;      /* it is no match, and only keeps others from being one */
} ParsersWay;

/* An empty set of words, char*, which it owns. */
GPtrArray *parsers_ways_words_new(void);

/* Add the words that are not there yet. */
void parsers_ways_words_add(GPtrArray *words, const GPtrArray *more);

/* One way (ParsersWay), of which nothing is known. */
GPtrArray *parsers_ways_new(bool wide);

/* True if it is one way of which nothing is known. */
bool parsers_ways_are_unknown(const GPtrArray *ways);

/* Each of the ways has one of these words.  Words that are too short to be looked up, or too many,
 * change nothing. */
void parsers_ways_need(GPtrArray *ways, const GPtrArray *words);

/* One of these and then one of those; takes both. */
GPtrArray *parsers_ways_then(GPtrArray *ways, GPtrArray *next);

/* One of these or one of those; takes both. */
GPtrArray *parsers_ways_or(GPtrArray *ways, GPtrArray *other);

/* Is one of them wide? */
bool parsers_ways_reach_on(const GPtrArray *ways);

/* All are wide from now on. */
void parsers_ways_widen(GPtrArray *ways);

#endif
