/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-grid.c - tables and boxes to tick, from the lines drawn on a PDF page.
 *
 * Lines that touch make one grid.  Its positions cut the plane into base cells; base
 * cells with no line between them grow into one cell.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-grid.h"

#include <math.h>

#define TOUCH 3.0     /* points within which two lines meet */
#define SAME_LINE 3.6 /* points within which two positions are one */
#define COVERED 0.7   /* share of a side that must be drawn to part two cells */
#define THIN 5.5      /* points; no cell is as narrow or as low */
#define BOX_SMALLEST 5.5
#define BOX_LARGEST 17.0

enum {
    PAIRS_MAX = 4 * 1000 * 1000, /* of a horizontal and a vertical line */
    POSITIONS_MAX = 160,         /* of one grid in one direction */
};

static const ParsersPdfRule *
rule_at(const GArray *rules, guint index)
{
    return &g_array_index(rules, ParsersPdfRule, index);
}

/* ---- Boxes to tick ---- */

static bool
is_side_drawn(const GArray *horizontal, double y, double left, double right)
{
    for (guint i = 0; i < horizontal->len; i++) {
        const ParsersPdfRule *rule = rule_at(horizontal, i);

        if (fabs(rule->position - y) <= SAME_LINE && rule->start <= left + 2 &&
            rule->end >= right - 2)
            return true;
    }
    return false;
}

static bool
is_box(const GArray *horizontal, const ParsersPdfRule *left, const ParsersPdfRule *right)
{
    double width = right->position - left->position;
    double height = left->end - left->start;

    return width >= BOX_SMALLEST && width <= BOX_LARGEST && height >= BOX_SMALLEST &&
           height <= BOX_LARGEST && width / height > 0.7 && width / height < 1.4 &&
           fabs(left->start - right->start) <= 2.6 && fabs(left->end - right->end) <= 2.6 &&
           is_side_drawn(horizontal, left->start, left->position, right->position) &&
           is_side_drawn(horizontal, left->end, left->position, right->position);
}

static bool
lies_within(const ParsersPdfRule *rule, double near, double far, double start, double end)
{
    return rule->position >= near - 2 && rule->position <= far + 2 && rule->start >= start - 2 &&
           rule->end <= end + 2;
}

static void
remove_inside(GArray *horizontal, GArray *vertical, const double box[4])
{
    for (guint i = horizontal->len; i > 0; i--)
        if (lies_within(rule_at(horizontal, i - 1), box[1], box[3], box[0], box[2]))
            g_array_remove_index(horizontal, i - 1);
    for (guint i = vertical->len; i > 0; i--)
        if (lies_within(rule_at(vertical, i - 1), box[0], box[2], box[1], box[3]))
            g_array_remove_index(vertical, i - 1);
}

/* The box whose left side is a vertical line, if there is one. */
static bool
box_from(const GArray *horizontal, const GArray *vertical, guint from, ParsersPdfBox *out_box)
{
    const ParsersPdfRule *left = rule_at(vertical, from);

    for (guint i = from + 1; i < vertical->len; i++) {
        const ParsersPdfRule *right = rule_at(vertical, i);

        if (right->position - left->position > BOX_LARGEST)
            return false;
        if (!is_box(horizontal, left, right))
            continue;
        out_box->box[0] = left->position;
        out_box->box[1] = left->start;
        out_box->box[2] = right->position;
        out_box->box[3] = left->end;
        return true;
    }
    return false;
}

GArray *
parsers_pdf_grid_boxes(GArray *horizontal, GArray *vertical)
{
    GArray *boxes = g_array_new(FALSE, FALSE, sizeof(ParsersPdfBox));

    for (guint i = 0; i < vertical->len && boxes->len < 500;) {
        ParsersPdfBox box = {0};
        double length = rule_at(vertical, i)->end - rule_at(vertical, i)->start;

        if (length > BOX_LARGEST || !box_from(horizontal, vertical, i, &box)) {
            i++;
            continue;
        }
        g_array_append_val(boxes, box);
        remove_inside(horizontal, vertical, box.box);
    }
    return boxes;
}

