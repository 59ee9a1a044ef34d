/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/sieve.c - which patterns could match in which lines of a text.
 *
 * A pattern tries a text from each of its characters, and most need words that are not there.  One
 * walk finds the words of all patterns; a pattern is then asked only of the lines that have a
 * word of each set that one of its ways needs.
 *
 * Runs in:  postern-parser.
 * Source:   doc/deciding.md, "Signals"
 */
#include "config.h"

#include "parsers/sieve.h"

#include <string.h>

#include "parsers/ways.h"

#define LEAST 3u /* characters of a word, of which they are the key */
#define TABLE_BITS 13u
#define SETS_OF_WAY 3u
#define NONE G_MAXUINT16

/* A word, or a sign; the sets that it is in are a run of the list of uses, ended by NONE. */
typedef struct {
    const char *rest; /* behind its first three characters */
    guint32 run;      /* they */
    guint16 uses;
    bool last; /* of those of one place in the table */
} Word;

typedef struct {
    guint16 sets[SETS_OF_WAY]; /* the rarest first; NONE behind the last */
    guint8 pattern;
    bool never;
} Way;

struct ParsersSieve {
    GArray *words;  /* Word */
    GArray *uses;   /* guint16 */
    GArray *ways;   /* Way, in the order of their first sets */
    GArray *starts; /* guint16 for each set: the first of the ways it begins */
    GArray *wide;   /* Way */
    guint64 always; /* patterns of which nothing is known */
    guint n_sets;
    guint16 table[1u << TABLE_BITS]; /* number of its first word, from 1 */
    guint16 signs[128];              /* their uses, or NONE */
};

bool
parsers_sieve_knows(const char *word)
{
    return strlen(word) >= LEAST || (g_ascii_ispunct(word[0]) && word[1] == '\0');
}

static guint
place(guint32 run)
{
    return (run * 0x9e3779b1u) >> (32 - TABLE_BITS);
}

/* ---- making ---- */

typedef struct {
    ParsersSieve *sieve;
    GHashTable *sets;  /* its words -> number + 1 */
    GHashTable *words; /* word -> GArray of guint16 */
} Maker;

static gint
compare_words(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Words without those in which there is another one, in their order. */
static GPtrArray *
without_longer(const GPtrArray *words)
{
    GPtrArray *kept = g_ptr_array_new();

    for (guint i = 0; i < words->len; i++) {
        bool longer = false;

        for (guint k = 0; k < words->len && !longer; k++)
            longer = k != i && strstr(words->pdata[i], words->pdata[k]) != NULL;
        if (!longer)
            g_ptr_array_add(kept, words->pdata[i]);
    }
    g_ptr_array_sort(kept, compare_words);
    return kept;
}

static void
add_use(Maker *maker, const char *word, guint16 set)
{
    GArray *uses = g_hash_table_lookup(maker->words, word);

    if (uses == NULL) {
        uses = g_array_new(TRUE, FALSE, sizeof(guint16));
        g_hash_table_insert(maker->words, g_strdup(word), uses);
    }
    g_array_append_val(uses, set);
}

/* The number of a set, the same for the same words. */
static guint16
number_of(Maker *maker, const GPtrArray *set)
{
    g_autoptr(GPtrArray) words = without_longer(set);
    g_autofree char *key = NULL;
    guint number = 0;

    g_ptr_array_add(words, NULL);
    key = g_strjoinv("\n", (char **)words->pdata);
    number = GPOINTER_TO_UINT(g_hash_table_lookup(maker->sets, key));
    if (number > 0)
        return (guint16)(number - 1);
    number = maker->sieve->n_sets++;
    g_assert(number < NONE);
    for (guint i = 0; i + 1 < words->len; i++)
        add_use(maker, words->pdata[i], (guint16)number);
    g_hash_table_insert(maker->sets, g_steal_pointer(&key), GUINT_TO_POINTER(number + 1));
    return (guint16)number;
}

static void
add_way(Maker *maker, const ParsersWay *way, guint pattern)
{
    Way own = {{NONE, NONE, NONE}, (guint8)pattern, way->never};

    if (way->never && !way->wide)
        return;
    if (way->sets->len == 0) {
        maker->sieve->always |= G_GUINT64_CONSTANT(1) << pattern;
        return;
    }
    for (guint i = 0; i < MIN(way->sets->len, SETS_OF_WAY); i++)
        own.sets[i] = number_of(maker, way->sets->pdata[i]);
    g_array_append_val(way->wide ? maker->sieve->wide : maker->sieve->ways, own);
}

static guint16
add_uses(Maker *maker, const char *word)
{
    const GArray *uses = g_hash_table_lookup(maker->words, word);
    const guint16 none = NONE, first = (guint16)maker->sieve->uses->len;

    g_assert(maker->sieve->uses->len + uses->len < NONE);
    g_array_append_vals(maker->sieve->uses, uses->data, uses->len);
    g_array_append_val(maker->sieve->uses, none);
    return first;
}

static guint32
run_of(const char *word)
{
    return (guint32)(guchar)word[0] << 16 | (guint32)(guchar)word[1] << 8 | (guchar)word[2];
}

static gint
compare_places(gconstpointer a, gconstpointer b)
{
    const guint one = place(((const Word *)a)->run), other = place(((const Word *)b)->run);

    return one < other ? -1 : one > other;
}

static void
fill_table(Maker *maker)
{
    ParsersSieve *sieve = maker->sieve;
    GHashTableIter iter;
    gpointer key = NULL;

    memset(sieve->signs, 0xff, sizeof sieve->signs);
    g_hash_table_iter_init(&iter, maker->words);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        const char *text = key;
        const guint16 uses = add_uses(maker, text);

        if (text[1] == '\0') {
            sieve->signs[(guchar)text[0] & 0x7f] = uses;
        } else {
            const Word word = {g_strdup(text + LEAST), run_of(text), uses, false};

            g_array_append_val(sieve->words, word);
        }
    }
    g_array_sort(sieve->words, compare_places);
    for (guint i = sieve->words->len; i-- > 0;) {
        Word *word = &g_array_index(sieve->words, Word, i);
        guint16 *first = &sieve->table[place(word->run)];

        word->last = *first == 0;
        *first = (guint16)(i + 1);
    }
}

