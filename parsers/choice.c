/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/choice.c - what was ticked, struck out or left standing.
 *
 * Boxes stand before their words or behind them; which, the first thing in the
 * line tells.  A printed "Yes / No" is answered by striking, deleting or marking
 * one; with no such mark nothing was answered.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/choice.h"

#include "parsers/normalise.h"

#include <string.h>

#define OPTIONS_MAX 40u
#define CHOICE_BYTES_MAX 400u
#define WORDS_MAX 6u

/* What is printed to choose from. */
static const char *const choice_words[] = {
    "yes",       "no",   "y",      "n",      "unknown",        "don't know",
    "not known", "n/a",  "na",     "unsure", "not sure",       "m",
    "f",         "male", "female", "other",  "not applicable", "dont know",
    "true",      "false"};

typedef struct {
    GString *chosen;
    guint options;
} Choice;

static void
choose(Choice *choice, const char *option)
{
    g_autofree char *clean = parsers_line_clean(option);
    char *text = g_strstrip(clean);

    while (text[0] != '\0' && strchr(",;/|-:", text[0]) != NULL)
        text++;
    text = g_strstrip(text);
    while (text[0] != '\0' && strchr(",;/|-:", text[strlen(text) - 1]) != NULL)
        text[strlen(text) - 1] = '\0';
    g_strchomp(text);
    if (text[0] == '\0')
        return;
    if (choice->chosen->len > 0)
        g_string_append(choice->chosen, "; ");
    g_string_append(choice->chosen, text);
}

static const char *
next_box(const char *p)
{
    const char *box = strstr(p, PARSERS_LINE_BOX);
    const char *ticked = strstr(p, PARSERS_LINE_TICKED);

    if (box == NULL || (ticked != NULL && ticked < box))
        return ticked;
    return box;
}

/* As is_choice_word(), of letters beyond ASCII: a curly quote, for one. */
static bool
is_choice_folded(const char *text, gsize length)
{
    g_autofree char *word = g_strndup(text, length);
    g_autofree char *folded = parsers_normalise_casefold(word);

    for (char *p = folded; *p != '\0'; p++)
        if ((guchar)*p == 0xe2 && (guchar)p[1] == 0x80 && (guchar)p[2] == 0x99) {
            *p = '\'';
            memmove(p + 1, p + 3, strlen(p + 3) + 1);
        }
    for (guint i = 0; i < G_N_ELEMENTS(choice_words); i++)
        if (strcmp(choice_words[i], folded) == 0)
            return true;
    return false;
}

static bool
is_choice_word(const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if ((guchar)text[i] >= 0x80)
            return is_choice_folded(text, length);
    for (guint i = 0; i < G_N_ELEMENTS(choice_words); i++)
        if (choice_words[i][0] == g_ascii_tolower(text[0]) &&
            g_ascii_strncasecmp(choice_words[i], text, length) == 0 &&
            choice_words[i][length] == '\0')
            return true;
    return false;
}

/* "Yes     No" where one tick stands behind or before both: the word beside it. */
static void
keep_beside(char *word, bool before)
{
    g_auto(GStrv) parts = g_strsplit_set(word, " /|\t", -1);
    const char *kept = NULL;

    for (guint i = 0; parts[i] != NULL; i++) {
        if (parts[i][0] == '\0')
            continue;
        if (!is_choice_word(parts[i], strlen(parts[i])))
            return;
        if (kept == NULL || !before)
            kept = parts[i];
    }
    if (kept != NULL)
        memmove(word, kept, strlen(kept) + 1);
}

/* One line of boxes with their words. */
static void
read_boxes(Choice *choice, const char *text)
{
    const gsize box_length = strlen(PARSERS_LINE_BOX);
    const char *box = next_box(text);
    const char *from = text;
    bool before = true;

    while (text[0] == ' ' || text[0] == '\t' || text[0] == PARSERS_LINE_ANSWER)
        text++;
    before = box == text;
    while (box != NULL && choice->options < OPTIONS_MAX) {
        const bool ticked = g_str_has_prefix(box, PARSERS_LINE_TICKED);
        const char *behind = box + box_length;
        const char *next = next_box(behind);
        const char *end = next != NULL ? next : behind + strlen(behind);
        g_autofree char *word = before ? g_strndup(behind, (gsize)(end - behind))
                                       : g_strndup(from, (gsize)(box - from));

        choice->options++;
        keep_beside(word, before);
        if (ticked)
            choose(choice, word);
        from = behind;
        box = next;
    }
}

/* ---- Printed words ---- */

typedef struct {
    const char *text;
    gsize length;
    guint always; /* flags that all its letters have */
    bool crossed; /* an x was typed beside it */
} Word;

