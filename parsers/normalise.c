/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/normalise.c - the words of a label, whatever its dress.
 *
 * Two labels that a person would call the same have the same words here: case,
 * quotes, brackets, plurals and punctuation are gone.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/normalise.h"

#include <string.h>

#define WORD_BYTES_MAX 32u
#define LABEL_BYTES_MAX 600u

/* Seen by nobody: zero-width, direction marks, soft hyphen, controls. */
static bool
is_invisible(gunichar c)
{
    if ((c >= ' ' && c < 0x7f) || c == '\n' || c == '\t' || c == '\r')
        return false;
    return g_unichar_type(c) == G_UNICODE_CONTROL || g_unichar_type(c) == G_UNICODE_FORMAT ||
           c == 0x00ad || c == 0xfeff;
}

char *
parsers_normalise_blanks(const char *text)
{
    GString *out = g_string_sized_new(strlen(text));
    bool blank = false;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        const gunichar c = (guchar)*p < 0x80 ? (guchar)*p : g_utf8_get_char(p);

        if (c > ' ' && c < 0x7f && !blank) {
            g_string_append_c(out, (char)c);
            continue;
        }
        if (g_unichar_isspace(c)) {
            blank = out->len > 0;
            continue;
        }
        /* The joiner inside an emoji or an Arabic word is part of it. */
        if (is_invisible(c) && c != 0x200d)
            continue;
        if (blank)
            g_string_append_c(out, ' ');
        blank = false;
        g_string_append_unichar(out, c);
    }
    return g_string_free(out, FALSE);
}

bool
parsers_normalise_is_blank(const char *text)
{
    while (g_unichar_isspace(g_utf8_get_char(text)))
        text = g_utf8_next_char(text);
    return *text == '\0';
}

char *
parsers_normalise_lines(const char *text)
{
    g_auto(GStrv) lines = NULL;
    GString *out = NULL;

    if (strchr(text, '\n') == NULL)
        return parsers_normalise_blanks(text);
    lines = g_strsplit(text, "\n", -1);
    out = g_string_new(NULL);
    for (guint i = 0; lines[i] != NULL; i++) {
        g_autofree char *line = parsers_normalise_blanks(lines[i]);

        if (line[0] == '\0')
            continue;
        if (out->len > 0)
            g_string_append_c(out, '\n');
        g_string_append(out, line);
    }
    return g_string_free(out, FALSE);
}

static void
lower(char *text)
{
    for (char *p = text; *p != '\0'; p++)
        *p = g_ascii_isupper(*p) ? (char)(*p | 0x20) : *p;
}

char *
parsers_normalise_casefold(const char *text)
{
    char *folded = NULL;
    GString *out = NULL;

    if (g_str_is_ascii(text)) {
        folded = g_strdup(text);
        lower(folded);
        return folded;
    }
    out = g_string_sized_new(strlen(text) + 16);
    for (const char *p = text; *p != '\0';) {
        const char *from = p;
        g_autofree char *rest = NULL;

        for (; *p != '\0' && (guchar)*p < 0x80; p++)
            g_string_append_c(out, g_ascii_isupper(*p) ? (char)(*p | 0x20) : *p);
        for (from = p; (guchar)*p >= 0x80; p++)
            continue;
        if (p == from)
            continue;
        rest = g_utf8_casefold(from, p - from);
        g_string_append(out, rest);
    }
    return g_string_free(out, FALSE);
}

/* A word at the end of what was written so far. */
typedef struct {
    char *from;
    char *end;
} Word;

static gsize
length_of(const Word *word)
{
    return (gsize)(word->end - word->from);
}

static bool
ends(const Word *word, const char *tail, gsize length, gsize longer_than)
{
    return length_of(word) > longer_than && length_of(word) >= length &&
           memcmp(word->end - length, tail, length) == 0;
}

static void
drop_apostrophes(Word *word)
{
    char *kept = word->from;

    for (const char *p = word->from; p < word->end; p++)
        if (*p != '\'')
            *kept++ = *p;
    word->end = kept;
}

/* Plain stems: enough to make "worried", "worry" and "worries" one word. */
static void
stem(Word *word)
{
    if (ends(word, "'s", 2, 0))
        word->end -= 2;
    if (memchr(word->from, '\'', length_of(word)) != NULL)
        drop_apostrophes(word);
    if (ends(word, "ies", 3, 4))
        word->end -= 2;
    else if (ends(word, "s", 1, 3) && !ends(word, "ss", 2, 3) && !ends(word, "us", 2, 3))
        word->end -= 1;
    if (ends(word, "ing", 3, 5))
        word->end -= 3;
    else if (ends(word, "ed", 2, 4) && !ends(word, "eed", 3, 4))
        word->end -= 2;
    if (ends(word, "e", 1, 4))
        word->end -= 1;
    if (ends(word, "y", 1, 3))
        word->end[-1] = 'i';
}

/* End a word; true if there was one. */
static bool
flush_word(Word *word)
{
    bool any = word->end > word->from;

    if (any) {
        stem(word);
        any = word->end > word->from;
    }
    if (any)
        *word->end++ = '\0';
    word->from = word->end;
    return any;
}

/* True for signs that folding leaves as they are, or makes other signs that part words: boxes,
 * quotation marks, dashes, bullets; dots and blanks. */
static bool
is_plain_sign(gunichar c)
{
    return (c >= 0x2610 && c <= 0x2612) || (c >= 0x2018 && c <= 0x201e) || c == 0x2013 ||
           c == 0x2014 || c == 0x2022 || c == 0xa3 || c == 0x2026 || c == 0xa0;
}

