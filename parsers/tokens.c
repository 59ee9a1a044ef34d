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
#define WORDS_MAX 400u  /* looked at for what counts the question; a label has fewer */

/* ---- One word ---- */

static guint
ordinal(const char *word)
{
    static const char *const ordinals[] = {"first", "second", "third", "fourth", "fifth", "sixth",
                                           "1st",   "2nd",    "3rd",   "4th",    "5th",   "6th",
                                           "one",   "two",    "thre",  "four",   "five",  "six"};

    for (guint i = 0; i < G_N_ELEMENTS(ordinals); i++)
        if (ordinals[i][0] == word[0] && strcmp(ordinals[i], word) == 0)
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
        if (words[i][0] == word[0] && strcmp(words[i], word) == 0)
            return true;
    return false;
}

/* "Three", "iv" or "b", which count only behind a word such as "part". */
static bool
is_number_word(const ParsersToken *token)
{
    static const char *const romans[] = {"ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"};

    return token->length == 1 || (token->ordinal != 0 && token->ordinal != G_MAXUINT) ||
           is_one_of(token->word, romans, G_N_ELEMENTS(romans));
}

static ParsersTokenFlags
flags_of(const ParsersToken *token)
{
    static const char *const counted[] = {"section", "part", "question"};
    static const char *const numbered[] = {"step", "stag", "item", "box", "page", "block"};
    const char *word = token->word;
    const bool digit = g_ascii_isdigit(word[0]);
    const bool answer =
        (digit && token->length >= 3) || strcmp(word, "m") == 0 || strcmp(word, "f") == 0;
    const bool counts =
        (digit && token->length <= 2) || (word[0] == 'q' && g_ascii_isdigit(word[1]));

    return (digit ? PARSERS_TOKEN_DIGIT : 0) |
           (g_utf8_strlen(word, -1) <= 1 ? PARSERS_TOKEN_LETTER : 0) |
           (is_one_of(word, counted, G_N_ELEMENTS(counted)) ? PARSERS_TOKEN_COUNTED : 0) |
           (is_one_of(word, numbered, G_N_ELEMENTS(numbered)) ? PARSERS_TOKEN_NUMBERED : 0) |
           (is_number_word(token) ? PARSERS_TOKEN_NUMBER : 0) | (counts ? PARSERS_TOKEN_COUNT : 0) |
           (answer ? PARSERS_TOKEN_ANSWER : 0);
}

static ParsersToken
token_of(const char *word)
{
    ParsersToken token = {.word = word, .length = (guint)strlen(word), .ordinal = ordinal(word)};

    for (const char *p = word; *p != '\0'; p++)
        token.letters |= 1u << ((guint8)*p % 32);
    token.flags = flags_of(&token);
    return token;
}

/* ---- The vocabulary ---- */

static struct {
    GArray *words;  /* ParsersToken, by id - 1 */
    GHashTable *id; /* word: id */
} vocabulary;

const ParsersToken *
parsers_tokens_known(guint id)
{
    return &g_array_index(vocabulary.words, ParsersToken, id - 1);
}

static void
learn(const char *word)
{
    ParsersToken token = {0};

    if (vocabulary.words == NULL) {
        vocabulary.words = g_array_new(FALSE, FALSE, sizeof(ParsersToken));
        vocabulary.id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    }
    if (g_hash_table_contains(vocabulary.id, word))
        return;
    token = token_of(g_strdup(word));
    token.id = vocabulary.words->len + 1;
    g_array_append_val(vocabulary.words, token);
    g_hash_table_insert(vocabulary.id, (gpointer)token.word, GUINT_TO_POINTER(token.id));
}

static ParsersToken
look_up(const char *word)
{
    const guint id =
        vocabulary.id != NULL ? GPOINTER_TO_UINT(g_hash_table_lookup(vocabulary.id, word)) : 0;

    return id != 0 ? *parsers_tokens_known(id) : token_of(word);
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

static guint
numbering(const ParsersTokens *tokens)
{
    const ParsersToken *words[WORDS_MAX];
    const guint n = MIN(tokens->n, WORDS_MAX);

    for (guint i = 0; i < n; i++)
        words[i] = &tokens->token[i];
    return parsers_tokens_numbering(words, n);
}

/* One block: the tokens, their words, and the words joined.
 *
 * packed: n words, each with a NUL. */
static ParsersTokens *
make(const GString *packed, guint n)
{
    const gsize head = sizeof(ParsersTokens) + n * sizeof(ParsersToken);
    ParsersTokens *tokens = g_rc_box_alloc(head + 2 * packed->len + 1);
    char *word = (char *)tokens + head;
    char *joined = word + packed->len;

    memcpy(word, packed->str, packed->len);
    memcpy(joined, packed->str, packed->len + 1);
    for (char *p = joined; p + 1 < joined + packed->len; p++)
        *p = *p == '\0' ? ' ' : *p;
    tokens->n = n;
    tokens->all = joined;
    for (guint i = 0; i < n; i++) {
        tokens->token[i] = look_up(word);
        word += tokens->token[i].length + 1;
    }
    for (guint i = numbering(tokens); i > 0; i--)
        joined += tokens->token[i - 1].length + 1;
    tokens->joined = joined;
    tokens->hash = g_str_hash(joined);
    return tokens;
}

ParsersTokens *
parsers_tokens_new(const char *text, bool hints)
{
    g_autoptr(GString) packed = g_string_sized_new(strlen(text) + 1);
    const guint n = parsers_normalise_pack(text, hints, packed);

    return make(packed, n);
}

ParsersTokens *
parsers_tokens_learn(const char *text, bool hints)
{
    g_autoptr(GString) packed = g_string_new(NULL);
    const guint n = parsers_normalise_pack(text, hints, packed);
    const char *word = packed->str;

    for (guint i = 0; i < n; i++, word += strlen(word) + 1)
        learn(word);
    return make(packed, n);
}

ParsersTokens *
parsers_tokens_of(const char *text, bool hints)
{
    static GHashTable *heard[2];
    ParsersTokens *tokens = NULL;

    if (heard[hints] == NULL)
        heard[hints] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_rc_box_release);
    tokens = g_hash_table_lookup(heard[hints], text);
    if (tokens != NULL)
        return g_rc_box_acquire(tokens);
    if (g_hash_table_size(heard[hints]) >= HEARD_MAX)
        g_hash_table_remove_all(heard[hints]);
    tokens = parsers_tokens_new(text, hints);
    g_hash_table_insert(heard[hints], g_strdup(text), g_rc_box_acquire(tokens));
    return tokens;
}