static gint
compare_ways(gconstpointer a, gconstpointer b)
{
    return ((const Way *)a)->sets[0] - ((const Way *)b)->sets[0];
}

static void
sort_ways(ParsersSieve *sieve)
{
    g_array_sort(sieve->ways, compare_ways);
    for (guint i = 0, set = 0; set <= sieve->n_sets; set++) {
        const guint16 at = (guint16)i;

        g_array_append_val(sieve->starts, at);
        while (i < sieve->ways->len && g_array_index(sieve->ways, Way, i).sets[0] == set)
            i++;
    }
}

ParsersSieve *
parsers_sieve_new(GPtrArray *const *needs, guint n_patterns)
{
    g_autoptr(GHashTable) sets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) words =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    ParsersSieve *sieve = g_new0(ParsersSieve, 1);
    Maker maker = {sieve, sets, words};

    g_assert(n_patterns <= PARSERS_SIEVE_PATTERNS);
    sieve->words = g_array_new(FALSE, FALSE, sizeof(Word));
    sieve->uses = g_array_new(FALSE, FALSE, sizeof(guint16));
    sieve->ways = g_array_new(FALSE, FALSE, sizeof(Way));
    sieve->starts = g_array_new(FALSE, FALSE, sizeof(guint16));
    sieve->wide = g_array_new(FALSE, FALSE, sizeof(Way));
    for (guint p = 0; p < n_patterns; p++) {
        if (needs[p] == NULL)
            sieve->always |= G_GUINT64_CONSTANT(1) << p;
        for (guint i = 0; needs[p] != NULL && i < needs[p]->len; i++)
            add_way(&maker, needs[p]->pdata[i], p);
    }
    fill_table(&maker);
    sort_ways(sieve);
    return sieve;
}

/* ---- looking ---- */

typedef struct {
    const ParsersSieve *sieve;
    guint16 *seen; /* for each set, the number of the last line that has it, from 1 */
    guint16 *hits; /* sets of this line */
    guint n_hits;
    guint16 line;
} Walk;

static void
mark(Walk *walk, guint16 uses)
{
    const guint16 *set = &g_array_index(walk->sieve->uses, guint16, uses);

    for (; *set != NONE; set++)
        if (walk->seen[*set] != walk->line) {
            walk->seen[*set] = walk->line;
            walk->hits[walk->n_hits++] = *set;
        }
}

static char
small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool
begins_with(const char *text, const char *word)
{
    while (*word != '\0' && small(*text) == *word) {
        text++;
        word++;
    }
    return *word == '\0';
}

