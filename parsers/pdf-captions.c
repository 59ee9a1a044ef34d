/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-captions.c - which words of a PDF paragraph belong to which box to tick.
 *
 * In one paragraph either all captions follow their boxes or all stand before them.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-captions.h"

enum {
    CAPTION_MAX = 24, /* words; a longer text beside a box is not its caption */
};

static const ParsersPdfToken *
token_at(const GArray *tokens, guint index)
{
    return &g_array_index(tokens, ParsersPdfToken, index);
}

static bool
is_word(const GArray *tokens, guint index)
{
    return index < tokens->len && token_at(tokens, index)->item->kind == PARSERS_PDF_WORD;
}

static bool
is_tick(const GArray *tokens, guint index)
{
    return parsers_pdf_lines_is_tick(token_at(tokens, index)->item);
}

/* Words from index on in the same column, up to the next piece that is not a word. */
static guint
words_after(const GArray *tokens, guint index)
{
    guint last = index;

    while (is_word(tokens, last) && token_at(tokens, last)->before != '\t')
        last++;
    return last - index;
}

static double
gap(const GArray *tokens, guint left)
{
    return token_at(tokens, left + 1)->item->box[0] - token_at(tokens, left)->item->box[2];
}

/* True if the captions stand before the boxes: "Yes [] No []". */
static bool
stand_before(const GArray *tokens)
{
    guint before = 0;
    guint after = 0;

    for (guint i = 0; i < tokens->len; i++) {
        bool has_left = false;
        bool has_right = false;

        if (!is_tick(tokens, i))
            continue;
        has_left = i > 0 && is_word(tokens, i - 1) && token_at(tokens, i)->before != '\t';
        has_right = words_after(tokens, i + 1) > 0;
        if (has_left && has_right && gap(tokens, i - 1) < gap(tokens, i))
            before++;
        else if (has_right)
            after++;
        else if (has_left)
            before++;
    }
    return before > after;
}

static void
claim(int *owners, guint first, guint last, guint tick)
{
    for (guint i = first; i < last; i++)
        owners[i] = (int)tick;
}

static bool
ends_label(const ParsersPdfPage *page, const ParsersPdfItem *word)
{
    gunichar last = g_array_index(page->glyphs, ParsersPdfGlyph, word->last - 1).character;

    return last == ':' || last == '?' || last == ')';
}

/* The first word of the caption that ends before a box.  What stands before the first box of a
 * row may hold the row's label as well: without a mark between the two, one word is caption. */
static guint
caption_start(const GArray *tokens, const ParsersPdfPage *page, guint tick, bool is_first)
{
    guint first = tick;

    while (first > 0 && is_word(tokens, first - 1) && token_at(tokens, first)->before != '\t' &&
           !ends_label(page, token_at(tokens, first - 1)->item))
        first--;
    if (is_first && first == 0 && tick > 1)
        return tick - 1;
    return first;
}

int *
parsers_pdf_captions_find(const GArray *tokens, const ParsersPdfPage *page)
{
    int *owners = g_new(int, MAX(tokens->len, 1));
    bool before = stand_before(tokens);
    bool is_first = true;

    for (guint i = 0; i < tokens->len; i++)
        owners[i] = -1;
    for (guint i = 0; i < tokens->len; i++) {
        guint first = i + 1;
        guint last = i + 1;

        if (!is_tick(tokens, i))
            continue;
        if (before) {
            last = i;
            first = caption_start(tokens, page, i, is_first);
        } else {
            last = first + words_after(tokens, first);
        }
        is_first = false;
        if (last - first <= CAPTION_MAX)
            claim(owners, first, last, i);
    }
    return owners;
}
