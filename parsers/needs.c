/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/needs.c - what a pattern cannot match without.
 *
 * A pattern is taken apart as far as is of use: what is not understood is taken for anything, and
 * what only forbids (a negative look ahead, a word's border) for nothing.  So the words may be too
 * few to tell, and are never too many.
 *
 * Runs in:  postern-parser, before the cage closes.
 * Source:   pcre2pattern(3)
 */
#include "config.h"

#include "parsers/needs.h"

#include <stdbool.h>
#include <string.h>

#include "parsers/ways.h"

#define RUN_MOST 64u  /* ways to write one run of characters */
#define CLASS_MOST 6u /* characters of [...] that are tried one by one */

/* What is known of a part of a pattern. */
typedef struct {
    GPtrArray *run;  /* char*: it ends in one of these */
    bool whole;      /* it is nothing but the run */
    GPtrArray *ways; /* in which it matches, apart from the run */
} Part;

typedef struct {
    const char *at;
    bool strange; /* something that nobody here understands */
} Reader;

static Part read_choice(Reader *reader);

/* ---- parts ---- */

static GPtrArray *
run_new(const char *text)
{
    GPtrArray *run = parsers_ways_words_new();

    g_ptr_array_add(run, g_strdup(text));
    return run;
}

static Part
part_run(const char *text)
{
    return (Part){run_new(text), true, parsers_ways_new(false)};
}

static Part
part_unknown(bool wide)
{
    return (Part){run_new(""), false, parsers_ways_new(wide)};
}

static void
part_clear(Part *part)
{
    g_ptr_array_unref(part->run);
    g_clear_pointer(&part->ways, g_ptr_array_unref);
}

/* From here on it is not known what stands there. */
static void
end_run(Part *part)
{
    parsers_ways_need(part->ways, part->run);
    g_ptr_array_unref(part->run);
    part->run = run_new("");
    part->whole = false;
}

static GPtrArray *
cross(const GPtrArray *heads, const GPtrArray *tails)
{
    GPtrArray *all = parsers_ways_words_new();

    for (guint h = 0; h < heads->len; h++)
        for (guint t = 0; t < tails->len; t++)
            g_ptr_array_add(all, g_strconcat(heads->pdata[h], tails->pdata[t], NULL));
    return all;
}

/* One after the other; takes the second. */
static void
append(Part *part, Part next)
{
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
    part->ways = parsers_ways_then(part->ways, g_steal_pointer(&next.ways));
    part_clear(&next);
}

static bool
is_bare_run(const Part *part)
{
    return part->whole && parsers_ways_are_unknown(part->ways) &&
           !parsers_ways_reach_on(part->ways);
}

/* What one or the other has; takes the second. */
static void
either(Part *part, Part other)
{
    if (is_bare_run(part) && is_bare_run(&other) && part->run->len + other.run->len <= RUN_MOST) {
        parsers_ways_words_add(part->run, other.run);
    } else {
        end_run(part);
        end_run(&other);
        part->ways = parsers_ways_or(part->ways, g_steal_pointer(&other.ways));
    }
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
        /* Twice is one way and another one. */
        if (parsers_ways_reach_on(part->ways))
            parsers_ways_widen(part->ways);
        end_run(part);
        return;
    }
    none = part_unknown(parsers_ways_reach_on(part->ways));
    part_clear(part);
    *part = none;
}

/* Is this sign of a class, "n" of "\\n" or one that stands for itself, an end of line, too? */
static bool
is_line_end(char sign, bool escaped)
{
    return escaped ? strchr("nsWD", sign) != NULL : sign == '\n';
}

static bool
is_no_line_end(char sign, bool escaped)
{
    return escaped ? !g_ascii_isalnum(sign) || strchr("wdSht", sign) != NULL : sign != '\n';
}