typedef struct {
    Word word[WORDS_MAX];
    guint n;
} Words;

static Word
read_word(ParsersSlice slice)
{
    Word word = {.text = slice.line->text + slice.from,
                 .length = slice.to - slice.from,
                 .always = G_MAXUINT};

    for (gsize i = 0; i < word.length; i++)
        if (g_ascii_isalpha(word.text[i]))
            word.always &= slice.line->flags[slice.from + i];
    if (word.length > 2 && g_ascii_tolower(word.text[word.length - 1]) == 'x' &&
        word.text[word.length - 2] == ' ') {
        word.crossed = true;
        word.length -= 2;
    }
    return word;
}

/* No word to choose begins with that letter. */
static bool
begins_otherwise(char first)
{
    return g_ascii_isalnum(first) && strchr("ynudmfot", g_ascii_tolower(first)) == NULL;
}

/* The words between strokes; false if one of them is no option. */
static bool
split_words(ParsersSlice slice, Words *words)
{
    const char *text = slice.line->text;
    gsize from = slice.from;
    guint strokes = 0;

    if (slice.from < slice.to && begins_otherwise(text[slice.from]))
        return false;
    for (gsize i = slice.from; i <= slice.to; i++) {
        const bool stroke = i < slice.to && (text[i] == '/' || text[i] == '|') &&
                            g_ascii_strncasecmp(text + (i > 0 ? i - 1 : 0), "n/a", 3) != 0;
        const bool gap = i < slice.to && text[i] == ' ' && i > from &&
                         (text[i + 1] == ' ' || g_ascii_strncasecmp(text + i, " no", 3) == 0) &&
                         g_ascii_isalpha(text[i - 1]);
        Word word = {0};

        if (i < slice.to && !stroke && !gap)
            continue;
        strokes += stroke;
        word = read_word(parsers_slice_cut(slice, from, i));
        from = stroke ? i + 1 : i;
        if (word.length == 0)
            continue;
        if (words->n == WORDS_MAX || !is_choice_word(word.text, word.length))
            return false;
        words->word[words->n++] = word;
    }
    /* "Yes" alone was typed; "Yes /" is what a deletion leaves. */
    return words->n >= 2 || (words->n == 1 && strokes > 0);
}

/* The one word that a mark singles out, or NULL. */
static const Word *
singled_out(const Words *words, guint mark, bool marked)
{
    const Word *found = NULL;

    for (guint i = 0; i < words->n; i++) {
        const Word *word = &words->word[i];

        if (((word->always & mark) != 0) != marked)
            continue;
        if (found != NULL)
            return NULL;
        found = word;
    }
    return found;
}

static const Word *
chosen_word(const Words *words)
{
    static const guint marks[] = {PARSERS_SPAN_HIGHLIGHT, PARSERS_SPAN_UNDERLINE,
                                  PARSERS_SPAN_BOLD};
    const Word *found = NULL;

    if (words->n == 1)
        return &words->word[0];
    for (guint i = 0; i < words->n; i++)
        if (words->word[i].crossed)
            return &words->word[i];
    found = singled_out(words, PARSERS_SPAN_STRIKE, false);
    for (guint i = 0; i < G_N_ELEMENTS(marks) && found == NULL; i++)
        found = singled_out(words, marks[i], true);
    return found;
}

static bool
read_printed(const GArray *slices, char **out_chosen)
{
    Words words = {.n = 0};
    const ParsersSlice *slice = NULL;
    const Word *chosen = NULL;

    if (slices->len != 1)
        return false;
    slice = &g_array_index(slices, ParsersSlice, 0);
    if (slice->to - slice->from > CHOICE_BYTES_MAX || !split_words(*slice, &words))
        return false;
    chosen = chosen_word(&words);
    *out_chosen = chosen != NULL ? g_strndup(chosen->text, chosen->length) : g_strdup("");
    return true;
}

bool
parsers_choice_read(const GArray *slices, char **out_chosen)
{
    Choice choice = {.chosen = NULL};

    if (read_printed(slices, out_chosen))
        return true;
    for (guint i = 0; i < slices->len; i++) {
        const ParsersSlice *slice = &g_array_index(slices, ParsersSlice, i);
        const char *box = next_box(slice->line->text + slice->from);
        g_autofree char *text = NULL;

        if (box == NULL || box >= slice->line->text + slice->to)
            continue;
        if (choice.chosen == NULL)
            choice.chosen = g_string_new(NULL);
        text = g_strndup(slice->line->text + slice->from, slice->to - slice->from);
        read_boxes(&choice, text);
    }
    if (choice.chosen == NULL)
        return false;
    *out_chosen = g_string_free(choice.chosen, FALSE);
    return true;
}
