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

ParsersLexiconToken *
parsers_lexicon_set_token(ParsersLexicon *lexicon, const ParsersToken *token)
{
    if (token->id > lexicon->tokens->len)
        g_array_set_size(lexicon->tokens, token->id);
    return &g_array_index(lexicon->tokens, ParsersLexiconToken, token->id - 1);
}

/* The same while reading, when nothing is learnt. */
static const ParsersLexiconToken *
known_token(const ParsersLexicon *lexicon, const ParsersToken *token)
{
    static const ParsersLexiconToken strange;

    return token->id != 0 && token->id <= lexicon->tokens->len
               ? &g_array_index(lexicon->tokens, ParsersLexiconToken, token->id - 1)
               : &strange;
}

void
parsers_lexicon_set_know(ParsersLexicon *lexicon, const ParsersTokens *words)
{
    for (guint i = 0; i < words->n; i++) {
        const ParsersToken *word = words->token[i];
        ParsersLexiconToken *token = parsers_lexicon_set_token(lexicon, word);

        if (token->known)
            continue;
        token->known = true;
        if (word->length >= MENDED_LENGTH)
            g_array_append_val(lexicon->long_words[(guint8)word->word[0]], word->id);
    }
}

static bool
same_phrase(const ParsersLexiconPhrase *one, const ParsersLexiconPhrase *other)
{
    return one->n == other->n &&
           memcmp(one->tokens, other->tokens, one->n * sizeof one->tokens[0]) == 0;
}

void
parsers_lexicon_set_phrase(ParsersLexicon *lexicon, const ParsersTokens *words, guint id)
{
    guint *at = &parsers_lexicon_set_token(lexicon, words->token[0])->phrases;
    ParsersLexiconPhrase phrase = {.id = id, .n = words->n};

    for (guint i = 0; i < words->n; i++)
        phrase.tokens[i] = words->token[i]->id;
    while (*at != 0) {
        ParsersLexiconPhrase *other =
            &g_array_index(lexicon->phrases, ParsersLexiconPhrase, *at - 1);

        if (same_phrase(other, &phrase)) {
            other->id = id;
            return;
        }
        if (other->n < phrase.n)
            break;
        at = &other->next;
    }
    phrase.next = *at;
    *at = lexicon->phrases->len + 1;
    g_array_append_val(lexicon->phrases, phrase);
}

/* The known word that a mistyped one must have been, or the word itself. */
static const ParsersToken *
mend_word(const ParsersLexicon *lexicon, const ParsersToken *word)
{
    const guint limit = word->length >= 9 ? 2 : 1;
    const GArray *others = lexicon->long_words[(guint8)word->word[0]];

    if (word->length < MENDED_LENGTH || known_token(lexicon, word)->known)
        return word;
    for (guint i = 0; i < others->len; i++) {
        const ParsersToken *other = parsers_tokens_known(g_array_index(others, guint, i));

        /* One letter typed for another makes two letters differ. */
        if (other->length + limit < word->length || word->length + limit < other->length ||
            (guint)__builtin_popcount(other->letters ^ word->letters) > 2 * limit)
            continue;
        if (parsers_normalise_distance(word->word, other->word, limit) <= limit)
            return other;
    }
    return word;
}

/* A label's words while its meanings are looked for: known ones in the place of mistyped ones. */
typedef struct {
    const ParsersLexicon *lexicon;
    guint n;
    const ParsersToken **word;
} Label;

static bool
is_phrase(const Label *label, guint from, const ParsersLexiconPhrase *phrase)
{
    if (phrase->n > label->n - from)
        return false;
    for (guint i = 1; i < phrase->n; i++)
        if (label->word[from + i]->id != phrase->tokens[i])
            return false;
    return true;
}

/* The longest phrase with one meaning that begins at a word; its length in out_n. */
static guint
find_phrase(const Label *label, guint from, guint *out_n)
{
    guint at = known_token(label->lexicon, label->word[from])->phrases;

    while (at != 0) {
        const ParsersLexiconPhrase *phrase =
            &g_array_index(label->lexicon->phrases, ParsersLexiconPhrase, at - 1);

        if (is_phrase(label, from, phrase)) {
            *out_n = phrase->n;
            return phrase->id;
        }
        at = phrase->next;
    }
    return 0;
}

