/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/view-words.h - the words of printed pages, and which of them stand after one another.
 *
 * Runs in:  postern-view, inside the cage.
 * Source:   doc/review.md, "Pages of office files"
 */
#ifndef PARSERS_VIEW_WORDS_H
#define PARSERS_VIEW_WORDS_H

#include "parsers/error.h"
#include "parsers/limits.h"

typedef struct {
    guint page;    /* from 1 */
    double box[4]; /* left, top, right, bottom in points */
    double size;   /* of the letters */
    char *text;    /* as parsers_view_words_take() has it */
    int right;     /* the next word on its line, or -1 */
    int left;      /* the one before, or -1 */
} ParsersViewWord;

typedef struct {
    GArray *words;     /* ParsersViewWord, in reading order */
    GHashTable *index; /* text: GArray of guint, words that say it */
    guint64 budget;    /* comparisons that may still be made: what is beyond is not found */
} ParsersViewWords;

/* All words of a PDF; none when it cannot be read. */
ParsersViewWords *parsers_view_words_read(GBytes *pdf, const ParsersLimits *limits);
void parsers_view_words_free(ParsersViewWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersViewWords, parsers_view_words_free)

/* The letters and digits of a text, in small letters, a word each; what has none of them is left
 * out.  to: char*, owned; appended. */
void parsers_view_words_take(const char *text, GPtrArray *to);

static inline const ParsersViewWord *
parsers_view_words_at(const ParsersViewWords *words, int number)
{
    return &g_array_index(words->words, ParsersViewWord, number);
}

/* Where a text begins on the pages, and how far it goes on the first of them. */
typedef struct {
    int first;
    guint page;
    guint met; /* words of it that stand there */
    double box[4];
    bool alone; /* nothing stands close before or behind it on its lines */
} ParsersViewPlace;

/* Does this text stand here?  first: the word that it would begin with; text: char*.  A long one
 * whose end is elsewhere does, too. */
bool parsers_view_words_match(ParsersViewWords *words, int first, const GPtrArray *text,
                              ParsersViewPlace *out_place);

#endif
