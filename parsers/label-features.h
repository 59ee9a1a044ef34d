/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/label-features.h - what the model of labels looks at: words, pieces of words, the
 * heading.
 *
 * Runs in:  postern-parser; parsers/label-train while Postern is built.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_LABEL_FEATURES_H
#define PARSERS_LABEL_FEATURES_H

#include <glib.h>

#define PARSERS_LABEL_BUCKETS 65536u
#define PARSERS_LABEL_FEATURES_MAX 400u

#define PARSERS_LABEL_HEADING "#" /* asked as a heading, under none */

typedef struct {
    guint n;
    guint16 bucket[PARSERS_LABEL_FEATURES_MAX]; /* in order, none twice */
} ParsersLabelFeatures;

/* The features of a label.
 *
 * section: name of the section whose heading is in force, or "". */
void parsers_label_features(const char *text, const char *section,
                            ParsersLabelFeatures *out_features);

#endif
