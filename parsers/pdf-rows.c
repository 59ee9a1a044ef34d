/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-rows.c - the rows of a table that is drawn without lines.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-rows.h"

#include <math.h>
#include <string.h>

#define SPACE 0.27    /* of the font's size: the least width of a space */
#define STEP_MOST 2.4 /* of the font's size: from one line of a cell to the next */
#define TIGHT 1.3     /* points by which lines of one cell may stand farther apart than the least */
#define MARGIN 4      /* points between a text and the next column, at the least */
#define ROOM_LEAST 2.0 /* points by which the letters of two lines may overlap */
#define MARGINS 12.0   /* the same, with all the room that borders usually keep */
#define PAD 4.0        /* points from a cell's border to its text */

enum {
    CELLS_MAX = 20000, /* of a page */
    HEADS = 5,         /* columns that are not pairs of label and answer */
};

/* What is known of a row while its lines are gathered. */
typedef struct {
    guint first; /* line */
    guint last;
    double bottom;
    double reach;                                          /* of its tall fields */
    const ParsersPdfItem *ends[PARSERS_PDF_BLOCK_COLUMNS]; /* last piece of each column */
} Row;

typedef struct {
    const ParsersPdfBlock *block;
    double least;    /* room between two lines, at the least */
    bool is_airy;    /* rows stand farther apart than lines */
    bool are_heads;  /* the first row tells what each column holds */
    bool has_colons; /* labels end in colons */
    double left;
    double right;
    double rights[PARSERS_PDF_BLOCK_COLUMNS]; /* of what stands in each column */
} Rows;

/* ---- Rows ---- */

static double
limit_of(const Rows *rows, guint column)
{
    return column < rows->block->edges->len ? g_array_index(rows->block->edges, double, column)
                                            : rows->right;
}

static bool
ends_label(const ParsersPdfPage *page, const ParsersPdfItem *item)
{
    gunichar last = 0;

    if (item->kind != PARSERS_PDF_WORD)
        return true;
    last = parsers_pdf_block_glyph(page, item->last - 1)->character;
    return last == ':' || last == '?';
}

static guint
count_columns(const Row *row)
{
    guint columns = 0;

    for (guint i = 0; i < G_N_ELEMENTS(row->ends); i++)
        columns += row->ends[i] != NULL;
    return columns;
}

/* True if a label goes on in a piece below it.  A line that has an answer as well begins a row. */
static bool
is_wrapped(const Rows *rows, const Row *row, const ParsersPdfLine *line)
{
    const ParsersPdfPage *page = rows->block->page;
    const ParsersPdfItem *item = parsers_pdf_block_first(rows->block, line, 0);
    const ParsersPdfItem *before = row->ends[0];
    gunichar first = 0;

    if (item->kind != PARSERS_PDF_WORD || ends_label(page, before))
        return false;
    first = parsers_pdf_block_glyph(page, item->first)->character;
    if (first == '(' || first == '/')
        return true;
    if (parsers_pdf_block_is_bold(page, before) != parsers_pdf_block_is_bold(page, item))
        return false;
    if (g_unichar_islower(first) || rows->has_colons)
        return true;
    return parsers_pdf_block_column(rows->block->edges,
                                    g_ptr_array_index(line->items, line->items->len - 1)) == 0 &&
           before->box[2] + SPACE * item->size + item->box[2] - item->box[0] >
               limit_of(rows, 0) - MARGIN;
}

/* True if a line under column heads is the rest of the row above: no piece of it had room there,
 * and it stands in fewer columns. */
static bool
is_rest(const Rows *rows, const Row *row, const ParsersPdfLine *line)
{
    guint columns = 0;

    for (guint i = 0; i <= rows->block->edges->len; i++) {
        const ParsersPdfItem *item = parsers_pdf_block_first(rows->block, line, i);

        if (item == NULL)
            continue;
        if (row->ends[i] == NULL || item->kind != PARSERS_PDF_WORD ||
            row->ends[i]->box[2] + SPACE * item->size + item->box[2] - item->box[0] <=
                limit_of(rows, i) - MARGINS)
            return false;
        columns++;
    }
    return columns < count_columns(row);
}

/* True if the next line of a row that began without a label has it: labels may be centred beside
 * answers of several lines. */
static bool
is_label_below(const Rows *rows, guint index)
{
    const ParsersPdfLine *line = parsers_pdf_block_line(rows->block, index);
    const ParsersPdfLine *below = NULL;

    if (index + 1 >= rows->block->lines->len)
        return false;
    below = parsers_pdf_block_line(rows->block, index + 1);
    return parsers_pdf_block_first(rows->block, below, 0) != NULL &&
           below->top - line->bottom <= rows->least + TIGHT;
}

/* True if there is something to fill in. */
static bool
has_field(const ParsersPdfBlock *block, guint first, guint last)
{
    for (guint i = first; i < last; i++) {
        const ParsersPdfLine *line = parsers_pdf_block_line(block, i);

        for (guint j = 0; j < line->items->len; j++) {
            const ParsersPdfItem *item = g_ptr_array_index(line->items, j);

            if (item->kind != PARSERS_PDF_WORD)
                return true;
        }
    }
    return false;
}

