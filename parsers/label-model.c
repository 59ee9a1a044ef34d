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

#define HEARD_MAX 5000u /* guesses that are remembered: each definition reads the same document */

typedef struct {
    const char *key;
    double sure;
} Guess;

static Guess
guess(const char *text, const char *section)
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
    return (Guess){.key = parsers_label_keys[best], .sure = 1 / all};
}

const char *
parsers_label_model_guess(const char *text, const char *section, double *out_sure)
{
    static GHashTable *heard; /* section and text: Guess */
    g_autofree char *asked = g_strconcat(section, "\n", text, NULL);
    const Guess *known = NULL;

    if (heard == NULL)
        heard = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    known = g_hash_table_lookup(heard, asked);
    if (known == NULL) {
        Guess made = guess(text, section);

        if (g_hash_table_size(heard) >= HEARD_MAX)
            g_hash_table_remove_all(heard);
        known = g_memdup2(&made, sizeof made);
        g_hash_table_insert(heard, g_steal_pointer(&asked), (gpointer)known);
    }
    *out_sure = known->sure;
    return known->key;
}
