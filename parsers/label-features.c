/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/label-features.c - what the model of labels looks at: words, pieces of words, the
 * heading.
 *
 * Each feature is a short text ("w name", "g dob") that is hashed into a bucket; the trainer and
 * the reader share this file, so that they can never look at different things.
 *
 * Runs in:  postern-parser; parsers/label-train while Postern is built.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/label-features.h"

#include "parsers/normalise.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 24u
#define GRAM_MIN 3u
#define GRAM_MAX 5u

/* FNV-1a, folded. */
static guint16
bucket_of(char kind, const char *one, gsize n_one, const char *other)
{
    guint32 hash = 2166136261u;

    hash = (hash ^ (guchar)kind) * 16777619u;
    for (gsize i = 0; i < n_one; i++)
        hash = (hash ^ (guchar)one[i]) * 16777619u;
    hash = (hash ^ ' ') * 16777619u;
    for (const char *p = other; *p != '\0'; p++)
        hash = (hash ^ (guchar)*p) * 16777619u;
    return (guint16)(((hash >> 16) ^ hash) % PARSERS_LABEL_BUCKETS);
}

static void
add(ParsersLabelFeatures *features, char kind, const char *one, const char *other)
{
    if (features->n < PARSERS_LABEL_FEATURES_MAX)
        features->bucket[features->n++] = bucket_of(kind, one, strlen(one), other);
}

/* Pieces of three to five letters, with the word's ends: a strange word is like those it resembles.
 */
static void
add_grams(ParsersLabelFeatures *features, const char *word)
{
    g_autofree char *ends = g_strdup_printf("^%s$", word);
    const gsize length = strlen(ends);

    for (gsize n = GRAM_MIN; n <= GRAM_MAX; n++)
        for (gsize at = 0; at + n <= length; at++)
            if (features->n < PARSERS_LABEL_FEATURES_MAX)
                features->bucket[features->n++] = bucket_of('g', ends + at, n, "");
}

static int
by_bucket(const void *one, const void *other)
{
    const guint16 a = *(const guint16 *)one;
    const guint16 b = *(const guint16 *)other;

    return (a > b) - (a < b);
}

static void
sort_out(ParsersLabelFeatures *features)
{
    guint kept = 0;

    qsort(features->bucket, features->n, sizeof features->bucket[0], by_bucket);
    for (guint i = 0; i < features->n; i++)
        if (kept == 0 || features->bucket[kept - 1] != features->bucket[i])
            features->bucket[kept++] = features->bucket[i];
    features->n = kept;
}

/* Without what only counts the question: "3.", "(b)", "Q4:", "2.1)". */
static const char *
skip_count(const char *text)
{
    const char *p = text + strspn(text, " ([");
    gsize length = 0;

    if (g_ascii_toupper(p[0]) == 'Q' && (g_ascii_isdigit(p[1]) || strchr(".:)", p[1]) != NULL))
        p++;
    length = strspn(p, "0123456789.");
    if (length == 0 && g_ascii_isalpha(p[0]) && p[1] != '\0' && strchr(".)]", p[1]) != NULL)
        length = 1;
    if (p[length] == '\0' || strchr(".:)] ", p[length]) == NULL)
        return text;
    p += length + strspn(p + length, ".:)] ");
    return *p != '\0' ? p : text;
}

void
parsers_label_features(const char *text, const char *section, ParsersLabelFeatures *out_features)
{
    static const char *const lengths[] = {"0", "1", "2", "3", "4", "4", "4", "8"};
    g_autoptr(GPtrArray) words = parsers_normalise_words(skip_count(text), true);
    const guint n = MIN(words->len, WORDS_MAX);

    out_features->n = 0;
    add(out_features, 's', section, "");
    add(out_features, 'n', lengths[MIN(n, G_N_ELEMENTS(lengths) - 1)], "");
    add(out_features, 'n', lengths[MIN(n, G_N_ELEMENTS(lengths) - 1)], section);
    if (strchr(text, '?') != NULL)
        add(out_features, '?', "", "");
    for (guint i = 0; i < n; i++) {
        const char *word = g_ptr_array_index(words, i);
        const char *next = i + 1 < n ? g_ptr_array_index(words, i + 1) : "$";

        add(out_features, 'w', word, "");
        add(out_features, 'u', word, section);
        add(out_features, 'b', word, next);
        if (i == 0)
            add(out_features, 'f', word, "");
        if (i + 2 < n)
            add(out_features, 'k', word, g_ptr_array_index(words, i + 2));
    }
    for (guint i = 0; i < n; i++)
        add_grams(out_features, g_ptr_array_index(words, i));
    sort_out(out_features);
}