static bool
goes_on(const Rows *rows, const Row *row, guint index)
{
    const ParsersPdfLine *line = parsers_pdf_block_line(rows->block, index);
    const ParsersPdfItem *label = parsers_pdf_block_first(rows->block, line, 0);
    double bottom = label != NULL && row->ends[0] != NULL ? row->ends[0]->box[3] : row->bottom;
    double top = label != NULL && row->ends[0] != NULL ? label->box[1] : line->top;
    bool tight = top - bottom <= rows->least + TIGHT;

    if ((line->top + line->bottom) / 2 < row->reach)
        return true;
    if (line->bottom - row->bottom > STEP_MOST * MAX(line->size, 6))
        return false;
    if (label == NULL)
        return tight || !rows->is_airy || !is_label_below(rows, index);
    if (!tight || (row->ends[0] == NULL && count_columns(row) > 1))
        return false;
    if (rows->is_airy && !(has_field(rows->block, index, index + 1) &&
                           has_field(rows->block, row->first, row->last)))
        return true;
    if (row->ends[0] == NULL)
        return false;
    return rows->are_heads ? is_rest(rows, row, line) : is_wrapped(rows, row, line);
}

static void
take_line(const Rows *rows, Row *row, guint index)
{
    const ParsersPdfLine *line = parsers_pdf_block_line(rows->block, index);

    row->last = index + 1;
    row->bottom = row->last == row->first + 1 ? line->bottom : MAX(row->bottom, line->bottom);
    for (guint i = 0; i < line->items->len; i++) {
        const ParsersPdfItem *item = g_ptr_array_index(line->items, i);

        row->ends[parsers_pdf_block_column(rows->block->edges, item)] = item;
        if (item->kind == PARSERS_PDF_WIDGET)
            row->reach = MAX(row->reach, item->box[3]);
    }
}

static GArray *
find_rows(const Rows *rows)
{
    GArray *found = g_array_new(FALSE, TRUE, sizeof(Row));
    Row row = {0};

    take_line(rows, &row, 0);
    for (guint i = 1; i < rows->block->lines->len; i++) {
        if (!goes_on(rows, &row, i)) {
            g_array_append_val(found, row);
            row = (Row){.first = i};
        }
        take_line(rows, &row, i);
    }
    g_array_append_val(found, row);
    return found;
}

/* ---- Tables ---- */

/* Room between a line and the one above, where both have words in one column. */
static bool
room_above(const ParsersPdfBlock *block, guint index, double *out_room)
{
    double room = G_MAXDOUBLE;

    for (guint column = 0; index > 0 && column <= block->edges->len; column++) {
        const ParsersPdfItem *above =
            parsers_pdf_block_first(block, parsers_pdf_block_line(block, index - 1), column);
        const ParsersPdfItem *item =
            parsers_pdf_block_first(block, parsers_pdf_block_line(block, index), column);

        if (above != NULL && item != NULL && above->kind == PARSERS_PDF_WORD &&
            item->kind == PARSERS_PDF_WORD)
            room = MIN(room, item->box[1] - above->box[3]);
    }
    if (room == G_MAXDOUBLE)
        return false;
    *out_room = room;
    return true;
}

static void
measure_widths(Rows *rows)
{
    const ParsersPdfBlock *block = rows->block;

    rows->left = G_MAXDOUBLE;
    for (guint i = 0; i < block->lines->len; i++) {
        const ParsersPdfLine *line = parsers_pdf_block_line(block, i);

        for (guint j = 0; j < line->items->len; j++) {
            const ParsersPdfItem *item = g_ptr_array_index(line->items, j);
            double *right = &rows->rights[parsers_pdf_block_column(block->edges, item)];

            rows->left = MIN(rows->left, item->box[0]);
            *right = MAX(*right, item->box[2]);
            rows->right = MAX(rows->right, item->box[2]);
        }
    }
}

static void
measure_rooms(Rows *rows)
{
    const ParsersPdfBlock *block = rows->block;
    double room = 0;
    guint loose = 0;
    guint labels = 0;

    rows->least = G_MAXDOUBLE;
    for (guint i = 1; i < block->lines->len; i++)
        if (room_above(block, i, &room))
            rows->least = MIN(rows->least, MAX(room, -ROOM_LEAST));
    for (guint i = 1; i < block->lines->len; i++) {
        if (parsers_pdf_block_first(block, parsers_pdf_block_line(block, i), 0) == NULL ||
            !room_above(block, i, &room))
            continue;
        labels++;
        loose += room > rows->least + TIGHT;
    }
    if (rows->least == G_MAXDOUBLE)
        rows->least = 0;
    rows->is_airy = loose > 0 && 2 * loose >= labels;
}

static bool
is_full(const ParsersPdfBlock *block, const ParsersPdfLine *line)
{
    for (guint i = 0; i <= block->edges->len; i++)
        if (parsers_pdf_block_first(block, line, i) == NULL)
            return false;
    return true;
}

