/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-lines.c - lines of one cell, or of a page outside its tables, by position.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-lines.h"

#define WIDE_GAP 1.5      /* of the font's size: what parts two texts on one line */
#define WIDE_GAP_TICK 2.5 /* after a box to tick */
#define TALL 22.0         /* points: a field as high as this has several lines */

enum {
    LOOK_BACK = 12, /* lines in which a piece may still belong */
};

bool
parsers_pdf_lines_is_tick(const ParsersPdfItem *item)
{
    return item->kind == PARSERS_PDF_BOX ||
           (item->kind == PARSERS_PDF_WIDGET && item->widget->span.kind == PARSERS_SPAN_CHECKBOX);
}

static bool
is_control(const ParsersPdfItem *item)
{
    return item->kind == PARSERS_PDF_WIDGET && item->widget->span.kind == PARSERS_SPAN_CONTROL;
}

static bool
is_tall(const ParsersPdfItem *item)
{
    return item->kind == PARSERS_PDF_WIDGET && item->box[3] - item->box[1] >= TALL;
}

static void
free_line(gpointer data)
{
    ParsersPdfLine *line = data;

    g_ptr_array_unref(line->items);
    g_array_unref(line->segments);
    g_free(line);
}

static int
compare_middles(gconstpointer left, gconstpointer right)
{
    const ParsersPdfItem *a = *(const ParsersPdfItem *const *)left;
    const ParsersPdfItem *b = *(const ParsersPdfItem *const *)right;
    double first = a->box[1] + a->box[3];
    double second = b->box[1] + b->box[3];

    if (first != second)
        return first < second ? -1 : 1;
    return (a->box[0] > b->box[0]) - (a->box[0] < b->box[0]);
}

static int
compare_lefts(gconstpointer left, gconstpointer right)
{
    const ParsersPdfItem *a = *(const ParsersPdfItem *const *)left;
    const ParsersPdfItem *b = *(const ParsersPdfItem *const *)right;

    return (a->box[0] > b->box[0]) - (a->box[0] < b->box[0]);
}

static int
compare_tops(gconstpointer left, gconstpointer right)
{
    const ParsersPdfLine *a = *(const ParsersPdfLine *const *)left;
    const ParsersPdfLine *b = *(const ParsersPdfLine *const *)right;

    return (a->top > b->top) - (a->top < b->top);
}

/* Sort what poppler has mostly sorted. */
static void
sort(GPtrArray *array, GCompareFunc compare)
{
    for (guint i = 1; i < array->len; i++)
        if (compare(&array->pdata[i - 1], &array->pdata[i]) > 0) {
            g_ptr_array_sort(array, compare);
            return;
        }
}

static bool
has_words(const ParsersPdfLine *line)
{
    for (guint i = 0; i < line->items->len; i++)
        if (((const ParsersPdfItem *)g_ptr_array_index(line->items, i))->kind == PARSERS_PDF_WORD)
            return true;
    return false;
}

/* Words set the height of a line; a field counts only until a word has come. */
static void
join_line(ParsersPdfLine *line, ParsersPdfItem *item)
{
    bool is_word = item->kind == PARSERS_PDF_WORD;

    if (line->items->len == 0 || (is_word && !has_words(line))) {
        line->top = item->box[1];
        line->bottom = is_tall(item) ? item->box[1] + 12 : item->box[3];
        line->size = item->size;
    } else if (is_word) {
        line->top = MIN(line->top, item->box[1]);
        line->bottom = MAX(line->bottom, item->box[3]);
    }
    g_ptr_array_add(line->items, item);
}

static ParsersPdfLine *
new_line(GPtrArray *lines)
{
    ParsersPdfLine *line = g_new0(ParsersPdfLine, 1);

    line->items = g_ptr_array_new();
    line->segments = g_array_new(FALSE, FALSE, sizeof(ParsersPdfSegment));
    g_ptr_array_add(lines, line);
    return line;
}

static bool
is_beside(const ParsersPdfLine *line, const ParsersPdfItem *item)
{
    double shared = MIN(line->bottom, item->box[3]) - MAX(line->top, item->box[1]);

    return shared >= 0.5 * MIN(line->bottom - line->top, item->box[3] - item->box[1]) && shared > 0;
}

static void
place_item(GPtrArray *lines, ParsersPdfItem *item)
{
    for (guint back = 0; back < MIN(lines->len, (guint)LOOK_BACK); back++) {
        ParsersPdfLine *line = g_ptr_array_index(lines, lines->len - 1 - back);

        if (is_beside(line, item)) {
            join_line(line, item);
            return;
        }
    }
    join_line(new_line(lines), item);
}

/* A tall field stands on the first line beside it. */
static void
place_tall(GPtrArray *lines, ParsersPdfItem *item)
{
    ParsersPdfLine *found = NULL;

    for (guint i = 0; i < lines->len; i++) {
        ParsersPdfLine *line = g_ptr_array_index(lines, i);
        double middle = (line->top + line->bottom) / 2;

        if (middle >= item->box[1] - 2 && middle <= item->box[3] + 2 &&
            (found == NULL || line->top < found->top))
            found = line;
    }
    join_line(found != NULL ? found : new_line(lines), item);
}

/* Room that a piece may keep from the one before and still belong to the same text. */
static double
room_after(const ParsersPdfItem *before, const ParsersPdfItem *item)
{
    double size = 0;

    /* A place to write on is a column of its own, beside its label. */
    if (before->kind == PARSERS_PDF_WORD && is_control(item))
        return 0.3 * before->size;
    size = MAX(before->kind == PARSERS_PDF_WORD ? before->size : item->size, 6);

    return size * (parsers_pdf_lines_is_tick(before) ? WIDE_GAP_TICK : WIDE_GAP);
}

static void
split_segments(ParsersPdfLine *line)
{
    ParsersPdfSegment segment = {0};
    double reach = 0;

    sort(line->items, compare_lefts);
    for (guint i = 0; i < line->items->len; i++) {
        const ParsersPdfItem *item = g_ptr_array_index(line->items, i);

        if (i > 0 &&
            item->box[0] - reach > room_after(g_ptr_array_index(line->items, i - 1), item)) {
            g_array_append_val(line->segments, segment);
            segment.first = i;
        }
        if (i == segment.first) {
            segment.left = item->box[0];
            reach = item->box[2];
        }
        reach = MAX(reach, item->box[2]);
        segment.right = reach;
        segment.last = i + 1;
    }
    g_array_append_val(line->segments, segment);
}

GPtrArray *
parsers_pdf_lines_build(const ParsersPdfPage *page, int cell, ParsersRegion region)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(free_line);
    g_autoptr(GPtrArray) items = g_ptr_array_new();

    for (guint i = 0; i < page->items->len; i++) {
        ParsersPdfItem *item = &g_array_index(page->items, ParsersPdfItem, i);

        if (item->cell == cell && item->region == region)
            g_ptr_array_add(items, item);
    }
    sort(items, compare_middles);
    for (guint i = 0; i < items->len; i++)
        if (!is_tall(g_ptr_array_index(items, i)))
            place_item(lines, g_ptr_array_index(items, i));
    for (guint i = 0; i < items->len; i++)
        if (is_tall(g_ptr_array_index(items, i)))
            place_tall(lines, g_ptr_array_index(items, i));
    sort(lines, compare_tops);
    for (guint i = 0; i < lines->len; i++)
        split_segments(g_ptr_array_index(lines, i));
    return lines;
}
