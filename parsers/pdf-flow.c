/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-flow.c - paragraphs from the lines of a PDF page.
 *
 * A line goes on in the next one only if the next line's first word would not have fitted
 * on it.  Texts side by side are columns, and each of them is wrapped by itself.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-flow.h"

#include <math.h>
#include <string.h>

#define SPACE 0.27          /* of the font's size: the least width of a space */
#define LINE_STEP 1.8       /* of the font's size: the most from one line to the next */
#define LINE_STEP_FIELD 2.4 /* the same beside a tall field or a row of boxes */
#define INDENT 2.6          /* of the font's size: how far a wrapped line may be indented */

typedef struct {
    double left;
    double first_left;
    double right; /* of its last line */
    double limit;
    GArray *tokens; /* ParsersPdfToken */
} Column;

static void
clear_column(gpointer data)
{
    g_array_unref(((Column *)data)->tokens);
}

void
parsers_pdf_flow_free(ParsersPdfParagraph *paragraph)
{
    if (paragraph == NULL)
        return;
    g_array_unref(paragraph->columns);
    g_free(paragraph);
}

static Column *
column_at(const ParsersPdfParagraph *paragraph, guint index)
{
    return &g_array_index(paragraph->columns, Column, index);
}

static const ParsersPdfToken *
last_token(const Column *column)
{
    return &g_array_index(column->tokens, ParsersPdfToken, column->tokens->len - 1);
}

static const ParsersPdfGlyph *
first_glyph(const ParsersPdfPage *page, const ParsersPdfItem *word)
{
    return &g_array_index(page->glyphs, ParsersPdfGlyph, word->first);
}

static const ParsersPdfGlyph *
last_glyph(const ParsersPdfPage *page, const ParsersPdfItem *word)
{
    return &g_array_index(page->glyphs, ParsersPdfGlyph, word->last - 1);
}

static bool
is_bullet(const ParsersPdfPage *page, const ParsersPdfItem *item)
{
    return item->kind == PARSERS_PDF_WORD && item->last == item->first + 1 &&
           parsers_pdf_text_is_bullet(first_glyph(page, item)->character);
}

/* An address that is too long for its cell is cut anywhere. */
static bool
is_cut_address(const ParsersPdfPage *page, const ParsersPdfItem *before)
{
    for (guint i = before->first; i < before->last; i++) {
        gunichar character = g_array_index(page->glyphs, ParsersPdfGlyph, i).character;

        if (character == '@' || (character == '/' && before->last - before->first > 12))
            return true;
    }
    return false;
}

/* A word cut at the end of a line goes on without a space. */
static bool
is_cut_word(const ParsersPdfPage *page, const ParsersPdfItem *before, const ParsersPdfItem *item)
{
    gunichar last = 0;

    if (before->kind != PARSERS_PDF_WORD || item->kind != PARSERS_PDF_WORD ||
        before->last - before->first < 2)
        return false;
    last = last_glyph(page, before)->character;
    return last == 0xad ||
           ((last == '-' || last == 0x2010) &&
            g_unichar_isalpha(
                g_array_index(page->glyphs, ParsersPdfGlyph, before->last - 2).character) &&
            g_unichar_isalpha(first_glyph(page, item)->character));
}

/* True if a word and what follows it on the next line have no room on one line. */
static bool
is_too_long(const ParsersPdfPage *page, const ParsersPdfItem *before, const ParsersPdfItem *item,
            double room)
{
    return before->kind == PARSERS_PDF_WORD && item->kind == PARSERS_PDF_WORD &&
           is_cut_address(page, before) &&
           before->box[2] - before->box[0] + item->box[2] - item->box[0] > room;
}

static char
separator(const ParsersPdfPage *page, const ParsersPdfItem *before, const ParsersPdfItem *item,
          bool wrapped, double room)
{
    if (before == NULL)
        return 0;
    if (wrapped)
        return is_cut_word(page, before, item) || is_too_long(page, before, item, room) ? 0 : ' ';
    if (before->kind != PARSERS_PDF_WORD || item->kind != PARSERS_PDF_WORD)
        return ' ';
    return item->space_before || item->box[0] - before->box[2] > 0.15 * item->size ? ' ' : 0;
}

