/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/view-words.c - the words of printed pages, and which of them stand after one another.
 *
 * Where a word stands decides what follows it, not the order that poppler puts them in: cells of a
 * table that stand side by side would be read as one line.
 *
 * Runs in:  postern-view, inside the cage.
 * Source:   doc/review.md, "Pages of office files"
 */
#include "config.h"

#include "parsers/view-words.h"

#include <string.h>

#include "parsers/pdf-source.h"
#include "parsers/pdf-streams.h"

#define WORDS_MAX 30000u
#define PAGE_WORDS_MAX 3000u /* each is compared with each for who stands beside whom */
#define BUDGET 4000000u
#define LONG_TEXT 5u  /* words that are enough where a page ends in the middle of a text */
#define CLOSE 0.9     /* of the letters' size: a gap that parts no words of one text */
#define LINE_STEP 1.6 /* of the letters' size: from one line to the next at most */
#define INDENT 60.0   /* points that lines of one text begin apart at most */

static void
clear_word(gpointer word)
{
    g_free(((ParsersViewWord *)word)->text);
}

static void
append_letter(GString *to, gunichar letter)
{
    if (g_unichar_isalnum(letter))
        g_string_append_unichar(to, g_unichar_tolower(letter));
}

void
parsers_view_words_take(const char *text, GPtrArray *to)
{
    g_autoptr(GString) word = g_string_new(NULL);
    g_autofree char *whole = g_utf8_normalize(text, -1, G_NORMALIZE_ALL_COMPOSE);

    for (const char *at = whole; at != NULL; at = g_utf8_next_char(at)) {
        const gunichar letter = g_utf8_get_char(at);

        append_letter(word, letter);
        if ((letter == 0 || g_unichar_isspace(letter)) && word->len > 0) {
            g_ptr_array_add(to, g_strdup(word->str));
            g_string_truncate(word, 0);
        }
        if (letter == 0)
            break;
    }
}

static void
widen(double box[4], const double by[4])
{
    box[0] = MIN(box[0], by[0]);
    box[1] = MIN(box[1], by[1]);
    box[2] = MAX(box[2], by[2]);
    box[3] = MAX(box[3], by[3]);
}

static void
add_word(ParsersViewWords *words, const ParsersViewWord *word, const GString *text)
{
    ParsersViewWord added = *word;
    GArray *same = NULL;
    const guint number = words->words->len;

    if (text->len == 0 || number >= WORDS_MAX)
        return;
    added.text = g_utf8_normalize(text->str, -1, G_NORMALIZE_ALL_COMPOSE);
    if (added.text == NULL)
        return;
    g_array_append_val(words->words, added);
    same = g_hash_table_lookup(words->index, added.text);
    if (same == NULL) {
        same = g_array_new(FALSE, FALSE, sizeof(guint));
        g_hash_table_insert(words->index, g_strdup(added.text), same);
    }
    g_array_append_val(same, number);
}

/* A word ends at white space, and where the next letter stands on another line or far away. */
static bool
parts_words(const ParsersPdfGlyph *before, const ParsersPdfGlyph *glyph)
{
    return glyph->space_before || glyph->box[1] > before->box[3] ||
           glyph->box[3] < before->box[1] || glyph->box[0] - before->box[2] > CLOSE * glyph->size;
}

static void
add_page(ParsersViewWords *words, const GArray *glyphs, guint page)
{
    g_autoptr(GString) text = g_string_new(NULL);
    ParsersViewWord word = {0};

    for (guint i = 0; i < glyphs->len; i++) {
        const ParsersPdfGlyph *glyph = &g_array_index(glyphs, ParsersPdfGlyph, i);

        if (i == 0 || parts_words(glyph - 1, glyph)) {
            add_word(words, &word, text);
            g_string_truncate(text, 0);
            word = (ParsersViewWord){
                .page = page, .size = MAX(glyph->size, 1), .right = -1, .left = -1};
            memcpy(word.box, glyph->box, sizeof word.box);
        }
        append_letter(text, glyph->character);
        widen(word.box, glyph->box);
    }
    add_word(words, &word, text);
}

static bool
is_same_line(const ParsersViewWord *a, const ParsersViewWord *b)
{
    const double height = MIN(a->box[3] - a->box[1], b->box[3] - b->box[1]);

    return MIN(a->box[3], b->box[3]) - MAX(a->box[1], b->box[1]) > height / 2;
}

/* Who stands beside whom, among the words of one page from this one on. */
static void
join_lines(ParsersViewWords *words, guint from)
{
    const guint end = words->words->len;

    for (guint i = from; i < end && end - from <= PAGE_WORDS_MAX; i++) {
        ParsersViewWord *word = &g_array_index(words->words, ParsersViewWord, i);
        double nearest = G_MAXDOUBLE;

        for (guint j = from; j < end; j++) {
            const ParsersViewWord *other = parsers_view_words_at(words, (int)j);

            if (j == i || other->box[0] < (word->box[0] + word->box[2]) / 2 ||
                other->box[0] >= nearest || !is_same_line(word, other))
                continue;
            nearest = other->box[0];
            word->right = (int)j;
        }
        if (word->right >= 0)
            g_array_index(words->words, ParsersViewWord, word->right).left = (int)i;
    }
}

