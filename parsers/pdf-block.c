/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-block.c - lines of a PDF page that stand in columns, and how they look.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-block.h"

enum {
    ABBREVIATION = 8, /* capitals; more are no abbreviation */
};

double
parsers_pdf_block_reach(const ParsersPdfLine *line)
{
    double reach = line->bottom;

    for (guint i = 0; i < line->items->len; i++)
        reach = MAX(reach, ((const ParsersPdfItem *)g_ptr_array_index(line->items, i))->box[3]);
    return reach;
}

const ParsersPdfLine *
parsers_pdf_block_line(const ParsersPdfBlock *block, guint index)
{
    return g_ptr_array_index(block->lines, index);
}

guint
parsers_pdf_block_column(const GArray *edges, const ParsersPdfItem *item)
{
    guint column = 0;

    while (column < edges->len && item->box[0] >= g_array_index(edges, double, column) - 2)
        column++;
    return column;
}

const ParsersPdfItem *
parsers_pdf_block_first(const ParsersPdfBlock *block, const ParsersPdfLine *line, guint column)
{
    for (guint i = 0; i < line->items->len; i++)
        if (parsers_pdf_block_column(block->edges, g_ptr_array_index(line->items, i)) == column)
            return g_ptr_array_index(line->items, i);
    return NULL;
}

const ParsersPdfGlyph *
parsers_pdf_block_glyph(const ParsersPdfPage *page, guint index)
{
    return &g_array_index(page->glyphs, ParsersPdfGlyph, index);
}

/* ---- Headings ---- */

bool
parsers_pdf_block_is_bold(const ParsersPdfPage *page, const ParsersPdfItem *item)
{
    return item->kind == PARSERS_PDF_WORD &&
           (parsers_pdf_block_glyph(page, item->first)->flags & PARSERS_SPAN_BOLD) != 0;
}

bool
parsers_pdf_block_is_all_bold(const ParsersPdfPage *page, const ParsersPdfLine *line)
{
    for (guint i = 0; i < line->items->len; i++)
        if (!parsers_pdf_block_is_bold(page, g_ptr_array_index(line->items, i)))
            return false;
    return true;
}

/* How many capitals a word has, or -1 when it has small letters or is none. */
static int
count_capitals(const ParsersPdfPage *page, const ParsersPdfItem *item)
{
    int capitals = 0;

    if (item->kind != PARSERS_PDF_WORD)
        return -1;
    for (guint i = item->first; i < item->last; i++) {
        if (g_unichar_islower(parsers_pdf_block_glyph(page, i)->character))
            return -1;
        capitals += g_unichar_isupper(parsers_pdf_block_glyph(page, i)->character);
    }
    return capitals;
}

/* True if words are in capitals, of which there are more than an abbreviation has. */
static bool
is_all_capital(const ParsersPdfPage *page, const ParsersPdfLine *line)
{
    int capitals = 0;

    for (guint i = 0; i < line->items->len; i++) {
        int more = count_capitals(page, g_ptr_array_index(line->items, i));

        if (more < 0)
            return false;
        capitals += more;
    }
    return capitals >= ABBREVIATION;
}

typedef bool (*Look)(const ParsersPdfPage *page, const ParsersPdfLine *line);

static bool
begins_bold(const ParsersPdfPage *page, const ParsersPdfLine *line)
{
    return parsers_pdf_block_is_bold(page, g_ptr_array_index(line->items, 0));
}

static bool
begins_capital(const ParsersPdfPage *page, const ParsersPdfLine *line)
{
    return count_capitals(page, g_ptr_array_index(line->items, 0)) > 1;
}

/* True if most of the lines that have a label and more begin with such a look. */
static bool
is_usual(const ParsersPdfBlock *block, Look looks)
{
    guint alike = 0;
    guint all = 0;

    for (guint i = 0; i < block->lines->len; i++) {
        const ParsersPdfLine *line = parsers_pdf_block_line(block, i);
        const ParsersPdfItem *last = g_ptr_array_index(line->items, line->items->len - 1);

        if (parsers_pdf_block_first(block, line, 0) == NULL ||
            parsers_pdf_block_column(block->edges, last) == 0)
            continue;
        all++;
        alike += looks(block->page, line);
    }
    return 2 * alike > all;
}

/* The size of letters that most lines have. */
static double
usual_size(const ParsersPdfBlock *block)
{
    double sum = 0;

    for (guint i = 0; i < block->lines->len; i++)
        sum += parsers_pdf_block_line(block, i)->size;
    return sum / block->lines->len;
}

static bool
is_number(const ParsersPdfPage *page, const ParsersPdfItem *item, guint least_dots, guint most_dots)
{
    guint dots = 0;

    if (item->kind != PARSERS_PDF_WORD)
        return false;
    for (guint i = item->first; i < item->last; i++) {
        gunichar character = parsers_pdf_block_glyph(page, i)->character;

        if (!g_unichar_isdigit(character) && character != '.')
            return false;
        dots += character == '.' && i + 1 < item->last;
    }
    return dots >= least_dots && dots <= most_dots;
}

/* "2.1" */
static bool
begins_with_part_number(const ParsersPdfPage *page, const ParsersPdfLine *line)
{
    return is_number(page, g_ptr_array_index(line->items, 0), 1, 3);
}

ParsersPdfLabels
parsers_pdf_block_labels(const ParsersPdfBlock *block)
{
    return (ParsersPdfLabels){.bold = is_usual(block, begins_bold),
                              .capitals = is_usual(block, begins_capital),
                              .numbers = is_usual(block, begins_with_part_number),
                              .size = usual_size(block)};
}

bool
parsers_pdf_block_is_heading(const ParsersPdfBlock *block, const ParsersPdfLine *line,
                             const ParsersPdfLabels *labels)
{
    const ParsersPdfItem *first = g_ptr_array_index(line->items, 0);
    const ParsersPdfItem *last = g_ptr_array_index(line->items, line->items->len - 1);

    if (parsers_pdf_block_column(block->edges, last) > 0 || last->kind != PARSERS_PDF_WORD)
        return false;
    return (!labels->bold && parsers_pdf_block_is_all_bold(block->page, line)) ||
           (!labels->capitals && is_all_capital(block->page, line)) ||
           (labels->numbers && is_number(block->page, first, 0, 0)) ||
           line->size > 1.15 * labels->size;
}