static void
add_segment(ParsersPdfParagraph *paragraph, Column *column, const ParsersPdfPage *page,
            const ParsersPdfLine *line, const ParsersPdfSegment *segment)
{
    const ParsersPdfItem *before = column->tokens->len == 0 ? NULL : last_token(column)->item;

    for (guint i = segment->first; i < segment->last; i++) {
        const ParsersPdfItem *item = g_ptr_array_index(line->items, i);
        ParsersPdfToken token = {.item = item, .line = paragraph->n_lines};

        token.before =
            separator(page, before, item, i == segment->first, column->limit - column->left);
        g_array_append_val(column->tokens, token);
        before = item;
        paragraph->box[0] = MIN(paragraph->box[0], item->box[0]);
        paragraph->box[1] = MIN(paragraph->box[1], item->box[1]);
        paragraph->box[2] = MAX(paragraph->box[2], item->box[2]);
        paragraph->box[3] = MAX(paragraph->box[3], item->box[3]);
        if (item->kind == PARSERS_PDF_WIDGET)
            paragraph->reach = MAX(paragraph->reach, item->box[3]);
    }
    column->right = segment->right;
}

ParsersPdfParagraph *
parsers_pdf_flow_new(const ParsersPdfPage *page, const ParsersPdfLine *line, double limit)
{
    ParsersPdfParagraph *paragraph = g_new0(ParsersPdfParagraph, 1);

    paragraph->columns = g_array_new(FALSE, TRUE, sizeof(Column));
    g_array_set_clear_func(paragraph->columns, clear_column);
    paragraph->box[0] = paragraph->box[1] = G_MAXDOUBLE;
    paragraph->bottom = line->bottom;
    paragraph->size = line->size;
    paragraph->limit = limit;
    paragraph->list_item = is_bullet(page, g_ptr_array_index(line->items, 0));
    for (guint i = 0; i < line->segments->len; i++) {
        const ParsersPdfSegment *segment = &g_array_index(line->segments, ParsersPdfSegment, i);
        Column column = {.left = segment->left, .first_left = segment->left, .limit = limit};

        column.tokens = g_array_new(FALSE, TRUE, sizeof(ParsersPdfToken));
        if (i + 1 < line->segments->len)
            column.limit = segment[1].left - 0.5 * line->size;
        g_array_append_val(paragraph->columns, column);
        add_segment(paragraph, column_at(paragraph, i), page, line, segment);
    }
    paragraph->n_lines = 1;
    return paragraph;
}

/* ---- Does the next line go on? ---- */

static bool
is_centred(const Column *column, const ParsersPdfSegment *segment)
{
    return fabs((column->first_left + column->right) - (segment->left + segment->right)) < 6;
}

/* The column that a segment stands under, or -1. */
static int
column_above(const ParsersPdfParagraph *paragraph, const ParsersPdfSegment *segment)
{
    double indent = INDENT * paragraph->size;

    for (guint i = 0; i < paragraph->columns->len; i++) {
        const Column *column = column_at(paragraph, i);

        if (fabs(segment->left - column->left) <= indent && segment->right <= column->limit + 4)
            return (int)i;
    }
    if (paragraph->columns->len == 1 && is_centred(column_at(paragraph, 0), segment))
        return 0;
    return -1;
}

/* A label may be bold and its answer not, on one line. */
static bool
is_same_style(const ParsersPdfPage *page, const ParsersPdfItem *before, const ParsersPdfItem *item)
{
    const ParsersPdfGlyph *last = last_glyph(page, before);
    const ParsersPdfGlyph *first = first_glyph(page, item);

    if (fabs(last->size - first->size) > 0.15 * last->size)
        return false;
    return last->character == ':' || last->character == '?' ||
           ((last->flags & PARSERS_SPAN_BOLD) == (first->flags & PARSERS_SPAN_BOLD) &&
            last->italic == first->italic);
}

