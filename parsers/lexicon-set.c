/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/lexicon-set.c - a label as a small set of meanings.
 *
 * Words without meaning are left out, words of one meaning are made one, a mistyped
 * word is the known one beside it.  A word weighs the more the fewer fields use it.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/lexicon-set.h"

#include "parsers/normalise.h"

#include <string.h>

#define MENDED_LENGTH 5u /* shorter words have too many neighbours */
#define MENDED_MAX 40u   /* words of one label that are looked up one by one */

guint
parsers_lexicon_set_intern(ParsersLexicon *lexicon, const char *word)
{
    guint id = GPOINTER_TO_UINT(g_hash_table_lookup(lexicon->ids, word));
    char *copy = NULL;

    if (id != 0)
        return id;
    copy = g_strdup(word);
    g_ptr_array_add(lexicon->words, copy);
    id = lexicon->words->len;
    g_hash_table_insert(lexicon->ids, copy, GUINT_TO_POINTER(id));
    return id;
}

char *
parsers_lexicon_set_join(const GPtrArray *words, guint from, guint n)
{
    GString *joined = g_string_new(NULL);

    for (guint i = from; i < from + n; i++) {
        if (i > from)
            g_string_append_c(joined, ' ');
        g_string_append(joined, g_ptr_array_index(words, i));
    }
    return g_string_free(joined, FALSE);
}

/* ---- A label's meanings ---- */

void
parsers_lexicon_set_add(ParsersLexiconSet *set, guint id)
{
    for (guint i = 0; i < set->n; i++)
        if (set->ids[i] == id)
            return;
    if (set->n >= PARSERS_LEXICON_SET_MAX)
        return;
    set->ids[set->n++] = id;
    set->mask |= (guint64)1 << (id % 64);
}

bool
parsers_lexicon_set_has(const ParsersLexiconSet *set, guint id)
{
    if ((set->mask & (guint64)1 << (id % 64)) == 0)
        return false;
    for (guint i = 0; i < set->n; i++)
        if (set->ids[i] == id)
            return true;
    return false;
}

/* A bit for each letter of a word. */
static guint
letters_of(const char *word)
{
    guint letters = 0;

    for (; *word != '\0'; word++)
        letters |= 1u << ((guint8)*word % 32);
    return letters;
}

void
parsers_lexicon_set_know(ParsersLexicon *lexicon, const GPtrArray *words)
{
    for (guint i = 0; i < words->len; i++) {
        char *word = g_ptr_array_index(words, i);

        if (g_hash_table_contains(lexicon->known, word))
            continue;
        word = g_strdup(word);
        g_hash_table_add(lexicon->known, word);
        if (strlen(word) >= MENDED_LENGTH) {
            const ParsersLexiconWord known = {
                .word = word, .letters = letters_of(word), .length = (guint)strlen(word)};

            g_array_append_val(lexicon->long_words[(guint8)word[0]], known);
        }
    }
}

void
parsers_lexicon_set_phrase(ParsersLexicon *lexicon, const GPtrArray *words, guint id)
{
    const char *head = g_ptr_array_index(words, 0);
    const guint longest = GPOINTER_TO_UINT(g_hash_table_lookup(lexicon->heads, head));

    g_hash_table_insert(lexicon->phrases, parsers_lexicon_set_join(words, 0, words->len),
                        GUINT_TO_POINTER(id));
    if (words->len > longest)
        g_hash_table_insert(lexicon->heads, g_strdup(head), GUINT_TO_POINTER(words->len));
}

/* The known word that a mistyped one must have been, or the word itself. */
static const char *
mend_word(const ParsersLexicon *lexicon, const char *word)
{
    const guint length = (guint)strlen(word);
    const guint limit = length >= 9 ? 2 : 1;
    const guint letters = letters_of(word);
    const GArray *others = lexicon->long_words[(guint8)word[0]];

    if (length < MENDED_LENGTH || g_hash_table_contains(lexicon->known, word))
        return word;
    for (guint i = 0; i < others->len; i++) {
        const ParsersLexiconWord *other = &g_array_index(others, ParsersLexiconWord, i);

        /* One letter typed for another makes two letters differ. */
        if (other->length + limit < length || length + limit < other->length ||
            (guint)__builtin_popcount(other->letters ^ letters) > 2 * limit)
            continue;
        if (parsers_normalise_distance(word, other->word, limit) <= limit)
            return other->word;
    }
    return word;
}

