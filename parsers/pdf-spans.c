/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-spans.c - answers that only the borders of their labels part.
 *
 * Forms shade or frame their labels alone.  The room beside them is one cell then, though it holds
 * an answer for each.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-spans.h"

#include "parsers/pdf-text.h"

#include <math.h>

#define LEVEL 4.0 /* points within which two lines are on one height */

enum {
    ROWS_MAX = 60,   /* of one cell */
    CELLS_MAX = 600, /* of a table; a larger one is left as it is */
};

static ParsersPdfCell *
cell_at(const ParsersPdfTable *table, guint index)
{
    return &g_array_index(table->cells, ParsersPdfCell, index);
}

/* The cell of one row that ends where another cell begins, or NULL. */
static const ParsersPdfCell *
label_of(const ParsersPdfTable *table, const ParsersPdfCell *cell, guint row)
{
    for (guint i = 0; i < table->cells->len; i++) {
        const ParsersPdfCell *label = cell_at(table, i);

        if (label->row == row && label->row_span == 1 &&
            label->column + label->column_span == cell->column)
            return label;
    }
    return NULL;
}

/* The bottoms of the highest and lowest letters in a box, which is full to its sides. */
static bool
find_text(const GArray *glyphs, const double box[4], double out_bottoms[2])
{
    bool found = false;

    for (guint i = 0; i < glyphs->len; i++) {
        const double *glyph = g_array_index(glyphs, ParsersPdfGlyph, i).box;
        double x = (glyph[0] + glyph[2]) / 2;
        double y = (glyph[1] + glyph[3]) / 2;

        if (x <= box[0] || x >= box[2] || y <= box[1] || y >= box[3])
            continue;
        out_bottoms[0] = found ? MIN(out_bottoms[0], glyph[3]) : glyph[3];
        out_bottoms[1] = found ? MAX(out_bottoms[1], glyph[3]) : glyph[3];
        found = true;
    }
    return found;
}

/* The part of a cell beside a label.  Rows may be apart: what is between belongs to the upper. */
static void
part_box(const ParsersPdfTable *table, const ParsersPdfCell *cell, guint row, double out_box[4])
{
    const ParsersPdfCell *label = label_of(table, cell, row);
    const ParsersPdfCell *below =
        row + 1 < cell->row + cell->row_span ? label_of(table, cell, row + 1) : NULL;

    out_box[0] = cell->box[0];
    out_box[1] = row == cell->row ? cell->box[1] : label->box[1];
    out_box[2] = cell->box[2];
    out_box[3] = below == NULL ? cell->box[3] : below->box[1];
}

/* True if text in a part is on one height with its label, at its beginning or in its middle. */
static bool
is_level(const double answer[2], const double label[2])
{
    return fabs(answer[0] - label[0]) <= LEVEL ||
           fabs(answer[0] + answer[1] - label[0] - label[1]) <= LEVEL;
}

static bool
holds_answers(const ParsersPdfTable *table, const ParsersPdfCell *cell, const GArray *glyphs)
{
    guint answers = 0;

    for (guint row = cell->row; row < cell->row + cell->row_span; row++)
        if (label_of(table, cell, row) == NULL)
            return false;
    for (guint row = cell->row; row < cell->row + cell->row_span; row++) {
        double box[4];
        double answer[2];
        double label[2];

        part_box(table, cell, row, box);
        if (!find_text(glyphs, label_of(table, cell, row)->box, label))
            return false;
        if (!find_text(glyphs, box, answer))
            continue;
        if (!is_level(answer, label))
            return false;
        answers++;
    }
    return answers >= 2;
}

static int
compare_cells(gconstpointer left, gconstpointer right)
{
    const ParsersPdfCell *a = left;
    const ParsersPdfCell *b = right;

    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

static void
part(ParsersPdfTable *table, guint index)
{
    const ParsersPdfCell whole = *cell_at(table, index);
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(ParsersPdfCell));

    for (guint row = whole.row; row < whole.row + whole.row_span; row++) {
        ParsersPdfCell piece = whole;

        piece.row = row;
        piece.row_span = 1;
        part_box(table, &whole, row, piece.box);
        g_array_append_val(parts, piece);
    }
    *cell_at(table, index) = g_array_index(parts, ParsersPdfCell, 0);
    g_array_append_vals(table->cells, &g_array_index(parts, ParsersPdfCell, 1), parts->len - 1);
}

void
parsers_pdf_spans_part(ParsersPdfTable *table, const GArray *glyphs)
{
    const guint n_cells = table->cells->len;

    for (guint i = 0; n_cells <= CELLS_MAX && i < n_cells; i++) {
        const ParsersPdfCell *cell = cell_at(table, i);

        if (cell->row_span >= 2 && cell->row_span <= ROWS_MAX && cell->column > 0 &&
            holds_answers(table, cell, glyphs))
            part(table, i);
    }
    g_array_sort(table->cells, compare_cells);
}
