/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/label-train.c - make the models of labels and of danger from phrases, in the build.
 *
 * A logistic regression over all keys at once, by gradient descent with AdaGrad's steps.  Its seed
 * and the order of the examples are fixed: the same phrases make the same weights.
 *
 *   label-train label|danger PHRASES        write the weights, as C, to the standard output
 *   label-train label|danger PHRASES try    read lines "section<TAB>label", write
 *                                           "key<TAB>probability" for each
 *
 * Runs in:  the build.
 * Source:   templates/forms/phrases.txt; doc/reading.md
 */
#include "config.h"

#include "parsers/danger.h"
#include "parsers/label-features.h"
#include "parsers/label-phrases.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define KEYS_MAX 96u
#define EPOCHS 6u
#define STEP 0.5f
#define FIRST_STEP 0.05f /* tames the first steps */
#define LEAST_SLOPE 0.0005f
#define FORGOTTEN 5u /* one feature in so many is left out of an example, to rely on none */
#define SCALE 12.0f  /* of weights to whole numbers */
#define LEAST 3      /* whole numbers below are left out */

typedef struct {
    ParsersLabelPhrases *phrases;
    ParsersLabelFeatures *features; /* of each example */
    float *weights;                 /* KEYS_MAX for each bucket */
    float *steps;
    const char *name; /* of the model: "label", or "danger" for sentences instead of labels */
} Trainer;

static void
look(const Trainer *trainer, const char *text, const char *section, ParsersLabelFeatures *out)
{
    guint kinds = 0;

    if (strcmp(trainer->name, "danger") == 0)
        parsers_danger_features(text, out, &kinds);
    else
        parsers_label_features(text, section, out);
}

/* Probabilities of the keys. */
static void
score(const Trainer *trainer, const ParsersLabelFeatures *features, float *out)
{
    const guint n = trainer->phrases->keys->len;
    const float value = 1.0f / sqrtf((float)MAX(features->n, 1u));
    float most = -1e9f;
    float sum = 0;

    memset(out, 0, KEYS_MAX * sizeof *out);
    for (guint i = 0; i < features->n; i++) {
        const float *row = trainer->weights + (gsize)features->bucket[i] * KEYS_MAX;

        for (guint k = 0; k < KEYS_MAX; k++)
            out[k] += row[k];
    }
    for (guint k = 0; k < n; k++)
        most = MAX(most, out[k] * value);
    for (guint k = 0; k < n; k++) {
        out[k] = expf(out[k] * value - most);
        sum += out[k];
    }
    for (guint k = 0; k < KEYS_MAX; k++)
        out[k] = k < n ? out[k] / sum : 0;
}

static void
learn(Trainer *trainer, const ParsersLabelFeatures *features, guint key)
{
    const float value = 1.0f / sqrtf((float)MAX(features->n, 1u));
    float slope[KEYS_MAX];
    guint keys[KEYS_MAX];
    guint n = 0;

    score(trainer, features, slope);
    slope[key] -= 1.0f;
    /* Most keys are out of the question for most labels. */
    for (guint k = 0; k < KEYS_MAX; k++) {
        slope[k] *= value;
        if (fabsf(slope[k]) > LEAST_SLOPE)
            keys[n++] = k;
    }
    for (guint i = 0; i < features->n; i++) {
        float *row = trainer->weights + (gsize)features->bucket[i] * KEYS_MAX;
        float *step = trainer->steps + (gsize)features->bucket[i] * KEYS_MAX;

        for (guint j = 0; j < n; j++) {
            const guint k = keys[j];

            step[k] += slope[k] * slope[k];
            row[k] -= STEP * slope[k] / sqrtf(step[k] + FIRST_STEP);
        }
    }
}

static void
train(Trainer *trainer)
{
    const guint n = trainer->phrases->examples->len;
    g_autofree guint *order = g_new(guint, n);
    guint64 seed = 362436069362436069u;

    for (guint i = 0; i < n; i++)
        order[i] = i;
    for (guint epoch = 0; epoch < EPOCHS; epoch++) {
        for (guint i = n - 1; i > 0; i--) {
            const guint j = parsers_label_phrases_chance(&seed) % (i + 1);
            const guint kept = order[i];

            order[i] = order[j];
            order[j] = kept;
        }
        for (guint i = 0; i < n; i++) {
            const ParsersLabelExample *example =
                &g_array_index(trainer->phrases->examples, ParsersLabelExample, order[i]);
            const ParsersLabelFeatures *all = &trainer->features[order[i]];
            ParsersLabelFeatures some = {0};

            for (guint f = 0; f < all->n; f++)
                if (parsers_label_phrases_chance(&seed) % FORGOTTEN != 0)
                    some.bucket[some.n++] = all->bucket[f];
            learn(trainer, &some, example->key);
        }
    }
}