/* The words of a label, known ones in the place of mistyped ones; all borrowed. */
static GPtrArray *
mend_words(const ParsersLexicon *lexicon, const GPtrArray *words)
{
    GPtrArray *mended = g_ptr_array_sized_new(words->len);

    for (guint i = 0; i < words->len; i++) {
        const char *word = g_ptr_array_index(words, i);

        g_ptr_array_add(mended, (gpointer)(i < MENDED_MAX ? mend_word(lexicon, word) : word));
    }
    return mended;
}

static guint
ordinal(const char *word)
{
    static const char *const ordinals[] = {"first", "second", "third", "fourth", "fifth", "sixth",
                                           "1st",   "2nd",    "3rd",   "4th",    "5th",   "6th",
                                           "one",   "two",    "thre",  "four",   "five",  "six"};

    for (guint i = 0; i < G_N_ELEMENTS(ordinals); i++)
        if (strcmp(ordinals[i], word) == 0)
            return i % 6 + 1;
    if (g_ascii_isdigit(word[0]) && strlen(word) <= 2)
        return (guint)g_ascii_strtoull(word, NULL, 10);
    if (strcmp(word, "another") == 0 || strcmp(word, "next") == 0 ||
        strcmp(word, "additional") == 0)
        return G_MAXUINT;
    return 0;
}

