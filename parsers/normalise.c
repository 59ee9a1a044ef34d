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

char *
parsers_normalise_lines(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *out = g_string_new(NULL);

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

static bool
ends(const GString *word, const char *tail, gsize longer_than)
{
    const gsize length = strlen(tail);

    return word->len > longer_than && word->len >= length &&
           memcmp(word->str + word->len - length, tail, length) == 0;
}

/* Plain stems: enough to make "worried", "worry" and "worries" one word. */
static void
stem(GString *word)
{
    if (ends(word, "'s", 0))
        g_string_truncate(word, word->len - 2);
    for (gsize i = word->len; i > 0; i--)
        if (word->str[i - 1] == '\'')
            g_string_erase(word, (gssize)i - 1, 1);
    if (ends(word, "ies", 4))
        g_string_truncate(word, word->len - 2);
    else if (ends(word, "s", 3) && !ends(word, "ss", 3) && !ends(word, "us", 3))
        g_string_truncate(word, word->len - 1);
    if (ends(word, "ing", 5))
        g_string_truncate(word, word->len - 3);
    else if (ends(word, "ed", 4) && !ends(word, "eed", 4))
        g_string_truncate(word, word->len - 2);
    if (ends(word, "e", 4))
        g_string_truncate(word, word->len - 1);
    if (ends(word, "y", 3))
        word->str[word->len - 1] = 'i';
}

static void
flush_word(GPtrArray *words, GString *word)
{
    if (word->len == 0)
        return;
    stem(word);
    if (word->len > 0)
        g_ptr_array_add(words, g_strdup(word->str));
    g_string_truncate(word, 0);
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

/* NFKC and folded case, with one kind of apostrophe. */
static char *
fold(const char *label)
{
    g_autofree char *cut = g_strndup(label, LABEL_BYTES_MAX);
    g_autofree char *valid = NULL;
    g_autofree char *nfkc = NULL;

    /* Most labels are. */
    if (is_simple(cut))
        return g_ascii_strdown(cut, -1);
    valid = g_utf8_make_valid(cut, -1);
    nfkc = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL_COMPOSE);
    return g_utf8_casefold(nfkc != NULL ? nfkc : "", -1);
}

static bool
is_apostrophe(gunichar c)
{
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02bc || c == '`' || c == 0x00b4;
}

GPtrArray *
parsers_normalise_words(const char *label, bool hints)
{
    g_autofree char *folded = fold(label);
    g_autoptr(GString) word = g_string_new(NULL);
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    guint depth = 0;

    for (const char *p = folded; *p != '\0'; p = g_utf8_next_char(p)) {
        const gunichar c = (guchar)*p < 0x80 ? (guchar)*p : g_utf8_get_char(p);

        if (c == '(' || c == '[' || c == '{')
            depth++;
        if (is_invisible(c) || (depth > 0 && !hints)) {
            /* "child(ren)" stays one word, "name (if known)" does not run into the next. */
            depth -= (c == ')' || c == ']' || c == '}') && depth > 0;
            continue;
        }
        depth -= (c == ')' || c == ']' || c == '}') && depth > 0;
        if (c < 0x80 && g_ascii_isalnum((char)c))
            g_string_append_c(word, (char)c);
        else if (c >= 0x80 && (g_unichar_isalnum(c) || g_unichar_ismark(c)))
            g_string_append_unichar(word, c);
        else if (is_apostrophe(c) && word->len > 0)
            g_string_append_c(word, '\'');
        else
            flush_word(words, word);
    }
    flush_word(words, word);
    return words;
}

guint
parsers_normalise_distance(const char *one, const char *other, guint limit)
{
    const gsize n = strlen(one);
    const gsize m = strlen(other);
    guint rows[3][WORD_BYTES_MAX + 1];

    if (n > WORD_BYTES_MAX || m > WORD_BYTES_MAX || (n > m ? n - m : m - n) > limit)
        return limit + 1;
    for (guint j = 0; j <= m; j++)
        rows[0][j] = j;
    for (guint i = 1; i <= n; i++) {
        guint *now = rows[i % 3];
        const guint *above = rows[(i + 2) % 3];
        const guint *before = rows[(i + 1) % 3];

        now[0] = i;
        for (guint j = 1; j <= m; j++) {
            const guint change = above[j - 1] + (one[i - 1] != other[j - 1]);

            now[j] = MIN(change, MIN(above[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                now[j] = MIN(now[j], before[j - 2] + 1);
        }
    }
    return MIN(rows[n % 3][m], limit + 1);
}
