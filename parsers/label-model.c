/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/label-model.c - what a label that the lexicon does not know probably asks for.
 *
 * A logistic regression over words, pieces of words and the section in force, whose weights were
 * made of templates/forms/phrases.txt while Postern was built.  They are constants of the program:
 * nothing is loaded, and all workers share their pages.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/label-model.h"

#include "parsers/label-features.h"
#include "parsers/label-weights.h"

#include <math.h>

#define KEYS_MAX 256u /* a key is a byte in ParsersLabelWeight */

const char *
parsers_label_model_guess(const char *text, const char *section, double *out_sure)
{
    ParsersLabelFeatures features;
    int sums[KEYS_MAX] = {0};
    double all = 0;
    guint best = 0;
    double unit = 0;

    parsers_label_features(text, section, &features);
    for (guint i = 0; i < features.n; i++)
        for (guint32 at = parsers_label_starts[features.bucket[i]];
             at < parsers_label_starts[features.bucket[i] + 1u]; at++)
            sums[parsers_label_weights[at].key] += parsers_label_weights[at].weight;
    for (guint k = 1; k < parsers_label_n_keys; k++)
        if (sums[k] > sums[best])
            best = k;
    unit = 1 / ((double)parsers_label_scale * sqrt(MAX(features.n, 1u)));
    for (guint k = 0; k < parsers_label_n_keys; k++)
        all += exp((sums[k] - sums[best]) * unit);
    *out_sure = 1 / all;
    return parsers_label_keys[best];
}