/* "[- ]": a few characters; more, or any but these, are unknown. */
static Part
read_class(Reader *reader)
{
    Part part = {parsers_ways_words_new(), true, NULL};
    const bool inverse = *reader->at == '^';
    bool many = inverse, wide = inverse;
    const char *first = reader->at + (many ? 1 : 0);
    const char *at = first;

    for (; *at != '\0' && (*at != ']' || at == first); at++) {
        const bool escaped = *at == '\\' && at[1] != '\0';

        /* "[[:alpha:]]" would end at its first bracket. */
        reader->strange = reader->strange || strncmp(at, "[:", 2) == 0;
        many = many || *at == '[' || *at == '\\' || (guchar)*at >= 0x80 ||
               (*at == '-' && at != first && at[1] != ']');
        at += escaped ? 1 : 0;
        wide = inverse ? wide && !is_line_end(*at, escaped) : wide || !is_no_line_end(*at, escaped);
        g_ptr_array_add(part.run, g_ascii_strdown(at, 1));
    }
    reader->strange = reader->strange || *at == '\0';
    reader->at = *at != '\0' ? at + 1 : at;
    part.ways = parsers_ways_new(wide);
    if (!many && part.run->len <= CLASS_MOST)
        return part;
    part_clear(&part);
    return part_unknown(wide);
}

static Part
read_escape(Reader *reader)
{
    const char c = *reader->at;

    if (c == '\0') {
        reader->strange = true;
        return part_unknown(true);
    }
    reader->at++;
    if (!g_ascii_isalnum(c)) {
        const char one[] = {c, '\0'};

        return part_run(one);
    }
    if (strchr("bBA", c) != NULL)
        return part_run("");
    reader->strange = reader->strange || strchr("wWdDsShHvVRNntr", c) == NULL;
    return part_unknown(strchr("wdShVNt", c) == NULL);
}

/* "(*SKIP)(*F)" of something that is to be passed over; behind the first bracket. */
static Part
read_verb(Reader *reader)
{
    static const char skip[] = "*SKIP)(*F)";
    Part part = part_run("");

    if (strncmp(reader->at, skip, strlen(skip)) == 0)
        reader->at += strlen(skip);
    else
        reader->strange = true;
    ((ParsersWay *)part.ways->pdata[0])->never = true;
    return part;
}

/* Behind "(?": moves behind what says which kind of group it is.  *out_looks: a look ahead or back,
 * which takes no character; *out_asks: it must be there. */
static void
read_kind(Reader *reader, bool *out_looks, bool *out_asks)
{
    const char *at = reader->at;

    *out_asks = *at == '=';
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

/* What a look found, for what is around it; takes the part.  Of what is not to be there only the
 * reach counts. */
static Part
seen(Part part, bool asks)
{
    Part whole = part_run("");

    end_run(&part);
    if (asks)
        whole.ways = parsers_ways_then(whole.ways, g_steal_pointer(&part.ways));
    else if (parsers_ways_reach_on(part.ways))
        parsers_ways_widen(whole.ways);
    part_clear(&part);
    return whole;
}

static Part
read_group(Reader *reader)
{
    bool looks = false, asks = false;
    Part part;

    if (*reader->at == '*')
        return read_verb(reader);
    if (*reader->at == '?') {
        reader->at++;
        read_kind(reader, &looks, &asks);
    }
    part = read_choice(reader);
    if (*reader->at == ')')
        reader->at++;
    else
        reader->strange = true;
    return looks ? seen(part, asks) : part;
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
        return part_unknown(false);
    case '\n':
        return part_unknown(true);
    default:
        return (guchar)c >= 0x80 ? part_unknown(false) : part_run(one);
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

GPtrArray *
parsers_needs_of(const char *pattern)
{
    Reader reader = {.at = pattern};
    Part part = read_choice(&reader);
    GPtrArray *ways = NULL;

    end_run(&part);
    if (!reader.strange && *reader.at == '\0')
        ways = g_steal_pointer(&part.ways);
    part_clear(&part);
    return ways;
}
