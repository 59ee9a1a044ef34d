/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/grams.c - which short runs of characters a text has, to pass over patterns that cannot
 * match.
 *
 * A pattern tries the whole text, often many times.  Most of them need words that are not there,
 * which one walk along the text can say for all.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/grams.h"

#include <string.h>

#define RUNS_MOST 8 /* of a word that are looked up: more tell little more */

/* The place of up to four characters in the table, of which the last stands lowest. */
static guint
place(guint32 run)
{
    return (run * 0x9e3779b1u) >> (32 - PARSERS_GRAMS_BITS);
}

static void
mark(ParsersGrams *grams, guint32 run)
{
    const guint at = place(run);

    grams->bits[at / 64] |= G_GUINT64_CONSTANT(1) << (at % 64);
}

static bool
has(const ParsersGrams *grams, guint at)
{
    return (grams->bits[at / 64] >> (at % 64) & 1) != 0;
}

void
parsers_grams_of(const char *text, gsize length, ParsersGrams *out_grams)
{
    guint32 run = 0;

    memset(out_grams, 0, sizeof *out_grams);
    /* To a pattern that ignores case, a long s is an s, and the sign of Kelvin is a k. */
    out_grams->all = memmem(text, length, "\xc5\xbf", 2) != NULL ||
                     memmem(text, length, "\xe2\x84\xaa", 3) != NULL;
    for (gsize i = 0; i < length; i++) {
        run = run << 8 | (guchar)g_ascii_tolower(text[i]);
        if (i >= 2)
            mark(out_grams, run & 0xffffff);
        if (i >= 3)
            mark(out_grams, run);
    }
}

guint16 *
parsers_grams_wanted(const GPtrArray *words)
{
    GArray *wanted = g_array_new(TRUE, FALSE, sizeof(guint16));

    for (guint i = 0; i < words->len; i++) {
        const char *word = g_ptr_array_index(words, i);
        const gsize length = strlen(word), size = length > PARSERS_GRAMS_LEAST ? 4 : 3;
        guint16 number = (guint16)MIN(length - size + 1, RUNS_MOST);
        guint32 run = 0;

        g_assert(length >= PARSERS_GRAMS_LEAST);
        g_array_append_val(wanted, number);
        for (gsize c = 0; c + 1 < number + size; c++) {
            run = run << 8 | (guchar)word[c];
            if (c + 1 >= size) {
                guint16 at = (guint16)place(size == 3 ? run & 0xffffff : run);

                g_array_append_val(wanted, at);
            }
        }
    }
    return (guint16 *)(gpointer)g_array_free(wanted, FALSE);
}

static bool
has_all(const ParsersGrams *grams, const guint16 *runs, guint number)
{
    for (guint i = 0; i < number; i++)
        if (!has(grams, runs[i]))
            return false;
    return true;
}

bool
parsers_grams_allow(const ParsersGrams *grams, const guint16 *wanted)
{
    if (grams->all || wanted == NULL)
        return true;
    for (const guint16 *word = wanted; *word != 0; word += 1 + *word)
        if (has_all(grams, word + 1, *word))
            return true;
    return false;
}