static int
whole(float weight)
{
    return CLAMP((int)lrintf(weight * SCALE), -127, 127);
}

static void
write_weights(const Trainer *trainer)
{
    const guint n = trainer->phrases->keys->len;
    guint total = 0;

    printf("/* Made by parsers/label-train. */\n"
           "#include \"config.h\"\n#include \"parsers/%s-weights.h\"\n"
           "const float parsers_%s_scale = %.1ff;\nconst guint parsers_%s_n_keys = %u;\n"
           "const char *const parsers_%s_keys[] = {",
           trainer->name, trainer->name, (double)SCALE, trainer->name, n, trainer->name);
    for (guint k = 0; k < n; k++)
        printf("\"%s\",", (const char *)trainer->phrases->keys->pdata[k]);
    printf("};\nconst ParsersLabelWeight parsers_%s_weights[] = {\n", trainer->name);
    for (guint b = 0; b < PARSERS_LABEL_BUCKETS; b++)
        for (guint k = 0; k < n; k++) {
            const int weight = whole(trainer->weights[(gsize)b * KEYS_MAX + k]);

            if (ABS(weight) >= LEAST)
                printf("{%u,%d},%s", k, weight, ++total % 16 == 0 ? "\n" : "");
        }
    printf("{0,0}};\nconst guint32 parsers_%s_starts[] = {\n", trainer->name);
    total = 0;
    for (guint b = 0; b < PARSERS_LABEL_BUCKETS; b++) {
        printf("%u,%s", total, b % 16 == 15 ? "\n" : "");
        for (guint k = 0; k < n; k++)
            total += ABS(whole(trainer->weights[(gsize)b * KEYS_MAX + k])) >= LEAST;
    }
    printf("%u};\n", total);
}

static void
try_lines(Trainer *trainer)
{
    char line[4096];

    for (gsize i = 0; i < (gsize)PARSERS_LABEL_BUCKETS * KEYS_MAX; i++) {
        const int weight = whole(trainer->weights[i]);

        trainer->weights[i] = ABS(weight) >= LEAST ? (float)weight / SCALE : 0;
    }
    while (fgets(line, sizeof line, stdin) != NULL) {
        ParsersLabelFeatures features;
        float chances[KEYS_MAX];
        char *tab = strchr(g_strchomp(line), '\t');
        guint best = 0;

        if (tab == NULL)
            continue;
        *tab = '\0';
        look(trainer, tab + 1, line, &features);
        score(trainer, &features, chances);
        for (guint k = 1; k < trainer->phrases->keys->len; k++)
            if (chances[k] > chances[best])
                best = k;
        printf("%s\t%.4f\n", (const char *)trainer->phrases->keys->pdata[best],
               (double)chances[best]);
    }
}

int
main(int argc, char **argv)
{
    Trainer trainer = {0};
    g_autofree char *text = NULL;
    guint line = 0;

    if (argc < 3 || !g_file_get_contents(argv[2], &text, NULL, NULL)) {
        fprintf(stderr, "usage: label-train label|danger PHRASES [try]\n");
        return 2;
    }
    trainer.name = argv[1];
    trainer.phrases = parsers_label_phrases_read(text, &line);
    if (trainer.phrases == NULL || trainer.phrases->keys->len > KEYS_MAX) {
        fprintf(stderr, "%s:%u: not understood\n", argv[2], line);
        parsers_label_phrases_free(trainer.phrases);
        return 1;
    }
    trainer.features = g_new0(ParsersLabelFeatures, trainer.phrases->examples->len);
    for (guint i = 0; i < trainer.phrases->examples->len; i++) {
        const ParsersLabelExample *example =
            &g_array_index(trainer.phrases->examples, ParsersLabelExample, i);

        look(&trainer, example->text, example->section, &trainer.features[i]);
    }
    trainer.weights = g_new0(float, (gsize)PARSERS_LABEL_BUCKETS *KEYS_MAX);
    trainer.steps = g_new0(float, (gsize)PARSERS_LABEL_BUCKETS *KEYS_MAX);
    train(&trainer);
    if (argc > 3)
        try_lines(&trainer);
    else
        write_weights(&trainer);
    g_free(trainer.features);
    g_free(trainer.weights);
    g_free(trainer.steps);
    parsers_label_phrases_free(trainer.phrases);
    return 0;
}
