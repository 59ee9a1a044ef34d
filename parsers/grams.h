/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/grams.h - which short runs of characters a text has, to pass over patterns that cannot
 * match.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_GRAMS_H
#define PARSERS_GRAMS_H

#include <glib.h>
#include <stdbool.h>

#define PARSERS_GRAMS_LEAST 3u /* characters that words must have to be looked up */
#define PARSERS_GRAMS_BITS 15u

/* Of the runs of three and of four characters that a text has. */
typedef struct {
    guint64 bits[(1u << PARSERS_GRAMS_BITS) / 64];
    bool all; /* anything may be there */
} ParsersGrams;

/* text: UTF-8; ASCII letters count as small ones.  Sets all of *out_grams. */
void parsers_grams_of(const char *text, gsize length, ParsersGrams *out_grams);

/* The runs of these words, of which each has PARSERS_GRAMS_LEAST characters, small ASCII letters
 * among them: for each word their number and then they, a 0 at the end.  The caller frees. */
guint16 *parsers_grams_wanted(const GPtrArray *words);

/* Could one of the words be in the text?  False is certain, true is not.
 *
 * wanted: of parsers_grams_wanted(), or NULL when nothing is known of them: then true; borrowed. */
bool parsers_grams_allow(const ParsersGrams *grams, const guint16 *wanted);

#endif
