/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/danger.c - does a sentence tell of somebody in danger now?
 *
 * A logistic regression whose weights were made of templates/danger.txt while Postern was built,
 * as those of parsers/label-model.c were.  It stands beside the patterns of words-table.c and
 * only adds to what they find: people who are afraid do not write as we expect.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   doc/deciding.md, "Danger"
 */
#include "config.h"

#include "parsers/danger.h"

#include "parsers/danger-weights.h"

#include <math.h>
#include <string.h>

#define SURE 0.7
#define SENTENCES_MAX 300u
#define SENTENCE_BYTES_MAX 400u
#define KINDS_LEAST 2u /* of what nobody listed */
#define WORDS_LEAST 4u /* fewer are a name, a place, an answer */

static double
chance(const char *sentence)
{
    ParsersLabelFeatures features;
    guint kinds = 0;
    int sum = 0;

    if (parsers_danger_features(sentence, &features, &kinds) < WORDS_LEAST || kinds < KINDS_LEAST)
        return 0;
    for (guint i = 0; i < features.n; i++)
        for (guint32 at = parsers_danger_starts[features.bucket[i]];
             at < parsers_danger_starts[features.bucket[i] + 1u]; at++) {
            const ParsersLabelWeight *weight = &parsers_danger_weights[at];

            sum += weight->key == PARSERS_DANGER_KEY ? weight->weight : -weight->weight;
        }
    return 1 / (1 + exp(-sum / ((double)parsers_danger_scale * sqrt(MAX(features.n, 1u)))));
}

/* Where the sentence that begins here ends. */
static gsize
sentence_length(const char *text)
{
    gsize length = strcspn(text, ".!?\n");

    if (length <= SENTENCE_BYTES_MAX)
        return length;
    for (length = SENTENCE_BYTES_MAX; length > 0 && text[length] != ' ';)
        length--;
    return length > 0 ? length : SENTENCE_BYTES_MAX;
}

bool
parsers_danger_find(const char *text, gsize *out_start, gsize *out_end)
{
    double most = SURE;
    bool found = false;
    gsize at = 0;

    for (guint n = 0; n < SENTENCES_MAX && text[at] != '\0'; n++) {
        const gsize length = sentence_length(text + at);
        g_autofree char *sentence = g_strndup(text + at, length);
        const double now = chance(sentence);

        if (now >= most) {
            most = now;
            found = true;
            *out_start = at;
            *out_end = at + length;
        }
        at += length;
        at += strspn(text + at, ".!?\n ");
    }
    return found;
}
