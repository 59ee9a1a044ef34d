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

static bool
is_choice_word(const char *text)
{
    static const char *const words[] = {
        "yes",       "no",   "y",      "n",      "unknown",        "don't know",
        "not known", "n/a",  "na",     "unsure", "not sure",       "m",
        "f",         "male", "female", "other",  "not applicable", "dont know",
        "true",      "false"};
    g_autofree char *folded = parsers_normalise_casefold(text);

    for (char *p = folded; *p != '\0'; p++)
        if ((guchar)*p == 0xe2 && (guchar)p[1] == 0x80 && (guchar)p[2] == 0x99) {
            *p = '\'';
            memmove(p + 1, p + 3, strlen(p + 3) + 1);
        }
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i], folded) == 0)
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
        if (!is_choice_word(parts[i]))
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
    char *text;
    guint always; /* flags that all its letters have */
    bool crossed; /* an x was typed beside it */
} Word;

static void
word_clear(Word *word)
{
    g_free(word->text);
}

static Word
read_word(ParsersSlice slice)
{
    Word word = {.always = G_MAXUINT};
    const char *text = slice.line->text->str;
    gsize length = 0;

    for (gsize i = slice.from; i < slice.to; i++)
        if (g_ascii_isalpha(text[i]))
            word.always &= slice.line->flags->data[i];
    word.text = g_strstrip(g_strndup(text + slice.from, slice.to - slice.from));
    length = strlen(word.text);
    if (length > 2 && g_ascii_tolower(word.text[length - 1]) == 'x' &&
        word.text[length - 2] == ' ') {
        word.crossed = true;
        word.text[length - 2] = '\0';
    }
    return word;
}

/* The words between strokes; false if one of them is no option. */
static bool
split_words(ParsersSlice slice, GArray *words)
{
    const char *text = slice.line->text->str;
    gsize from = slice.from;
    guint strokes = 0;

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
        if (word.text[0] == '\0') {
            word_clear(&word);
            continue;
        }
        g_array_append_val(words, word);
        if (!is_choice_word(word.text) || words->len > 6)
            return false;
    }
    /* "Yes" alone was typed; "Yes /" is what a deletion leaves. */
    return words->len >= 2 || (words->len == 1 && strokes > 0);
}

/* The one word that a mark singles out, or NULL. */
static const Word *
singled_out(const GArray *words, guint mark, bool marked)
{
    const Word *found = NULL;

    for (guint i = 0; i < words->len; i++) {
        const Word *word = &g_array_index(words, Word, i);

        if (((word->always & mark) != 0) != marked)
            continue;
        if (found != NULL)
            return NULL;
        found = word;
    }
    return found;
}

static const Word *
chosen_word(const GArray *words)
{
    static const guint marks[] = {PARSERS_SPAN_HIGHLIGHT, PARSERS_SPAN_UNDERLINE,
                                  PARSERS_SPAN_BOLD};
    const Word *found = NULL;

    if (words->len == 1)
        return &g_array_index(words, Word, 0);
    for (guint i = 0; i < words->len; i++)
        if (g_array_index(words, Word, i).crossed)
            return &g_array_index(words, Word, i);
    found = singled_out(words, PARSERS_SPAN_STRIKE, false);
    for (guint i = 0; i < G_N_ELEMENTS(marks) && found == NULL; i++)
        found = singled_out(words, marks[i], true);
    return found;
}

static bool
read_printed(const GArray *slices, char **out_chosen)
{
    g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(Word));
    const ParsersSlice *slice = NULL;
    const Word *chosen = NULL;

    if (slices->len != 1)
        return false;
    g_array_set_clear_func(words, (GDestroyNotify)word_clear);
    slice = &g_array_index(slices, ParsersSlice, 0);
    if (slice->to - slice->from > CHOICE_BYTES_MAX || !split_words(*slice, words))
        return false;
    chosen = chosen_word(words);
    *out_chosen = g_strdup(chosen != NULL ? chosen->text : "");
    return true;
}

bool
parsers_choice_read(const GArray *slices, char **out_chosen)
{
    Choice choice = {.chosen = NULL};

    if (read_printed(slices, out_chosen))
        return true;
    choice.chosen = g_string_new(NULL);
    for (guint i = 0; i < slices->len; i++) {
        const ParsersSlice *slice = &g_array_index(slices, ParsersSlice, i);
        g_autofree char *text =
            g_strndup(slice->line->text->str + slice->from, slice->to - slice->from);

        read_boxes(&choice, text);
    }
    if (choice.options == 0) {
        g_string_free(choice.chosen, TRUE);
        return false;
    }
    *out_chosen = g_string_free(choice.chosen, FALSE);
    return true;
}