/* ---- Grids ---- */

/* Lines that touch, as sets: horizontal ones first, then vertical ones. */
static guint
find_root(guint *parents, guint index)
{
    while (parents[index] != index) {
        parents[index] = parents[parents[index]];
        index = parents[index];
    }
    return index;
}

static bool
do_touch(const ParsersPdfRule *horizontal, const ParsersPdfRule *vertical)
{
    return vertical->position >= horizontal->start - TOUCH &&
           vertical->position <= horizontal->end + TOUCH &&
           horizontal->position >= vertical->start - TOUCH &&
           horizontal->position <= vertical->end + TOUCH;
}

static guint *
join_touching(const GArray *horizontal, const GArray *vertical)
{
    guint n = horizontal->len + vertical->len;
    guint *parents = g_new(guint, MAX(n, 1));

    for (guint i = 0; i < n; i++)
        parents[i] = i;
    if ((guint64)horizontal->len * vertical->len > PAIRS_MAX)
        return parents;
    for (guint i = 0; i < horizontal->len; i++)
        for (guint j = 0; j < vertical->len; j++)
            if (do_touch(rule_at(horizontal, i), rule_at(vertical, j)))
                parents[find_root(parents, horizontal->len + j)] = find_root(parents, i);
    return parents;
}

static int
compare_doubles(gconstpointer left, gconstpointer right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a > b) - (a < b);
}

GArray *
parsers_pdf_grid_distinct(GArray *positions, double apart)
{
    GArray *kept = g_array_new(FALSE, FALSE, sizeof(double));

    g_array_sort(positions, compare_doubles);
    for (guint i = 0; i < positions->len; i++) {
        double position = g_array_index(positions, double, i);

        if (kept->len == 0 || position - g_array_index(kept, double, kept->len - 1) > apart)
            g_array_append_val(kept, position);
    }
    return kept;
}

/* The positions at which a grid is cut: those of its lines, and where the crossing lines end. */
static GArray *
cut_positions(const GArray *lines, const GArray *crossing)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(double));
    double least = G_MAXDOUBLE;
    double most = -G_MAXDOUBLE;

    for (guint i = 0; i < lines->len; i++)
        g_array_append_val(all, rule_at(lines, i)->position);
    for (guint i = 0; i < crossing->len; i++) {
        least = MIN(least, rule_at(crossing, i)->start);
        most = MAX(most, rule_at(crossing, i)->end);
    }
    g_array_append_val(all, least);
    g_array_append_val(all, most);
    return parsers_pdf_grid_distinct(all, SAME_LINE);
}

typedef struct {
    const GArray *horizontal;
    const GArray *vertical;
    GArray *xs;
    GArray *ys;
    guint n_columns; /* base cells in a row */
    guint n_rows;
    guint8 *left;  /* 1 when a line parts the base cell from its left neighbour */
    guint8 *above; /* 1 when a line parts the base cell from the one above */
    guint8 *taken;
} Grid;

static double
overlap(double start, double end, double from, double to)
{
    return MAX(0, MIN(end, to) - MAX(start, from));
}

static bool
is_parted(const GArray *lines, double position, double from, double to)
{
    double covered = 0;

    for (guint i = 0; i < lines->len; i++) {
        const ParsersPdfRule *rule = rule_at(lines, i);

        if (rule->position >= position - 1 && rule->position <= position + SAME_LINE)
            covered = MAX(covered, overlap(rule->start - TOUCH, rule->end + TOUCH, from, to));
    }
    return covered >= COVERED * (to - from);
}