static bool
is_leader(gunichar character)
{
    return character == '.' || character == '_' || character == 0x2026;
}

/* A line to write on ends in dots, and what follows is another one. */
static bool
ends_in_leaders(const ParsersPdfPage *page, const ParsersPdfItem *before,
                const ParsersPdfItem *item)
{
    guint leaders = 0;

    while (leaders < before->last - before->first &&
           is_leader(
               g_array_index(page->glyphs, ParsersPdfGlyph, before->last - 1 - leaders).character))
        leaders++;
    return leaders >= 4 && !is_leader(first_glyph(page, item)->character);
}

/* True if a word may follow another one in the same text. */
static bool
may_follow(const ParsersPdfPage *page, const ParsersPdfItem *before, const ParsersPdfItem *item)
{
    if (parsers_pdf_lines_is_tick(before))
        return true;
    return before->kind == PARSERS_PDF_WORD && is_same_style(page, before, item) &&
           !ends_in_leaders(page, before, item);
}

static guint
count_ticks(const Column *column)
{
    guint ticks = 0;

    for (guint i = 0; i < column->tokens->len; i++)
        ticks += parsers_pdf_lines_is_tick(g_array_index(column->tokens, ParsersPdfToken, i).item);
    return ticks;
}

static bool
would_not_fit(const Column *column, const ParsersPdfItem *item)
{
    return column->right + SPACE * item->size + (item->box[2] - item->box[0]) > column->limit - 0.5;
}

/* True if a segment continues the column above it. */
static bool
goes_on(const ParsersPdfParagraph *paragraph, const Column *column, const ParsersPdfPage *page,
        const ParsersPdfLine *line, const ParsersPdfSegment *segment)
{
    const ParsersPdfItem *item = g_ptr_array_index(line->items, segment->first);
    const ParsersPdfItem *before = last_token(column)->item;
    double step = (line->bottom - paragraph->bottom) / MAX(paragraph->size, 4);

    if (parsers_pdf_lines_is_tick(item))
        return count_ticks(column) >= 2 && step <= LINE_STEP_FIELD;
    if (item->kind != PARSERS_PDF_WORD || is_bullet(page, item) || !may_follow(page, before, item))
        return false;
    if (step <= LINE_STEP_FIELD && line->bottom <= paragraph->reach + 2 &&
        before->kind == PARSERS_PDF_WORD && paragraph->columns->len > 1)
        return true;
    return step <= LINE_STEP && would_not_fit(column, item);
}

bool
parsers_pdf_flow_add(ParsersPdfParagraph *paragraph, const ParsersPdfPage *page,
                     const ParsersPdfLine *line)
{
    guint n = line->segments->len;

    if (n > paragraph->columns->len)
        return false;
    for (guint i = 0; i < n; i++) {
        const ParsersPdfSegment *segment = &g_array_index(line->segments, ParsersPdfSegment, i);
        int column = column_above(paragraph, segment);

        if (column < 0 ||
            !goes_on(paragraph, column_at(paragraph, (guint)column), page, line, segment))
            return false;
    }
    for (guint i = 0; i < n; i++) {
        const ParsersPdfSegment *segment = &g_array_index(line->segments, ParsersPdfSegment, i);
        Column *column = column_at(paragraph, (guint)column_above(paragraph, segment));

        add_segment(paragraph, column, page, line, segment);
        column->left = MIN(column->left, segment->left);
    }
    paragraph->n_lines++;
    paragraph->bottom = line->bottom;
    return true;
}

GArray *
parsers_pdf_flow_tokens(const ParsersPdfParagraph *paragraph, const ParsersPdfPage *page)
{
    GArray *tokens = g_array_new(FALSE, TRUE, sizeof(ParsersPdfToken));

    for (guint i = 0; i < paragraph->columns->len; i++) {
        const Column *column = column_at(paragraph, i);
        guint first = tokens->len;

        g_array_append_vals(tokens, column->tokens->data, column->tokens->len);
        if (i > 0)
            g_array_index(tokens, ParsersPdfToken, first).before = '\t';
    }
    return tokens;
}