/* As above, but leaves the word alone if a longer phrase begins at the next one: "the person
 * making the referral" is not "the person". */
static guint
best_phrase(const Label *label, guint from, guint *out_n)
{
    guint later = 0;
    const guint id = find_phrase(label, from, out_n);

    if (id == 0 || *out_n < 2 || from + 1 >= label->n)
        return id;
    return find_phrase(label, from + 1, &later) != 0 && later >= *out_n ? 0 : id;
}

/* One word that is no phrase: its meaning, or nothing.  grow: learn words (while compiling). */
static void
add_word(ParsersLexicon *lexicon, ParsersLexiconSet *set, const ParsersToken *word, bool grow)
{
    guint id = 0;

    /* Numbers of some length, and M or F, are part of an answer, not of a label. */
    if (!grow && (word->flags & PARSERS_TOKEN_ANSWER) != 0)
        set->unknown++;
    if ((word->flags & (PARSERS_TOKEN_LETTER | PARSERS_TOKEN_DIGIT)) != 0 ||
        known_token(lexicon, word)->stop)
        return;
    id = known_token(lexicon, word)->id;
    if (id == 0 && grow) {
        id = parsers_lexicon_set_intern(lexicon, word->word);
        parsers_lexicon_set_token(lexicon, word)->id = id;
    }
    if (id != 0)
        parsers_lexicon_set_add(set, id);
    else
        set->unknown++;
}

static bool
counts_somebody(const ParsersLexicon *lexicon, const ParsersLexiconSet *set)
{
    for (guint i = 0; i < set->n; i++)
        if (parsers_lexicon_set_has(&lexicon->counted, set->ids[i]))
            return true;
    return false;
}

/* A word that counts: two numbers are a date, and one that counts nobody is part of an answer. */
static void
add_number(const ParsersLexicon *lexicon, ParsersLexiconSet *set, const ParsersToken *word,
           bool grow, guint *number)
{
    set->unknown += *number != 0 || ((word->flags & PARSERS_TOKEN_DIGIT) != 0 && !grow &&
                                     !counts_somebody(lexicon, set));
    *number = word->ordinal;
}

static void
add_words(ParsersLexicon *lexicon, const Label *label, bool grow, ParsersLexiconSet *set,
          guint *number)
{
    guint step = 1;

    for (guint i = parsers_tokens_numbering(label->word, label->n); i < label->n; i += step) {
        const ParsersToken *word = label->word[i];
        const guint id = best_phrase(label, i, &step);
        const guint before = set->n + set->unknown;

        if (id == PARSERS_LEXICON_SILENT)
            continue;
        if (id != 0) {
            parsers_lexicon_set_add(set, id);
            set->read += step;
            continue;
        }
        step = 1;
        if (word->ordinal != 0) {
            add_number(lexicon, set, word, grow, number);
            continue;
        }
        add_word(lexicon, set, word, grow);
        set->read += set->n + set->unknown > before;
    }
}

ParsersLexiconSet
parsers_lexicon_set_read(ParsersLexicon *lexicon, const ParsersTokens *written, bool grow,
                         guint *out_number)
{
    g_autofree const ParsersToken **words = g_new(const ParsersToken *, written->n + 1);
    const Label label = {.lexicon = lexicon, .n = written->n, .word = words};
    ParsersLexiconSet set = {0};
    guint number = 0;

    for (guint i = 0; i < written->n; i++)
        words[i] =
            grow || i >= MENDED_MAX ? written->token[i] : mend_word(lexicon, written->token[i]);
    if (grow)
        parsers_lexicon_set_know(lexicon, written);
    add_words(lexicon, &label, grow, &set, &number);
    for (guint i = 0; i < set.n && lexicon->weights->len >= lexicon->words->len; i++)
        set.weight += g_array_index(lexicon->weights, double, set.ids[i] - 1);
    set.weight += set.unknown * lexicon->unknown;
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