static void
read_page(ParsersViewWords *words, ParsersPdfSource *source, guint page,
          const ParsersLimits *limits)
{
    g_autoptr(GArray) glyphs = g_array_new(FALSE, FALSE, sizeof(ParsersPdfGlyph));
    ParsersPdfText text = {.glyphs = glyphs, .most = limits->pdf_page_characters};
    ParsersPdfSheet sheet = {0};
    const guint from = words->words->len;

    if (!parsers_pdf_source_read(source, page, &text, &sheet))
        return;
    g_array_unref(sheet.paints);
    add_page(words, glyphs, page + 1);
    join_lines(words, from);
}

static void
free_numbers(gpointer numbers)
{
    g_array_unref(numbers);
}

ParsersViewWords *
parsers_view_words_read(GBytes *pdf, const ParsersLimits *limits)
{
    ParsersViewWords *words = g_new0(ParsersViewWords, 1);
    g_autoptr(ParsersPdfSource) source = NULL;

    words->words = g_array_new(FALSE, FALSE, sizeof(ParsersViewWord));
    g_array_set_clear_func(words->words, clear_word);
    words->index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_numbers);
    words->budget = BUDGET;
    if (g_bytes_get_size(pdf) > 0 && parsers_pdf_streams_check(pdf, limits, NULL))
        source = parsers_pdf_source_open(pdf, limits, NULL);
    for (guint i = 0; source != NULL && words->words->len < WORDS_MAX &&
                      i < MIN(parsers_pdf_source_pages(source), limits->pdf_pages);
         i++)
        read_page(words, source, i, limits);
    return words;
}

void
parsers_view_words_free(ParsersViewWords *words)
{
    if (words == NULL)
        return;
    g_array_unref(words->words);
    g_hash_table_unref(words->index);
    g_free(words);
}

/* ---- a text among them ---- */

/* Is the word at the beginning of the line below that of another, of the same text? */
static bool
is_below(const ParsersViewWord *start, const ParsersViewWord *before, const ParsersViewWord *word)
{
    const double step = word->box[1] - before->box[1];

    return word->page == before->page && step > before->size / 2 &&
           word->box[1] - before->box[3] < LINE_STEP * before->size &&
           word->box[0] > start->box[0] - INDENT && word->box[0] < start->box[0] + INDENT;
}

/* Do two words beside each other belong to one text? */
static bool
is_close(const ParsersViewWords *words, int left, int right)
{
    if (left < 0 || right < 0)
        return false;
    const ParsersViewWord *a = parsers_view_words_at(words, left);
    const ParsersViewWord *b = parsers_view_words_at(words, right);

    return b->box[0] - a->box[2] < CLOSE * MAX(a->size, b->size);
}

/* The word that goes on after one, if it says this; or -1. */
static int
next_of(ParsersViewWords *words, const ParsersViewWord *start, int at, const char *text)
{
    const ParsersViewWord *before = parsers_view_words_at(words, at);
    const GArray *same = g_hash_table_lookup(words->index, text);
    int best = -1;

    if (before->right >= 0 && strcmp(parsers_view_words_at(words, before->right)->text, text) == 0)
        return before->right;
    if (is_close(words, at, before->right))
        return -1;
    for (guint i = 0; same != NULL && i < same->len && words->budget > 0; i++) {
        const int number = (int)g_array_index(same, guint, i);
        const ParsersViewWord *word = parsers_view_words_at(words, number);

        words->budget--;
        if (is_below(start, before, word) &&
            (best < 0 || word->box[1] < parsers_view_words_at(words, best)->box[1]))
            best = number;
    }
    return best;
}

bool
parsers_view_words_match(ParsersViewWords *words, int first, const GPtrArray *text,
                         ParsersViewPlace *out_place)
{
    const ParsersViewWord *start = parsers_view_words_at(words, first);
    ParsersViewPlace place = {.first = first, .page = start->page};
    int last = first;

    memcpy(place.box, start->box, sizeof place.box);
    for (place.met = 1; place.met < text->len && words->budget > 0; place.met++) {
        const int next = next_of(words, start, last, text->pdata[place.met]);

        words->budget--;
        if (next < 0)
            break;
        last = next;
        widen(place.box, parsers_view_words_at(words, next)->box);
    }
    place.alone = !is_close(words, start->left, first) &&
                  !is_close(words, last, parsers_view_words_at(words, last)->right);
    *out_place = place;
    return place.met == text->len || (place.met >= LONG_TEXT && words->budget > 0);
}