/* Words that begin with these three characters; rest: of the text behind them. */
static void
mark_words(Walk *walk, guint32 run, guint first, const char *rest)
{
    const Word *word = &g_array_index(walk->sieve->words, Word, first);

    for (;; word++) {
        if (word->run == run && begins_with(rest, word->rest))
            mark(walk, word->uses);
        if (word->last)
            return;
    }
}

/* in_line: only what this line has counts, or else what any has. */
static bool
has_sets(const Walk *walk, const Way *way, bool in_line)
{
    for (guint i = 0; i < SETS_OF_WAY && way->sets[i] != NONE; i++)
        if (walk->seen[way->sets[i]] == 0 || (in_line && walk->seen[way->sets[i]] != walk->line))
            return false;
    return true;
}

/* The patterns that could match in this line. */
static guint64
judge_line(Walk *walk)
{
    const guint16 *starts = (const guint16 *)(gconstpointer)walk->sieve->starts->data;
    guint64 patterns = 0;

    for (guint i = 0; i < walk->n_hits; i++) {
        const guint16 set = walk->hits[i];

        for (guint w = starts[set]; w < starts[set + 1]; w++) {
            const Way *way = &g_array_index(walk->sieve->ways, Way, w);

            if (has_sets(walk, way, true))
                patterns |= G_GUINT64_CONSTANT(1) << way->pattern;
        }
    }
    walk->n_hits = 0;
    return patterns;
}

/* Ways across lines; those that keep others from matching count only where there is another. */
static void
judge_text(const Walk *walk, ParsersSieved *out)
{
    guint64 guards = 0;

    out->whole = walk->sieve->always;
    for (guint i = 0; i < walk->sieve->wide->len; i++) {
        const Way *way = &g_array_index(walk->sieve->wide, Way, i);

        if (has_sets(walk, way, false))
            *(way->never ? &guards : &out->whole) |= G_GUINT64_CONSTANT(1) << way->pattern;
    }
    out->some |= out->whole;
    out->whole |= guards & out->some;
}

static void
walk_line(Walk *walk, const char *text, gsize length)
{
    const ParsersSieve *sieve = walk->sieve;
    guint32 run = 0;

    for (gsize i = 0; i < length; i++) {
        const char c = small(text[i]);

        run = (run << 8 | (guchar)c) & 0xffffff;
        if ((guchar)c < 128 && sieve->signs[(guchar)c] != NONE)
            mark(walk, sieve->signs[(guchar)c]);
        if (i + 1 >= LEAST && sieve->table[place(run)] != 0)
            mark_words(walk, run, sieve->table[place(run)] - 1u, text + i + 1);
    }
}

/* To a pattern that ignores case, a long s is an s, and the sign of Kelvin is a k. */
static bool
has_strange_letters(const char *text, gsize length)
{
    return memmem(text, length, "\xc5\xbf", 2) != NULL ||
           memmem(text, length, "\xe2\x84\xaa", 3) != NULL;
}

void
parsers_sieve_look(const ParsersSieve *sieve, const char *text, gsize length,
                   ParsersSieved *out_sieved)
{
    g_autofree guint16 *seen = g_new0(guint16, sieve->n_sets);
    g_autofree guint16 *hits = g_new(guint16, sieve->n_sets);
    Walk walk = {sieve, seen, hits, 0, 0};
    const bool strange = has_strange_letters(text, length);

    *out_sieved = (ParsersSieved){0, 0, g_array_new(FALSE, FALSE, sizeof(ParsersSieveLine))};
    for (gsize at = 0; at < length && !strange && walk.line < G_MAXUINT16;) {
        const char *stop = memchr(text + at, '\n', length - at);
        ParsersSieveLine line = {{at, stop != NULL ? (gsize)(stop - text) : length}, 0};

        walk.line++;
        walk_line(&walk, text + at, line.span.end - at);
        line.patterns = judge_line(&walk);
        out_sieved->some |= line.patterns;
        if (line.patterns != 0)
            g_array_append_val(out_sieved->lines, line);
        at = line.span.end + 1;
    }
    judge_text(&walk, out_sieved);
    if (strange || walk.line == G_MAXUINT16)
        out_sieved->whole = out_sieved->some = G_MAXUINT64;
}

void
parsers_sieved_clear(ParsersSieved *sieved)
{
    g_array_unref(sieved->lines);
}