/* Nothing but ASCII and plain signs, of good UTF-8: only its ASCII letters need folding. */
static bool
is_simple(const char *text)
{
    for (const char *p = text; *p != '\0';) {
        gunichar c = (guchar)*p;

        if (c < 0x80) {
            p++;
            continue;
        }
        c = g_utf8_get_char_validated(p, -1);
        if (!is_plain_sign(c))
            return false;
        p = g_utf8_next_char(p);
    }
    return true;
}

/* The beginning of a label in NFKC and folded case, or NULL if it needs no such work, as most do:
 * only its ASCII letters are folded then.  The caller frees. */
static char *
fold(const char *label)
{
    const gsize length = strnlen(label, LABEL_BYTES_MAX + 1);
    g_autofree char *head = NULL;
    g_autofree char *valid = NULL;
    g_autofree char *nfkc = NULL;

    if (length <= LABEL_BYTES_MAX && is_simple(label))
        return NULL;
    head = g_strndup(label, LABEL_BYTES_MAX);
    if (is_simple(head))
        return g_steal_pointer(&head);
    valid = g_utf8_make_valid(head, -1);
    nfkc = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL_COMPOSE);
    return g_utf8_casefold(nfkc != NULL ? nfkc : "", -1);
}

/* With one kind of apostrophe. */
static bool
is_apostrophe(gunichar c)
{
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02bc || c == '`' || c == 0x00b4;
}

/* Add what is no letter or digit of ASCII; true if it ended a word. */
static bool
add_sign(Word *word, gunichar c)
{
    if (c >= 0x80 && (g_unichar_isalnum(c) || g_unichar_ismark(c)))
        word->end += g_unichar_to_utf8(c, word->end);
    else if (is_apostrophe(c) && length_of(word) > 0)
        *word->end++ = '\'';
    else
        return flush_word(word);
    return false;
}

/* Write the words of a folded label; returns how many.
 *
 * word: room for as many bytes as the label has, and one. */
static guint
write_words(const char *folded, bool hints, Word *word)
{
    guint depth = 0;
    guint n = 0;

    for (const char *p = folded; *p != '\0'; p = g_utf8_next_char(p)) {
        const gunichar c = (guchar)*p < 0x80 ? (guchar)*p : g_utf8_get_char(p);
        bool closes = false;

        if (c < 0x80 && g_ascii_isalnum((char)c)) {
            /* Of capital letters the small ones. */
            if (depth == 0 || hints)
                *word->end++ = (char)(c >= 'A' ? c | 0x20 : c);
            continue;
        }
        depth += c == '(' || c == '[' || c == '{';
        closes = (c == ')' || c == ']' || c == '}') && depth > 0;
        /* "child(ren)" stays one word, "name (if known)" does not run into the next. */
        if (!is_invisible(c) && (depth == 0 || hints))
            n += add_sign(word, c);
        depth -= closes;
    }
    return n + flush_word(word);
}

guint
parsers_normalise_pack(const char *label, bool hints, GString *out_words)
{
    g_autofree char *folded = fold(label);
    const char *text = folded != NULL ? folded : label;
    const gsize before = out_words->len;
    Word word = {0};
    guint n = 0;

    g_string_set_size(out_words, before + strlen(text) + 1);
    word.from = word.end = out_words->str + before;
    n = write_words(text, hints, &word);
    g_string_truncate(out_words, (gsize)(word.end - out_words->str));
    return n;
}

GPtrArray *
parsers_normalise_words(const char *label, bool hints)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) packed = g_string_new(NULL);
    const guint n = parsers_normalise_pack(label, hints, packed);
    const char *word = packed->str;

    for (guint i = 0; i < n; i++, word += strlen(word) + 1)
        g_ptr_array_add(words, g_strdup(word));
    return words;
}

/* One row of the table below, only as far from its diagonal as the limit; the least of it.
 *
 * rows: this one, the one above and the one above that. */
static guint
fill_row(const char *one, const char *other, guint i, guint limit, guint *const rows[3])
{
    const guint m = (guint)strlen(other);
    const guint from = i > limit ? i - limit : 1;
    const guint to = MIN(m, i + limit);
    guint *now = rows[0];
    guint least = now[from - 1] = from == 1 ? i : limit + 1;

    for (guint j = from; j <= to; j++) {
        const guint change = rows[1][j - 1] + (one[i - 1] != other[j - 1]);

        now[j] = MIN(change, MIN(rows[1][j], now[j - 1]) + 1);
        if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
            now[j] = MIN(now[j], rows[2][j - 2] + 1);
        least = MIN(least, now[j]);
    }
    if (to < m)
        now[to + 1] = limit + 1;
    return least;
}

guint
parsers_normalise_distance(const char *one, const char *other, guint limit)
{
    const gsize n = strlen(one);
    const gsize m = strlen(other);
    guint rows[3][WORD_BYTES_MAX + 1];
    guint before = 0;

    if (n > WORD_BYTES_MAX || m > WORD_BYTES_MAX || (n > m ? n - m : m - n) > limit)
        return limit + 1;
    for (guint j = 0; j <= m; j++)
        rows[0][j] = j;
    for (guint i = 1; i <= n; i++) {
        guint *const last[3] = {rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3]};
        const guint least = fill_row(one, other, i, limit, last);

        /* Two neighbours swapped reach back two rows. */
        if (least > limit && before > limit)
            return limit + 1;
        before = least;
    }
    return MIN(rows[n % 3][m], limit + 1);
}
