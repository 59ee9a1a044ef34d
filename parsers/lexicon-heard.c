/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/lexicon-heard.c - what a lexicon read of a text, remembered.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/lexicon-heard.h"

#include <string.h>

#define HEARD_MAX 5000u /* texts that are remembered */

static void
meaning_free(ParsersLexiconMeaning *meaning)
{
    g_free(meaning->near);
    g_free(meaning);
}

static void
heard_free(ParsersLexiconHeard *heard)
{
    for (guint i = 0; i < G_N_ELEMENTS(heard->words); i++) {
        g_clear_pointer(&heard->words[i], parsers_tokens_release);
        if (heard->meaning[i] != NULL && !heard->meaning[i]->known)
            meaning_free(heard->meaning[i]);
    }
    g_free(heard);
}

void
parsers_lexicon_heard_open(ParsersLexicon *lexicon)
{
    lexicon->heard =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)heard_free);
    lexicon->known = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)meaning_free);
}

static bool
is_joined(const char *text)
{
    return strpbrk(text, "&/,+") != NULL || strstr(text, " and ") != NULL ||
           strstr(text, " AND ") != NULL || strstr(text, " And ") != NULL ||
           strstr(text, "details") != NULL || strstr(text, "information") != NULL;
}

static ParsersLexiconHeard *
heard_new(const char *text)
{
    const gsize length = strlen(text);
    ParsersLexiconHeard *heard = g_malloc(sizeof *heard + length + 1);

    *heard = (ParsersLexiconHeard){.bracketed = strpbrk(text, "([{") != NULL,
                                   .hinted = strchr(text, '(') != NULL,
                                   .joined = is_joined(text)};
    memcpy(heard->text, text, length + 1);
    return heard;
}

ParsersLexiconHeard *
parsers_lexicon_heard_of(const ParsersLexicon *lexicon, const char *text)
{
    ParsersLexiconHeard *heard = g_hash_table_lookup(lexicon->heard, text);

    if (heard != NULL)
        return heard;
    if (g_hash_table_size(lexicon->heard) >= HEARD_MAX)
        g_hash_table_remove_all(lexicon->heard);
    heard = heard_new(text);
    g_hash_table_insert(lexicon->heard, heard->text, heard);
    return heard;
}

const ParsersTokens *
parsers_lexicon_heard_words(ParsersLexiconHeard *heard, guint which)
{
    if (heard->words[which] == NULL)
        heard->words[which] = parsers_tokens_of(heard->text, which == 1);
    return heard->words[which];
}

static ParsersLexiconMeaning *
meaning_new(const ParsersLexicon *lexicon, const ParsersTokens *words)
{
    ParsersLexiconMeaning *meaning = g_new0(ParsersLexiconMeaning, 1);

    meaning->words = words;
    /* Without grow nothing is learnt. */
    meaning->set =
        parsers_lexicon_set_read((ParsersLexicon *)lexicon, words, false, &meaning->number);
    return meaning;
}

ParsersLexiconMeaning *
parsers_lexicon_heard_meaning(const ParsersLexicon *lexicon, ParsersLexiconHeard *heard, bool hints)
{
    const guint which = hints || !heard->bracketed;

    if (heard->meaning[which] == NULL) {
        const ParsersTokens *words = parsers_lexicon_heard_words(heard, which);

        heard->meaning[which] = words->learnt ? g_hash_table_lookup(lexicon->known, words) : NULL;
        if (heard->meaning[which] == NULL)
            heard->meaning[which] = meaning_new(lexicon, words);
    }
    return heard->meaning[which];
}

void
parsers_lexicon_heard_learn(ParsersLexicon *lexicon)
{
    for (guint i = 0; i < lexicon->variants->len; i++) {
        const ParsersTokens *words = g_array_index(lexicon->variants, ParsersVariant, i).words;
        ParsersLexiconMeaning *meaning = NULL;

        if (g_hash_table_contains(lexicon->known, words))
            continue;
        meaning = meaning_new(lexicon, words);
        meaning->known = true;
        parsers_lexicon_near_find(lexicon, meaning);
        g_hash_table_insert(lexicon->known, (gpointer)words, meaning);
    }
}
