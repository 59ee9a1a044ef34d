/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/lexicon-heard.c - what a lexicon read of a text, remembered, and what it reminds of.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/lexicon-heard.h"

#include <string.h>

#define HEARD_MAX 5000u /* texts that are remembered */

ParsersLexiconHeard *
parsers_lexicon_heard_of(const ParsersLexicon *lexicon, const char *text)
{
    ParsersLexiconHeard *heard = g_hash_table_lookup(lexicon->heard, text);

    if (heard != NULL)
        return heard;
    if (g_hash_table_size(lexicon->heard) >= HEARD_MAX)
        g_hash_table_remove_all(lexicon->heard);
    heard = g_new0(ParsersLexiconHeard, 1);
    g_hash_table_insert(lexicon->heard, g_strdup(text), heard);
    return heard;
}

const ParsersTokens *
parsers_lexicon_heard_words(ParsersLexiconHeard *heard, const char *text, guint which)
{
    if (heard->words[which] == NULL)
        heard->words[which] = parsers_tokens_of(text, which == 1);
    return heard->words[which];
}

guint
parsers_lexicon_heard_which(const char *text, bool hints)
{
    return hints || strpbrk(text, "([{") == NULL;
}

const ParsersLexiconSet *
parsers_lexicon_heard_set(const ParsersLexicon *lexicon, ParsersLexiconHeard *heard,
                          const char *text, bool hints, guint *out_number)
{
    const guint which = parsers_lexicon_heard_which(text, hints);

    if (!heard->read[which]) {
        /* Without grow nothing is learnt. */
        heard->set[which] = parsers_lexicon_set_read(
            (ParsersLexicon *)lexicon, parsers_lexicon_heard_words(heard, text, which), false,
            &heard->number[which]);
        heard->read[which] = true;
    }
    if (out_number != NULL)
        *out_number = heard->number[which];
    return &heard->set[which];
}

void
parsers_lexicon_heard_mark(const ParsersLexicon *lexicon, const ParsersLexiconSet *set,
                           bool headings)
{
    guint64 *marks = (guint64 *)(gpointer)lexicon->marks->data;
    double *shared = (double *)(gpointer)lexicon->shared->data;
    const guint *users = (const guint *)(gconstpointer)lexicon->users->data;

    for (guint i = 0; i < set->n; i++) {
        const guint *start = &g_array_index(lexicon->starts, guint, 2 * (set->ids[i] - 1));
        const double weight = g_array_index(lexicon->weights, double, set->ids[i] - 1);

        for (guint u = start[headings]; u < start[headings + 1]; u++) {
            const guint user = users[u];

            marks[user / 64] |= (guint64)1 << (user % 64);
            shared[user] += weight;
        }
    }
}