static bool
is_one_of(const char *word, const char *const words[], gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

/* "Three", "iv" or "b", which count only behind a word such as "part". */
static bool
is_number_word(const char *word)
{
    static const char *const romans[] = {"ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"};

    return word[1] == '\0' || (ordinal(word) != 0 && ordinal(word) != G_MAXUINT) ||
           is_one_of(word, romans, G_N_ELEMENTS(romans));
}

guint
parsers_lexicon_set_numbering(const GPtrArray *words)
{
    static const char *const counted[] = {"section", "part", "question"};
    static const char *const numbered[] = {"step", "stag", "item", "box", "page", "block"};
    guint i = 0;

    while (i + 1 < words->len) {
        const char *word = g_ptr_array_index(words, i);
        const char *next = g_ptr_array_index(words, i + 1);
        const bool counts = is_one_of(word, counted, G_N_ELEMENTS(counted));

        if ((counts || is_one_of(word, numbered, G_N_ELEMENTS(numbered))) && i + 2 < words->len &&
            is_number_word(next))
            i++;
        else if (!counts && !(g_ascii_isdigit(word[0]) && strlen(word) <= 2) &&
                 !(word[0] == 'q' && g_ascii_isdigit(word[1])))
            break;
        i++;
    }
    return i;
}

/* The longest phrase with one meaning that begins at a word; its length in out_n. */
static guint
find_phrase(const ParsersLexicon *lexicon, const GPtrArray *words, guint from, guint *out_n)
{
    const char *head = g_ptr_array_index(words, from);
    const guint longest = GPOINTER_TO_UINT(g_hash_table_lookup(lexicon->heads, head));
    const guint most = MIN(longest, words->len - from);
    g_autofree char *phrase = NULL;

    if (most == 0)
        return 0;
    phrase = parsers_lexicon_set_join(words, from, most);
    for (guint n = most; n > 0; n--) {
        const guint id = GPOINTER_TO_UINT(g_hash_table_lookup(lexicon->phrases, phrase));

        if (id != 0) {
            *out_n = n;
            return id;
        }
        /* No word has a blank in it. */
        if (n > 1)
            *strrchr(phrase, ' ') = '\0';
    }
    return 0;
}

/* As above, but leaves the word alone if a longer phrase begins at the next one: "the person
 * making the referral" is not "the person". */
static guint
best_phrase(const ParsersLexicon *lexicon, const GPtrArray *words, guint from, guint *out_n)
{
    guint later = 0;
    const guint id = find_phrase(lexicon, words, from, out_n);

    if (id == 0 || *out_n < 2 || from + 1 >= words->len)
        return id;
    return find_phrase(lexicon, words, from + 1, &later) != 0 && later >= *out_n ? 0 : id;
}

/* One word that is no phrase: its meaning, or nothing.  grow: learn words (while compiling). */
static void
add_word(ParsersLexicon *lexicon, ParsersLexiconSet *set, const char *word, bool grow,
         guint *unknown)
{
    guint id = 0;

    /* Numbers of some length, and M or F, are part of an answer, not of a label. */
    if (!grow && ((g_ascii_isdigit(word[0]) && strlen(word) >= 3) || strcmp(word, "m") == 0 ||
                  strcmp(word, "f") == 0))
        (*unknown)++;
    if (g_utf8_strlen(word, -1) <= 1 || g_ascii_isdigit(word[0]) ||
        g_hash_table_contains(lexicon->stops, word))
        return;
    id = GPOINTER_TO_UINT(g_hash_table_lookup(lexicon->ids, word));
    if (id == 0 && grow)
        id = parsers_lexicon_set_intern(lexicon, word);
    if (id != 0)
        parsers_lexicon_set_add(set, id);
    else
        (*unknown)++;
}

static bool
counts_somebody(const ParsersLexicon *lexicon, const ParsersLexiconSet *set)
{
    for (guint i = 0; i < set->n; i++)
        if (parsers_lexicon_set_has(&lexicon->counted, set->ids[i]))
            return true;
    return false;
}

ParsersLexiconSet
parsers_lexicon_set_read(ParsersLexicon *lexicon, const GPtrArray *written, bool grow,
                         guint *out_number)
{
    g_autoptr(GPtrArray) mended = grow ? NULL : mend_words(lexicon, written);
    const GPtrArray *words = grow ? written : mended;
    ParsersLexiconSet set = {0};
    guint unknown = 0;
    guint number = 0;
    guint step = 1;
    guint before = 0;

    if (grow)
        parsers_lexicon_set_know(lexicon, words);
    for (guint i = parsers_lexicon_set_numbering(words); i < words->len; i += step) {
        const char *word = g_ptr_array_index(words, i);
        guint id = best_phrase(lexicon, words, i, &step);

        if (id == PARSERS_LEXICON_SILENT)
            continue;
        if (id != 0) {
            parsers_lexicon_set_add(&set, id);
            set.read += step;
            continue;
        }
        step = 1;
        if (ordinal(word) != 0) {
            /* Two numbers are a date; a number that counts nobody is part of an answer. */
            unknown += number != 0 ||
                       (g_ascii_isdigit(word[0]) && !grow && !counts_somebody(lexicon, &set));
            number = ordinal(word);
            continue;
        }
        before = set.n + unknown;
        add_word(lexicon, &set, word, grow, &unknown);
        set.read += set.n + unknown > before;
    }
    for (guint i = 0; i < set.n && lexicon->weights->len >= lexicon->words->len; i++)
        set.weight += g_array_index(lexicon->weights, double, set.ids[i] - 1);
    set.weight += unknown * lexicon->unknown;
    set.unknown = unknown;
    if (out_number != NULL)
        *out_number = number;
    return set;
}

double
parsers_lexicon_set_alike(const ParsersLexicon *lexicon, const ParsersLexiconSet *one,
                          const ParsersLexiconSet *other)
{
    double shared = 0;

    if ((one->mask & other->mask) == 0)
        return 0;
    for (guint i = 0; i < one->n; i++)
        if (parsers_lexicon_set_has(other, one->ids[i]))
            shared += g_array_index(lexicon->weights, double, one->ids[i] - 1);
    return one->weight + other->weight > 0 ? 2 * shared / (one->weight + other->weight) : 0;
}
