/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/lexicon-near.h - the variants that a label is near to; inside of the lexicon.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_LEXICON_NEAR_H
#define PARSERS_LEXICON_NEAR_H

#include "parsers/lexicon-set.h"

/* A variant that a label is near to, under one heading or another. */
typedef struct {
    const ParsersVariant *variant;
    double full; /* how alike they are, 0 to 1 */
    double bare; /* likewise without the person of the variant's section; 0 unless own */
    bool own;    /* the label names that person */
    bool close;  /* near under any heading */
    bool alone;  /* under the variant's own heading each word alone would be a label of its field */
} ParsersLexiconNear;

/* What a definition understands of some words. */
typedef struct {
    const ParsersTokens *words;
    ParsersLexiconSet set;
    guint number; /* the person that is counted, see ParsersHeading */
    bool known;   /* is the definition's own, and owned by it */
    bool weighed; /* the following are known */
    bool heavy;   /* says far more than any label does: near to none */
    bool persons; /* says nothing but who it is about */
    guint n_near;
    ParsersLexiconNear *near; /* in the order of the variants */
} ParsersLexiconMeaning;

/* Mark the variants that have a word of a set, and weigh those words.
 *
 * headings: those of headings and titles instead of those of labels. */
void parsers_lexicon_near_mark(const ParsersLexicon *lexicon, const ParsersLexiconSet *set,
                               bool headings);

/* Find out what a meaning is near to, once. */
void parsers_lexicon_near_find(const ParsersLexicon *lexicon, ParsersLexiconMeaning *meaning);

/* How near a label is to one variant, whether or not it is near.
 *
 * out_shared: the weight of the words that they share.
 *
 * Returns false if they share none or the variant says far more than the label. */
bool parsers_lexicon_near_of(const ParsersLexicon *lexicon, const ParsersLexiconSet *label,
                             const ParsersVariant *variant, ParsersLexiconNear *out_near,
                             double *out_shared);

/* Variants that share less are not looked at any closer: nobody asks how unlike they are. */
#define PARSERS_LEXICON_NEAR 0.6

#endif