static void
find_walls(Grid *grid)
{
    for (guint row = 0; row < grid->n_rows; row++)
        for (guint column = 0; column < grid->n_columns; column++) {
            double x = g_array_index(grid->xs, double, column);
            double y = g_array_index(grid->ys, double, row);
            gsize at = (gsize)row * grid->n_columns + column;

            grid->left[at] =
                is_parted(grid->vertical, x, y, g_array_index(grid->ys, double, row + 1));
            grid->above[at] =
                is_parted(grid->horizontal, y, x, g_array_index(grid->xs, double, column + 1));
        }
}

/* True if row `row` of base cells can join a cell that spans columns first to last - 1. */
static bool
row_joins(const Grid *grid, guint row, guint first, guint last)
{
    for (guint column = first; column < last; column++) {
        gsize at = (gsize)row * grid->n_columns + column;

        if (grid->taken[at] || grid->above[at] || (column > first && grid->left[at]))
            return false;
    }
    return true;
}

static ParsersPdfCell
grow_cell(Grid *grid, guint row, guint column)
{
    guint last = column + 1;
    guint below = row + 1;
    gsize base = (gsize)row * grid->n_columns;

    while (last < grid->n_columns && !grid->left[base + last] && !grid->taken[base + last])
        last++;
    while (below < grid->n_rows && row_joins(grid, below, column, last))
        below++;
    for (guint y = row; y < below; y++)
        for (guint x = column; x < last; x++)
            grid->taken[(gsize)y * grid->n_columns + x] = 1;
    return (ParsersPdfCell){
        .box = {g_array_index(grid->xs, double, column), g_array_index(grid->ys, double, row),
                g_array_index(grid->xs, double, last), g_array_index(grid->ys, double, below)},
        .row = row,
        .column = column,
        .row_span = below - row,
        .column_span = last - column,
    };
}

/* Between two lines of one border, or between two boxes, nothing can be written. */
static void
drop_thin(GArray *cells)
{
    for (guint i = cells->len; i > 0; i--) {
        const double *box = g_array_index(cells, ParsersPdfCell, i - 1).box;

        if (box[2] - box[0] < THIN || box[3] - box[1] < THIN)
            g_array_remove_index(cells, i - 1);
    }
}

/* Drop grid rows and columns in which no cell starts, and count anew. */
static void
renumber(ParsersPdfTable *table, guint n_rows, guint n_columns)
{
    g_autofree guint *rows = g_new0(guint, n_rows + 1);
    g_autofree guint *columns = g_new0(guint, n_columns + 1);

    for (guint i = 0; i < table->cells->len; i++) {
        const ParsersPdfCell *cell = &g_array_index(table->cells, ParsersPdfCell, i);

        rows[cell->row + 1] = 1;
        columns[cell->column + 1] = 1;
    }
    for (guint i = 1; i <= n_rows; i++)
        rows[i] += rows[i - 1];
    for (guint i = 1; i <= n_columns; i++)
        columns[i] += columns[i - 1];
    for (guint i = 0; i < table->cells->len; i++) {
        ParsersPdfCell *cell = &g_array_index(table->cells, ParsersPdfCell, i);
        guint row = rows[cell->row + 1] - 1;
        guint column = columns[cell->column + 1] - 1;

        cell->row_span = rows[cell->row + cell->row_span] - row;
        cell->column_span = columns[cell->column + cell->column_span] - column;
        cell->row = row;
        cell->column = column;
    }
    table->n_rows = rows[n_rows];
}

static void
free_table(gpointer data)
{
    ParsersPdfTable *table = data;

    g_array_unref(table->cells);
    g_free(table);
}

