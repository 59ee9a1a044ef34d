/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/ways.c - the ways in which a pattern can match, and the words that each of them needs.
 *
 * Whatever grows too much is drawn together: less is then known, and nothing that is wrong.
 *
 * Runs in:  postern-parser, before the cage closes.
 * Source:   doc/deciding.md, "Signals"
 */
#include "config.h"

#include "parsers/ways.h"

#include <string.h>

#include "parsers/sieve.h"

#define WORDS_MOST 512u /* of one set: more are no use */
#define SETS_MOST 3u    /* of one way */
#define CROSS_MOST 64u  /* ways of two parts that follow one another */
#define WAYS_MOST 256u
#define LENGTH_ENOUGH 6u

static void
way_free(gpointer data)
{
    ParsersWay *way = data;

    g_ptr_array_unref(way->sets);
    g_free(way);
}

static ParsersWay *
way_new(bool wide, bool never)
{
    ParsersWay *way = g_new(ParsersWay, 1);

    *way = (ParsersWay){g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref), wide,
                        never};
    return way;
}

GPtrArray *
parsers_ways_words_new(void)
{
    return g_ptr_array_new_with_free_func(g_free);
}

void
parsers_ways_words_add(GPtrArray *words, const GPtrArray *more)
{
    for (guint i = 0; i < more->len; i++)
        if (!g_ptr_array_find_with_equal_func(words, more->pdata[i], g_str_equal, NULL))
            g_ptr_array_add(words, g_strdup(more->pdata[i]));
}

/* The length of what is rare in a word: not of the spaces around it, nor of what stands in every
 * mail.  0: it cannot be looked up. */
static gsize
rare_length(const char *word)
{
    static const char common[] = " the and that this for from with about was were are has have had "
                                 "not but you your she her him his they them who our been ";
    g_autofree char *bare = g_strstrip(g_strdup(word));
    g_autofree char *spaced = g_strconcat(" ", bare, " ", NULL);

    if (!parsers_sieve_knows(word))
        return 0;
    return strstr(common, spaced) != NULL ? 1 : MAX(strlen(bare), 1);
}

/* How well a set tells texts apart: by its shortest word, then by their number. */
static guint
worth_of(const GPtrArray *words)
{
    gsize least = LENGTH_ENOUGH;

    if (words->len > WORDS_MOST)
        return 0;
    for (guint i = 0; i < words->len; i++)
        least = MIN(least, rare_length(words->pdata[i]));
    return least == 0 ? 0 : (guint)least * (WORDS_MOST + 1) + WORDS_MOST - words->len;
}

/* The sets of a way stand in the order of their worth, the best first. */
static void
way_need(ParsersWay *way, GPtrArray *words)
{
    const guint worth = worth_of(words);
    guint at = 0;

    if (worth == 0 || g_ptr_array_find(way->sets, words, NULL))
        return;
    while (at < way->sets->len && worth_of(way->sets->pdata[at]) >= worth)
        at++;
    g_ptr_array_insert(way->sets, (gint)at, g_ptr_array_ref(words));
    if (way->sets->len > SETS_MOST)
        g_ptr_array_set_size(way->sets, SETS_MOST);
}

GPtrArray *
parsers_ways_new(bool wide)
{
    GPtrArray *ways = g_ptr_array_new_with_free_func(way_free);

    g_ptr_array_add(ways, way_new(wide, false));
    return ways;
}

static bool
is_unknown(const ParsersWay *way)
{
    return way->sets->len == 0 && !way->never;
}

bool
parsers_ways_are_unknown(const GPtrArray *ways)
{
    return ways->len == 1 && is_unknown(ways->pdata[0]);
}

bool
parsers_ways_reach_on(const GPtrArray *ways)
{
    for (guint i = 0; i < ways->len; i++)
        if (((const ParsersWay *)ways->pdata[i])->wide)
            return true;
    return false;
}

void
parsers_ways_widen(GPtrArray *ways)
{
    for (guint i = 0; i < ways->len; i++)
        ((ParsersWay *)ways->pdata[i])->wide = true;
}

void
parsers_ways_need(GPtrArray *ways, const GPtrArray *words)
{
    g_autoptr(GPtrArray) own = parsers_ways_words_new();

    parsers_ways_words_add(own, words);
    for (guint i = 0; i < ways->len; i++)
        way_need(ways->pdata[i], own);
}

/* One way instead of all, which has a word of the best set of one of them. */
static void
draw_together(GPtrArray *ways)
{
    ParsersWay *one = way_new(parsers_ways_reach_on(ways), true);
    g_autoptr(GPtrArray) words = parsers_ways_words_new();
    bool known = true;

    for (guint i = 0; i < ways->len; i++) {
        const ParsersWay *way = ways->pdata[i];

        one->never = one->never && way->never;
        known = known && way->sets->len > 0;
        if (known)
            parsers_ways_words_add(words, way->sets->pdata[0]);
    }
    if (known)
        way_need(one, words);
    g_ptr_array_set_size(ways, 0);
    g_ptr_array_add(ways, one);
}

static ParsersWay *
way_both(const ParsersWay *first, const ParsersWay *second)
{
    ParsersWay *both = way_new(first->wide || second->wide, first->never || second->never);

    for (guint i = 0; i < first->sets->len; i++)
        way_need(both, first->sets->pdata[i]);
    for (guint i = 0; i < second->sets->len; i++)
        way_need(both, second->sets->pdata[i]);
    return both;
}

GPtrArray *
parsers_ways_then(GPtrArray *ways, GPtrArray *next)
{
    GPtrArray *all = NULL;

    /* Nothing new, as mostly. */
    if (parsers_ways_are_unknown(next) && !parsers_ways_reach_on(next)) {
        g_ptr_array_unref(next);
        return ways;
    }
    if (ways->len * next->len > CROSS_MOST)
        draw_together(ways->len > next->len ? ways : next);
    if (ways->len * next->len > CROSS_MOST)
        draw_together(ways->len > next->len ? ways : next);
    all = g_ptr_array_new_with_free_func(way_free);
    for (guint w = 0; w < ways->len; w++)
        for (guint n = 0; n < next->len; n++)
            g_ptr_array_add(all, way_both(ways->pdata[w], next->pdata[n]));
    g_ptr_array_unref(ways);
    g_ptr_array_unref(next);
    return all;
}

/* One set each, and else the same: then all their words are one set. */
static bool
join_sets(GPtrArray *ways, const GPtrArray *other)
{
    ParsersWay *one = ways->pdata[0];
    const ParsersWay *two = other->pdata[0];
    g_autoptr(GPtrArray) words = NULL;

    if (ways->len != 1 || other->len != 1 || one->sets->len != 1 || two->sets->len != 1 ||
        one->wide != two->wide || one->never != two->never)
        return false;
    words = parsers_ways_words_new();
    parsers_ways_words_add(words, one->sets->pdata[0]);
    parsers_ways_words_add(words, two->sets->pdata[0]);
    if (words->len > WORDS_MOST)
        return false;
    g_ptr_array_set_size(one->sets, 0);
    way_need(one, words);
    return true;
}

GPtrArray *
parsers_ways_or(GPtrArray *ways, GPtrArray *other)
{
    bool unknown = false;

    if (join_sets(ways, other)) {
        g_ptr_array_unref(other);
        return ways;
    }
    g_ptr_array_extend_and_steal(ways, other);
    for (guint i = 0; i < ways->len; i++)
        unknown = unknown || is_unknown(ways->pdata[i]);
    if (unknown || ways->len > WAYS_MOST)
        draw_together(ways);
    return ways;
}
