/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/needs.c - the words without which a pattern cannot match.
 *
 * A pattern is taken apart as far as is of use: what is not understood is taken for anything, and
 * what only forbids (a look ahead, a word's border) for nothing.  So the words may be too few to
 * tell, and are never too many.
 *
 * Runs in:  postern-parser, before the cage closes.
 * Source:   pcre2pattern(3)
 */
#include "config.h"

#include "parsers/needs.h"

#include <stdbool.h>
#include <string.h>

#include "parsers/grams.h"

#define RUN_MOST 64u   /* ways to write one run of characters */
#define WORDS_MOST 512 /* more are no use */
#define CLASS_MOST 6u  /* characters of [...] that are tried one by one */
#define LENGTH_ENOUGH 6u

/* What is known of a part of a pattern. */
typedef struct {
    GPtrArray *run;  /* char*: it ends in one of these; never NULL */
    bool whole;      /* it is nothing but the run */
    bool never;      /* it matches nothing */
    GPtrArray *best; /* char*: it has one of these; or NULL */
} Part;

typedef struct {
    const char *at;
    bool strange; /* something that nobody here understands */
} Reader;

static Part read_choice(Reader *reader);

/* ---- sets of words ---- */

static GPtrArray *
set_new(const char *first)
{
    GPtrArray *set = g_ptr_array_new_with_free_func(g_free);

    if (first != NULL)
        g_ptr_array_add(set, g_strdup(first));
    return set;
}

static void
set_add(GPtrArray *set, const GPtrArray *more)
{
    for (guint i = 0; i < more->len; i++)
        if (!g_ptr_array_find_with_equal_func(set, more->pdata[i], g_str_equal, NULL))
            g_ptr_array_add(set, g_strdup(more->pdata[i]));
}

/* The length of what is rare in a word: not of the spaces around it, nor of what stands in every
 * mail.  0: too short to be looked up. */
static gsize
rare_length(const char *word)
{
    static const char common[] = " the and that this for from with about was were are has have had "
                                 "not but you your she her him his they them who our been ";
    g_autofree char *bare = g_strstrip(g_strdup(word));
    g_autofree char *spaced = g_strconcat(" ", bare, " ", NULL);

    if (strlen(word) < PARSERS_GRAMS_LEAST)
        return 0;
    return strstr(common, spaced) != NULL ? 1 : MAX(strlen(bare), 1);
}

/* How well a set tells texts apart: by its shortest word, then by their number. */
static guint
set_worth(const GPtrArray *set)
{
    gsize least = LENGTH_ENOUGH;

    if (set == NULL || set->len > WORDS_MOST)
        return 0;
    for (guint i = 0; i < set->len; i++)
        least = MIN(least, rare_length(set->pdata[i]));
    return least == 0 ? 0 : (guint)least * (WORDS_MOST + 1) + WORDS_MOST - set->len;
}

/* ---- parts ---- */

static Part
part_run(const char *text)
{
    return (Part){.run = set_new(text), .whole = true};
}

static Part
part_unknown(void)
{
    return (Part){.run = set_new("")};
}

static Part
part_never(void)
{
    return (Part){.run = set_new(NULL), .never = true};
}

static void
part_clear(Part *part)
{
    g_ptr_array_unref(part->run);
    if (part->best != NULL)
        g_ptr_array_unref(part->best);
}

static void
offer(Part *part, const GPtrArray *set)
{
    if (set_worth(set) <= set_worth(part->best))
        return;
    if (part->best != NULL)
        g_ptr_array_unref(part->best);
    part->best = set_new(NULL);
    set_add(part->best, set);
}

/* From here on it is not known what stands there. */
static void
end_run(Part *part)
{
    offer(part, part->run);
    g_ptr_array_unref(part->run);
    part->run = set_new("");
    part->whole = false;
}

static GPtrArray *
cross(const GPtrArray *heads, const GPtrArray *tails)
{
    GPtrArray *all = set_new(NULL);

    for (guint h = 0; h < heads->len; h++)
        for (guint t = 0; t < tails->len; t++)
            g_ptr_array_add(all, g_strconcat(heads->pdata[h], tails->pdata[t], NULL));
    return all;
}

/* One after the other; takes the second. */
static void
append(Part *part, Part next)
{
    part->never = part->never || next.never;
    if (next.best != NULL)
        offer(part, next.best);
    if (next.whole && part->run->len * next.run->len <= RUN_MOST) {
        GPtrArray *all = cross(part->run, next.run);

        g_ptr_array_unref(part->run);
        part->run = all;
    } else {
        end_run(part);
        if (next.whole) {
            g_ptr_array_unref(part->run);
            part->run = g_ptr_array_ref(next.run);
        }
    }
    part_clear(&next);
}

/* What one or the other has; takes the second. */
static void
either(Part *part, Part other)
{
    if (part->never || other.never) {
        const Part kept = part->never ? other : *part;

        part_clear(part->never ? part : &other);
        *part = kept;
        return;
    }
    if (part->whole && other.whole && part->run->len + other.run->len <= RUN_MOST) {
        set_add(part->run, other.run);
        part_clear(&other);
        return;
    }
    end_run(part);
    end_run(&other);
    if (part->best != NULL && other.best != NULL)
        set_add(part->best, other.best);
    else if (part->best != NULL)
        g_clear_pointer(&part->best, g_ptr_array_unref);
    part_clear(&other);
}

/* ---- reading ---- */

/* "{2,5}": the least, 0 or more.  Any other brace stands for itself. */
static bool
read_times(Reader *reader, guint64 *out_least)
{
    char *end = NULL;

    if (reader->at[0] != '{' || !g_ascii_isdigit(reader->at[1]))
        return false;
    *out_least = g_ascii_strtoull(reader->at + 1, &end, 10);
    end = strchr(end, '}');
    reader->strange = reader->strange || end == NULL;
    reader->at = end != NULL ? end + 1 : reader->at + 1;
    return true;
}

/* How often what stands before may come. */
static void
read_quantity(Reader *reader, Part *part)
{
    const char c = *reader->at;
    guint64 least = c == '+' ? 1 : 0;
    Part none = part_run("");

    if (c != '\0' && strchr("?*+", c) != NULL) {
        reader->at++;
    } else if (!read_times(reader, &least)) {
        part_clear(&none);
        return;
    }
    if (*reader->at == '?' || *reader->at == '+')
        reader->at++;
    if (c == '?') {
        either(part, none);
        return;
    }
    part_clear(&none);
    if (least > 0) {
        end_run(part);
        return;
    }
    part_clear(part);
    *part = part_unknown();
}

/* "[- ]": a few characters; more, or any but these, are unknown. */
static Part
read_class(Reader *reader)
{
    Part part = {.run = set_new(NULL), .whole = true};
    bool many = *reader->at == '^';
    const char *first = reader->at + (many ? 1 : 0);
    const char *at = first;

    for (; *at != '\0' && (*at != ']' || at == first); at++) {
        /* "[[:alpha:]]" would end at its first bracket. */
        reader->strange = reader->strange || strncmp(at, "[:", 2) == 0;
        many = many || *at == '[' || *at == '\\' || (guchar)*at >= 0x80 ||
               (*at == '-' && at != first && at[1] != ']');
        if (*at == '\\' && at[1] != '\0')
            at++;
        g_ptr_array_add(part.run, g_ascii_strdown(at, 1));
    }
    reader->strange = reader->strange || *at == '\0';
    reader->at = *at != '\0' ? at + 1 : at;
    if (!many && part.run->len <= CLASS_MOST)
        return part;
    part_clear(&part);
    return part_unknown();
}

static Part
read_escape(Reader *reader)
{
    const char c = *reader->at;

    if (c == '\0') {
        reader->strange = true;
        return part_unknown();
    }
    reader->at++;
    if (!g_ascii_isalnum(c)) {
        const char one[] = {c, '\0'};

        return part_run(one);
    }
    if (strchr("bBAzZG", c) != NULL)
        return part_run("");
    reader->strange = reader->strange || strchr("wWdDsShHvVRNntr", c) == NULL;
    return part_unknown();
}

/* "(*SKIP)", "(*F)": at the star. */
static Part
read_verb(Reader *reader)
{
    const char *end = strchr(reader->at, ')');

    if (end == NULL) {
        reader->strange = true;
        return part_unknown();
    }
    const gsize length = (gsize)(end - reader->at);
    const bool fails = length == 2 && strncmp(reader->at, "*F", 2) == 0;

    reader->strange = reader->strange || !(fails || strncmp(reader->at, "*SKIP", length) == 0);
    reader->at = end + 1;
    return fails ? part_never() : part_run("");
}

/* Behind "(?": moves behind what says which kind of group it is.  *out_looks: a look ahead or back,
 * which takes no character. */
static void
read_kind(Reader *reader, bool *out_looks)
{
    const char *at = reader->at;

    *out_looks = *at == '=' || *at == '!' || (*at == '<' && (at[1] == '=' || at[1] == '!'));
    if (*out_looks) {
        reader->at += *at == '<' ? 2 : 1;
        return;
    }
    at += strspn(at, "i-");
    if (*at == ':' || *at == '>')
        reader->at = at + 1;
    else
        reader->strange = true;
}

static Part
read_group(Reader *reader)
{
    bool looks = false;
    Part part;

    if (*reader->at == '*')
        return read_verb(reader);
    if (*reader->at == '?') {
        reader->at++;
        read_kind(reader, &looks);
    }
    part = read_choice(reader);
    if (*reader->at == ')')
        reader->at++;
    else
        reader->strange = true;
    if (!looks)
        return part;
    part_clear(&part);
    return part_run("");
}

static Part
read_atom(Reader *reader)
{
    const char c = *reader->at++;
    const char one[] = {g_ascii_tolower(c), '\0'};

    switch (c) {
    case '(':
        return read_group(reader);
    case '[':
        return read_class(reader);
    case '\\':
        return read_escape(reader);
    case '^':
    case '$':
        return part_run("");
    case '.':
        return part_unknown();
    default:
        return (guchar)c >= 0x80 ? part_unknown() : part_run(one);
    }
}

static Part
read_sequence(Reader *reader)
{
    Part part = part_run("");

    while (!reader->strange && *reader->at != '\0' && strchr("|)", *reader->at) == NULL) {
        Part next = read_atom(reader);

        read_quantity(reader, &next);
        append(&part, next);
    }
    if (!part.whole)
        end_run(&part);
    return part;
}

/* Alternatives, up to the end of their group. */
static Part
read_choice(Reader *reader)
{
    Part part = read_sequence(reader);

    while (!reader->strange && *reader->at == '|') {
        reader->at++;
        either(&part, read_sequence(reader));
    }
    return part;
}

/* Words without those in which there is another one. */
static GPtrArray *
without_longer(const GPtrArray *words)
{
    GPtrArray *kept = set_new(NULL);

    for (guint i = 0; i < words->len; i++) {
        bool longer = false;

        for (guint k = 0; k < words->len && !longer; k++)
            longer = k != i && strstr(words->pdata[i], words->pdata[k]) != NULL;
        if (!longer)
            g_ptr_array_add(kept, g_strdup(words->pdata[i]));
    }
    return kept;
}

GPtrArray *
parsers_needs_of(const char *pattern)
{
    Reader reader = {.at = pattern};
    Part part = read_choice(&reader);
    GPtrArray *best = NULL;

    end_run(&part);
    if (!reader.strange && *reader.at == '\0')
        best = part.never ? set_new(NULL) : part.best == NULL ? NULL : without_longer(part.best);
    part_clear(&part);
    return best;
}