static ParsersPdfTable *
cells_of(Grid *grid)
{
    ParsersPdfTable *table = g_new0(ParsersPdfTable, 1);

    table->cells = g_array_new(FALSE, FALSE, sizeof(ParsersPdfCell));
    table->box[0] = g_array_index(grid->xs, double, 0);
    table->box[1] = g_array_index(grid->ys, double, 0);
    table->box[2] = g_array_index(grid->xs, double, grid->n_columns);
    table->box[3] = g_array_index(grid->ys, double, grid->n_rows);
    for (guint row = 0; row < grid->n_rows; row++)
        for (guint column = 0; column < grid->n_columns; column++) {
            ParsersPdfCell cell;

            if (grid->taken[(gsize)row * grid->n_columns + column])
                continue;
            cell = grow_cell(grid, row, column);
            g_array_append_val(table->cells, cell);
        }
    drop_thin(table->cells);
    renumber(table, grid->n_rows, grid->n_columns);
    return table;
}

/* Two lines, the ends of which are at the two that cross them. */
static bool
are_bounds(const GArray *lines, const GArray *crossing)
{
    double first = MIN(rule_at(lines, 0)->position, rule_at(lines, 1)->position);
    double last = MAX(rule_at(lines, 0)->position, rule_at(lines, 1)->position);

    for (guint i = 0; i < 2; i++)
        if (fabs(rule_at(crossing, i)->start - first) > SAME_LINE / 2 ||
            fabs(rule_at(crossing, i)->end - last) > SAME_LINE / 2)
            return false;
    return true;
}

/* The frame of a field is no table, and a page has many. */
static bool
is_frame(const GArray *horizontal, const GArray *vertical)
{
    return horizontal->len == 2 && vertical->len == 2 && are_bounds(vertical, horizontal) &&
           are_bounds(horizontal, vertical);
}

/* One set of touching lines as a table, or NULL when it is only a box or a cross. */
static ParsersPdfTable *
build_table(const GArray *horizontal, const GArray *vertical)
{
    g_autoptr(GArray) xs = cut_positions(vertical, horizontal);
    g_autoptr(GArray) ys = cut_positions(horizontal, vertical);
    Grid grid = {.horizontal = horizontal, .vertical = vertical, .xs = xs, .ys = ys};
    g_autofree guint8 *left = NULL;
    g_autofree guint8 *above = NULL;
    g_autofree guint8 *taken = NULL;
    ParsersPdfTable *table = NULL;
    gsize n_cells = 0;

    if (xs->len < 2 || ys->len < 2 || xs->len > POSITIONS_MAX || ys->len > POSITIONS_MAX)
        return NULL;
    grid.n_columns = xs->len - 1;
    grid.n_rows = ys->len - 1;
    n_cells = (gsize)grid.n_columns * grid.n_rows;
    grid.left = left = g_new0(guint8, n_cells);
    grid.above = above = g_new0(guint8, n_cells);
    grid.taken = taken = g_new0(guint8, n_cells);
    find_walls(&grid);
    table = cells_of(&grid);
    if (table->cells->len < 2)
        g_clear_pointer((gpointer *)&table, free_table);
    return table;
}

static void
collect(const GArray *rules, guint *parents, guint offset, guint root, GArray *out)
{
    g_array_set_size(out, 0);
    for (guint i = 0; i < rules->len; i++)
        if (find_root(parents, offset + i) == root)
            g_array_append_val(out, *rule_at(rules, i));
}

GPtrArray *
parsers_pdf_grid_tables(const GArray *horizontal, const GArray *vertical)
{
    GPtrArray *tables = g_ptr_array_new_with_free_func(free_table);
    g_autofree guint *parents = join_touching(horizontal, vertical);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(ParsersPdfRule));
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(ParsersPdfRule));
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < vertical->len && g_hash_table_size(seen) < 2000; i++) {
        guint root = find_root(parents, horizontal->len + i);
        ParsersPdfTable *table = NULL;

        if (!g_hash_table_add(seen, GUINT_TO_POINTER(root)))
            continue;
        collect(horizontal, parents, 0, root, rows);
        collect(vertical, parents, horizontal->len, root, columns);
        if (rows->len < 2 || is_frame(rows, columns))
            continue;
        table = build_table(rows, columns);
        if (table != NULL)
            g_ptr_array_add(tables, table);
    }
    return tables;
}