/* True if most labels end in colons. */
static bool
have_colons(const ParsersPdfBlock *block)
{
    guint colons = 0;
    guint all = 0;

    for (guint i = 0; i < block->lines->len; i++) {
        const ParsersPdfItem *last = NULL;
        const ParsersPdfLine *line = parsers_pdf_block_line(block, i);

        for (guint j = 0; j < line->items->len; j++)
            if (parsers_pdf_block_column(block->edges, g_ptr_array_index(line->items, j)) == 0)
                last = g_ptr_array_index(line->items, j);
        if (last == NULL || last->kind != PARSERS_PDF_WORD)
            continue;
        all++;
        colons += parsers_pdf_block_glyph(block->page, last->last - 1)->character == ':';
    }
    return all > 1 && 2 * colons >= all;
}

static void
measure_looks(Rows *rows)
{
    const ParsersPdfBlock *block = rows->block;
    const ParsersPdfLine *last = parsers_pdf_block_line(block, block->lines->len - 1);

    rows->has_colons = have_colons(block);
    rows->are_heads =
        is_full(block, parsers_pdf_block_line(block, 0)) && !rows->has_colons &&
        (block->edges->len + 1 >= HEADS ||
         (parsers_pdf_block_is_all_bold(block->page, parsers_pdf_block_line(block, 0)) &&
          !parsers_pdf_block_is_bold(block->page, g_ptr_array_index(last->items, 0))));
}

static void
add_cell(const Rows *rows, ParsersPdfTable *table, guint row, guint column, const double ys[2])
{
    ParsersPdfPage *page = rows->block->page;
    const GArray *edges = rows->block->edges;
    ParsersPdfCell cell = {.row = row, .column = column, .row_span = 1, .column_span = 1};
    ParsersPdfHome home = {.table = page->tables->len};

    cell.box[0] = (column == 0 ? rows->left : g_array_index(edges, double, column - 1)) - PAD;
    cell.box[1] = ys[0];
    /* Its longest line says where text is wrapped. */
    cell.box[2] = MAX(cell.box[0], rows->rights[column]) + PAD + 1;
    if (column < edges->len)
        cell.box[2] = MIN(cell.box[2], g_array_index(edges, double, column) - PAD);
    cell.box[3] = ys[1];
    memcpy(home.box, cell.box, sizeof(home.box));
    g_array_append_val(table->cells, cell);
    g_array_append_val(page->cells, home);
}

static void
place_items(const Rows *rows, const Row *row, guint first_cell)
{
    for (guint i = row->first; i < row->last; i++) {
        const ParsersPdfLine *line = parsers_pdf_block_line(rows->block, i);

        for (guint j = 0; j < line->items->len; j++) {
            ParsersPdfItem *item = g_ptr_array_index(line->items, j);

            item->cell = (int)(first_cell + parsers_pdf_block_column(rows->block->edges, item));
        }
    }
}

static void
add_table(const Rows *rows, const GArray *found)
{
    ParsersPdfPage *page = rows->block->page;
    guint n_columns = rows->block->edges->len + 1;
    ParsersPdfTable *table = g_new0(ParsersPdfTable, 1);
    int outside = -1;

    table->cells = g_array_new(FALSE, FALSE, sizeof(ParsersPdfCell));
    table->n_rows = found->len;
    for (guint i = 0; i < found->len; i++) {
        const Row *row = &g_array_index(found, Row, i);
        double ys[2] = {parsers_pdf_block_line(rows->block, row->first)->top, row->bottom};
        guint first_cell = page->cells->len;

        for (guint column = 0; column < n_columns; column++)
            add_cell(rows, table, i, column, ys);
        place_items(rows, row, first_cell);
    }
    table->box[0] = rows->left - PAD;
    table->box[1] = parsers_pdf_block_line(rows->block, 0)->top;
    table->box[2] = rows->right + PAD;
    table->box[3] = g_array_index(found, Row, found->len - 1).bottom;
    g_ptr_array_add(page->tables, table);
    g_array_append_val(page->parents, outside);
}

/* Lines without a heading among them. */
static void
add_part(const ParsersPdfBlock *block)
{
    Rows rows = {.block = block};
    g_autoptr(GArray) found = NULL;

    if (block->lines->len == 0 || block->page->cells->len > CELLS_MAX)
        return;
    measure_widths(&rows);
    measure_rooms(&rows);
    measure_looks(&rows);
    found = find_rows(&rows);
    add_table(&rows, found);
}

void
parsers_pdf_rows_add(const ParsersPdfBlock *block)
{
    g_autoptr(GPtrArray) part = g_ptr_array_new();
    ParsersPdfBlock piece = *block;
    ParsersPdfLabels labels = parsers_pdf_block_labels(block);

    piece.lines = part;
    for (guint i = 0; i < block->lines->len; i++) {
        gpointer line = g_ptr_array_index(block->lines, i);

        if (!parsers_pdf_block_is_heading(block, line, &labels)) {
            g_ptr_array_add(part, line);
            continue;
        }
        add_part(&piece);
        g_ptr_array_set_size(part, 0);
    }
    add_part(&piece);
}
