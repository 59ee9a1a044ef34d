/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/tokens.c - a label's words as numbers, looked up once for all definitions.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/tokens.h"

#include "parsers/normalise.h"

#include <string.h>

#define HEARD_MAX 5000u /* texts that are remembered */

/* ---- One word ---- */

/* Words that are more than themselves.  All are in the vocabulary, so that of any other word its
 * letters and digits tell everything. */
static const char *const ordinals[] = {"first", "second", "third", "fourth", "fifth", "sixth",
                                       "1st",   "2nd",    "3rd",   "4th",    "5th",   "6th",
                                       "one",   "two",    "thre",  "four",   "five",  "six"};
static const char *const nexts[] = {"another", "next", "additional"};
static const char *const counted[] = {"section", "part", "question"};
static const char *const numbered[] = {"step", "stag", "item", "box", "page", "block"};
static const char *const romans[] = {"ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"};
static const char *const genders[] = {"m", "f"};

static bool
is_one_of(const char *word, const char *const words[], gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

/* What the letters and digits of a word tell. */
static ParsersToken
token_of(const char *word)
{
    ParsersToken token = {.word = word, .length = (guint)strlen(word)};
    const bool digit = g_ascii_isdigit(word[0]);
    const bool count = digit && token.length <= 2;

    for (const char *p = word; *p != '\0'; p++)
        token.letters |= 1u << ((guint8)*p % 32);
    if (count)
        token.ordinal = (guint)g_ascii_strtoull(word, NULL, 10);
    if (digit)
        token.flags |= PARSERS_TOKEN_DIGIT;
    if (token.length == 1 || token.ordinal != 0)
        token.flags |= PARSERS_TOKEN_NUMBER;
    if (*g_utf8_next_char(word) == '\0')
        token.flags |= PARSERS_TOKEN_LETTER;
    if (count || (word[0] == 'q' && g_ascii_isdigit(word[1])))
        token.flags |= PARSERS_TOKEN_COUNT;
    if (digit && !count)
        token.flags |= PARSERS_TOKEN_ANSWER;
    return token;
}

/* What a word tells that is more than itself. */
static void
add_special(ParsersToken *token)
{
    for (guint i = 0; i < G_N_ELEMENTS(ordinals); i++)
        if (strcmp(ordinals[i], token->word) == 0)
            token->ordinal = i % 6 + 1;
    if (token->ordinal != 0 || is_one_of(token->word, romans, G_N_ELEMENTS(romans)))
        token->flags |= PARSERS_TOKEN_NUMBER;
    if (is_one_of(token->word, nexts, G_N_ELEMENTS(nexts)))
        token->ordinal = G_MAXUINT;
    if (is_one_of(token->word, counted, G_N_ELEMENTS(counted)))
        token->flags |= PARSERS_TOKEN_COUNTED;
    if (is_one_of(token->word, numbered, G_N_ELEMENTS(numbered)))
        token->flags |= PARSERS_TOKEN_NUMBERED;
    if (is_one_of(token->word, genders, G_N_ELEMENTS(genders)))
        token->flags |= PARSERS_TOKEN_ANSWER;
}

/* ---- The vocabulary ---- */

static struct {
    GPtrArray *words;  /* ParsersToken, by id - 1 */
    GHashTable *known; /* word: ParsersToken */
} vocabulary;

const ParsersToken *
parsers_tokens_known(guint id)
{
    return g_ptr_array_index(vocabulary.words, id - 1);
}

static void
learn(const char *word)
{
    ParsersToken token = {0};

    if (g_hash_table_contains(vocabulary.known, word))
        return;
    token = token_of(g_strdup(word));
    add_special(&token);
    token.id = vocabulary.words->len + 1;
    g_ptr_array_add(vocabulary.words, g_memdup2(&token, sizeof token));
    g_hash_table_insert(vocabulary.known, (gpointer)token.word,
                        g_ptr_array_index(vocabulary.words, token.id - 1));
}

static void
learn_all(const char *const words[], gsize n)
{
    for (gsize i = 0; i < n; i++)
        learn(words[i]);
}

static void
open_vocabulary(void)
{
    if (vocabulary.words != NULL)
        return;
    vocabulary.words = g_ptr_array_new();
    vocabulary.known = g_hash_table_new(g_str_hash, g_str_equal);
    learn_all(ordinals, G_N_ELEMENTS(ordinals));
    learn_all(nexts, G_N_ELEMENTS(nexts));
    learn_all(counted, G_N_ELEMENTS(counted));
    learn_all(numbered, G_N_ELEMENTS(numbered));
    learn_all(romans, G_N_ELEMENTS(romans));
    learn_all(genders, G_N_ELEMENTS(genders));
}

/* ---- A text ---- */

guint
parsers_tokens_numbering(const ParsersToken *const words[], guint n)
{
    guint i = 0;

    while (i + 1 < n) {
        const bool counts = (words[i]->flags & PARSERS_TOKEN_COUNTED) != 0;

        if ((counts || (words[i]->flags & PARSERS_TOKEN_NUMBERED) != 0) && i + 2 < n &&
            (words[i + 1]->flags & PARSERS_TOKEN_NUMBER) != 0)
            i++;
        else if (!counts && (words[i]->flags & PARSERS_TOKEN_COUNT) == 0)
            break;
        i++;
    }
    return i;
}

static void
free_tokens(ParsersTokens *tokens)
{
    g_free(tokens->strange);
    g_free(tokens);
}

/* The words of which no definition has one, in one block. */
static void
add_strange(ParsersTokens *tokens, guint n)
{
    const char *word = tokens->words;
    ParsersToken *strange = tokens->strange = g_new(ParsersToken, n);

    for (guint i = 0; i < tokens->n; i++) {
        if (tokens->token[i] == NULL) {
            *strange = token_of(word);
            tokens->token[i] = strange++;
        }
        word += tokens->token[i]->length + 1;
    }
}

/* packed: n words, each with a NUL; joined: the same with blanks between. */
static ParsersTokens *
make(const GString *packed, const char *joined, guint n)
{
    const gsize head = sizeof(ParsersTokens) + n * sizeof(ParsersToken *);
    ParsersTokens *tokens = g_malloc(head + 2 * packed->len + 1);
    char *words = (char *)tokens + head;
    const char *word = words;
    guint strange = 0;

    memcpy(words, packed->str, packed->len);
    memcpy(words + packed->len, joined, packed->len + 1);
    *tokens = (ParsersTokens){.n = n, .users = 1, .words = words, .all = words + packed->len};
    for (guint i = 0; i < n; i++) {
        tokens->token[i] = g_hash_table_lookup(vocabulary.known, word);
        strange += tokens->token[i] == NULL;
        word += strlen(word) + 1;
    }
    if (strange > 0)
        add_strange(tokens, strange);
    tokens->joined = tokens->all;
    for (guint i = parsers_tokens_numbering(tokens->token, n); i > 0; i--)
        tokens->joined += tokens->token[i - 1]->length + 1;
    tokens->hash = g_str_hash(tokens->joined);
    return tokens;
}

/* Sentences that are kept for good: words with blanks between, ParsersTokens. */
static GHashTable *learnt;

static void
join(const GString *packed, GString *joined)
{
    g_string_truncate(joined, 0);
    g_string_append_len(joined, packed->str, (gssize)packed->len);
    for (gsize i = 0; i + 1 < joined->len; i++)
        if (joined->str[i] == '\0')
            joined->str[i] = ' ';
}

/* The words of a text: those that were learnt, or new ones. */
static ParsersTokens *
read_words(const char *text, bool hints)
{
    static GString *packed;
    static GString *joined;
    ParsersTokens *tokens = NULL;
    guint n = 0;

    if (packed == NULL) {
        packed = g_string_new(NULL);
        joined = g_string_new(NULL);
        learnt = g_hash_table_new(g_str_hash, g_str_equal);
        open_vocabulary();
    }
    g_string_truncate(packed, 0);
    n = parsers_normalise_pack(text, hints, packed);
    join(packed, joined);
    tokens = g_hash_table_lookup(learnt, joined->str);
    return tokens != NULL ? tokens : make(packed, joined->str, n);
}

const ParsersTokens *
parsers_tokens_learn(const char *text)
{
    ParsersTokens *tokens = read_words(text, true);
    ParsersTokens *again = NULL;

    if (tokens->learnt)
        return tokens;
    for (guint i = 0; i < tokens->n; i++)
        learn(tokens->token[i]->word);
    free_tokens(tokens);
    again = read_words(text, true);
    again->learnt = true;
    g_hash_table_insert(learnt, (gpointer)again->all, again);
    return again;
}

void
parsers_tokens_release(const ParsersTokens *tokens)
{
    /* What was learnt is shared with other processes as long as nothing is written into it. */
    if (!tokens->learnt && --((ParsersTokens *)tokens)->users == 0)
        free_tokens((ParsersTokens *)tokens);
}

static const ParsersTokens *
acquire(ParsersTokens *tokens)
{
    if (!tokens->learnt)
        tokens->users++;
    return tokens;
}

const ParsersTokens *
parsers_tokens_of(const char *text, bool hints)
{
    static GHashTable *heard[2];
    ParsersTokens *tokens = NULL;

    if (heard[hints] == NULL)
        heard[hints] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify)parsers_tokens_release);
    tokens = g_hash_table_lookup(heard[hints], text);
    if (tokens != NULL)
        return acquire(tokens);
    if (g_hash_table_size(heard[hints]) >= HEARD_MAX)
        g_hash_table_remove_all(heard[hints]);
    tokens = read_words(text, hints);
    g_hash_table_insert(heard[hints], g_strdup(text), tokens);
    return acquire(tokens);
}
