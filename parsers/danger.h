/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/danger.h - does a sentence tell of somebody in danger now?
 *
 * Runs in:  postern-parser; the features in parsers/label-train too, while Postern is built.
 * Source:   doc/deciding.md, "Danger"
 */
#ifndef PARSERS_DANGER_H
#define PARSERS_DANGER_H

#include <stdbool.h>

#include "parsers/label-features.h"

/* What the model of danger looks at in a sentence: words, pairs of words, kinds of words and which
 * kinds stand together.  Returns how many words it has.
 * out_kinds: of how many kinds. */
guint parsers_danger_features(const char *sentence, ParsersLabelFeatures *out_features,
                              guint *out_kinds);

/* Look for the sentence of a text that most surely tells of danger now.
 *
 * text:       folded as parsers/words.c does; the first sentences of a long one are looked at.
 * out_start:  where the sentence begins and ends; set when this returns true.
 *
 * Returns false if there is none. */
bool parsers_danger_find(const char *text, gsize *out_start, gsize *out_end);

#endif
