/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/denial.c - "this is not for allegations about staff": what a text says it is not.
 *
 * The words that deny are looked for first, and the sentence around them is then measured: one
 * pattern for both would try the whole sentence from each of its letters.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/denial.h"

#include "parsers/pattern.h"

#include <string.h>

#define BEFORE_CHARS 80
#define BEHIND_CHARS 200

typedef struct {
    gsize start;
    gsize end;
} Words;

static bool
ends_sentence(char c)
{
    return c == '.' || c == '!' || c == '?' || c == '\n' || c == '\0';
}

/* The first words at or behind a place that deny something. */
static bool
find_words(const char *text, gsize at, Words *out_words)
{
    static ParsersPattern *pattern;

    if (pattern == NULL)
        pattern = parsers_pattern_new("\\b((?:is|are) not (?:a|an|for|to be used)|not for|"
                                      "(?:do|should|must) not use|don't use)\\b",
                                      PARSERS_PATTERN_UNICODE);
    return parsers_pattern_next(pattern, text, &at, &out_words->start, &out_words->end);
}

/* Where the sentence begins, or the part of it that goes. */
static gsize
find_start(const char *text, gsize from, gsize words)
{
    const char *at = text + words;

    for (guint i = 0; i < BEFORE_CHARS && at > text + from; i++) {
        const char *before = g_utf8_prev_char(at);

        if (ends_sentence(*before))
            break;
        at = before;
    }
    return (gsize)(at - text);
}

static gsize
find_end(const char *text, gsize words)
{
    const char *at = text + words;

    for (guint i = 0; i < BEHIND_CHARS && !ends_sentence(*at); i++)
        at = g_utf8_next_char(at);
    return (gsize)(at - text);
}

/* Do these words stand in the sentence that begins there, and near enough to its beginning? */
static bool
belongs(const char *text, gsize start, gsize words)
{
    const char *at = text + start;

    for (guint i = 0; i < BEFORE_CHARS && at < text + words && !ends_sentence(*at); i++)
        at = g_utf8_next_char(at);
    return at == text + words;
}

/* Each of the words that deny has one of these in it; most texts have none. */
static bool
may_deny(const char *text)
{
    static const char *const parts[] = {"not a", "not for", "not to be used", "not use",
                                        "don't use"};

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (strstr(text, parts[i]) != NULL)
            return true;
    return false;
}

char *
parsers_denial_remove(const char *text)
{
    GString *kept = NULL;
    gsize from = 0;
    Words words;

    if (!may_deny(text))
        return g_strdup(text);
    kept = g_string_sized_new(strlen(text) + 1);
    while (find_words(text, from, &words)) {
        const gsize start = find_start(text, from, words.start);
        Words more = words;

        while (find_words(text, more.start + 1, &more) && belongs(text, start, more.start))
            words = more;
        g_string_append_len(kept, text + from, (gssize)(start - from));
        from = find_end(text, words.end);
    }
    g_string_append(kept, text + from);
    return g_string_free(kept, FALSE);
}
