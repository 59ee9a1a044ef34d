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

#include <string.h>

#define WORDS_MAX 24u
#define GRAM_MIN 3u
#define GRAM_MAX 5u

/* FNV-1a, folded. */
static guint32
hash_of(guint32 hash, const char *text, gsize n)
{
    for (gsize i = 0; i < n; i++)
        hash = (hash ^ (guchar)text[i]) * 16777619u;
    return hash;
}

static guint32
hash_kind(char kind)
{
    return hash_of(2166136261u, &kind, 1);
}

static void
add_hash(ParsersLabelFeatures *features, guint32 hash)
{
    if (features->n < PARSERS_LABEL_FEATURES_MAX)
        features->bucket[features->n++] = (guint16)(((hash >> 16) ^ hash) % PARSERS_LABEL_BUCKETS);
}

static void
add(ParsersLabelFeatures *features, char kind, const char *one, const char *other)
{
    const guint32 first = hash_of(hash_kind(kind), one, strlen(one));

    add_hash(features, hash_of(hash_of(first, " ", 1), other, strlen(other)));
}

/* Pieces of three to five letters, with the word's ends: a strange word is like those it resembles.
 */
static void
add_grams(ParsersLabelFeatures *features, const char *word)
{
    g_autofree char *ends = g_strconcat("^", word, "$", NULL);
    const gsize length = strlen(ends);

    for (gsize n = GRAM_MIN; n <= GRAM_MAX; n++)
        for (gsize at = 0; at + n <= length; at++)
            add_hash(features, hash_of(hash_of(hash_kind('g'), ends + at, n), " ", 1));
}

/* In order, by the lower byte and then by the higher one. */
static void
sort(ParsersLabelFeatures *features)
{
    guint16 other[PARSERS_LABEL_FEATURES_MAX];
    guint16 *from = features->bucket;
    guint16 *to = other;

    for (guint shift = 0; shift <= 8; shift += 8) {
        guint start[257] = {0};
        guint16 *swapped = from;

        for (guint i = 0; i < features->n; i++)
            start[((from[i] >> shift) & 0xff) + 1]++;
        for (guint i = 0; i < 256; i++)
            start[i + 1] += start[i];
        for (guint i = 0; i < features->n; i++)
            to[start[(from[i] >> shift) & 0xff]++] = from[i];
        from = to;
        to = swapped;
    }
}

static void
sort_out(ParsersLabelFeatures *features)
{
    guint kept = 0;

    sort(features);
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
