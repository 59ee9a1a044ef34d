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
#define PAD 4.0        /* points from a cell's border to its text */

enum {
    CELLS_MAX = 20000, /* of a page */
    ABBREVIATION = 8,  /* letters */
};

/* What is known of a row while its lines are gathered. */
typedef struct {
    guint first; /* line */
    guint last;
    double bottom;
    double reach;                                         /* of its tall fields */
    const ParsersPdfItem *ends[PARSERS_PDF_ROWS_COLUMNS]; /* last piece of each column */
} Row;

typedef struct {
    const ParsersPdfBlock *block;
    double least; /* room between two lines, at the least */
    bool is_airy; /* rows stand farther apart than lines */
    double left;
    double right;
    double rights[PARSERS_PDF_ROWS_COLUMNS]; /* of what stands in each column */
} Rows;

double
parsers_pdf_rows_reach(const ParsersPdfLine *line)
{
    double reach = line->bottom;

    for (guint i = 0; i < line->items->len; i++)
        reach = MAX(reach, ((const ParsersPdfItem *)g_ptr_array_index(line->items, i))->box[3]);
    return reach;
}

static const ParsersPdfLine *
line_at(const ParsersPdfBlock *block, guint index)
{
    return g_ptr_array_index(block->lines, index);
}

static guint
column_of(const GArray *edges, const ParsersPdfItem *item)
{
    guint column = 0;

    while (column < edges->len && item->box[0] >= g_array_index(edges, double, column) - 2)
        column++;
    return column;
}

static const ParsersPdfItem *
first_in(const ParsersPdfBlock *block, const ParsersPdfLine *line, guint column)
{
    for (guint i = 0; i < line->items->len; i++)
        if (column_of(block->edges, g_ptr_array_index(line->items, i)) == column)
            return g_ptr_array_index(line->items, i);
    return NULL;
}

static const ParsersPdfGlyph *
glyph_at(const ParsersPdfPage *page, guint index)
{
    return &g_array_index(page->glyphs, ParsersPdfGlyph, index);
}

/* ---- Headings ---- */

static bool
is_bold(const ParsersPdfPage *page, const ParsersPdfItem *item)
{
    return item->kind == PARSERS_PDF_WORD &&
           (glyph_at(page, item->first)->flags & PARSERS_SPAN_BOLD) != 0;
}

static bool
is_all_bold(const ParsersPdfPage *page, const ParsersPdfLine *line)
{
    for (guint i = 0; i < line->items->len; i++)
        if (!is_bold(page, g_ptr_array_index(line->items, i)))
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
        if (g_unichar_islower(glyph_at(page, i)->character))
            return -1;
        capitals += g_unichar_isupper(glyph_at(page, i)->character);
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
    return is_bold(page, g_ptr_array_index(line->items, 0));
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
        const ParsersPdfLine *line = line_at(block, i);
        const ParsersPdfItem *last = g_ptr_array_index(line->items, line->items->len - 1);

        if (first_in(block, line, 0) == NULL || column_of(block->edges, last) == 0)
            continue;
        all++;
        alike += looks(block->page, line);
    }
    return 2 * alike >= all;
}

/* The size of letters that most lines have. */
static double
usual_size(const ParsersPdfBlock *block)
{
    double sum = 0;

    for (guint i = 0; i < block->lines->len; i++)
        sum += line_at(block, i)->size;
    return sum / block->lines->len;
}

/* What the headings of one form differ in from its labels. */
typedef struct {
    bool bold;     /* labels are */
    bool capitals; /* labels are in */
    double size;
} Labels;

static bool
is_heading(const ParsersPdfBlock *block, const ParsersPdfLine *line, const Labels *labels)
{
    const ParsersPdfItem *last = g_ptr_array_index(line->items, line->items->len - 1);

    if (column_of(block->edges, last) > 0 || last->kind != PARSERS_PDF_WORD)
        return false;
    return (!labels->bold && is_all_bold(block->page, line)) ||
           (!labels->capitals && is_all_capital(block->page, line)) ||
           line->size > 1.15 * labels->size;
}

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
    last = glyph_at(page, item->last - 1)->character;
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
is_wrapped(const Rows *rows, const Row *row, const ParsersPdfLine *line, bool tight)
{
    const ParsersPdfPage *page = rows->block->page;
    const ParsersPdfItem *item = first_in(rows->block, line, 0);
    const ParsersPdfItem *before = row->ends[0];
    gunichar first = 0;

    if (before == NULL)
        return rows->is_airy && tight && count_columns(row) == 1;
    if (item->kind != PARSERS_PDF_WORD || ends_label(page, before))
        return false;
    first = glyph_at(page, item->first)->character;
    if (first == '(' || first == '/')
        return true;
    if (is_bold(page, before) != is_bold(page, item))
        return false;
    if (g_unichar_islower(first))
        return true;
    return column_of(rows->block->edges, g_ptr_array_index(line->items, line->items->len - 1)) ==
               0 &&
           before->box[2] + SPACE * item->size + item->box[2] - item->box[0] >
               limit_of(rows, 0) - MARGIN;
}

/* True if the next line of a row that began without a label has it: labels may be centred beside
 * answers of several lines. */
static bool
is_label_below(const Rows *rows, guint index)
{
    const ParsersPdfLine *line = line_at(rows->block, index);
    const ParsersPdfLine *below = NULL;

    if (index + 1 >= rows->block->lines->len)
        return false;
    below = line_at(rows->block, index + 1);
    return first_in(rows->block, below, 0) != NULL &&
           below->top - line->bottom <= rows->least + TIGHT;
}

static bool
goes_on(const Rows *rows, const Row *row, guint index)
{
    const ParsersPdfLine *line = line_at(rows->block, index);
    const ParsersPdfItem *label = first_in(rows->block, line, 0);
    double bottom = label != NULL && row->ends[0] != NULL ? row->ends[0]->box[3] : row->bottom;
    double top = label != NULL && row->ends[0] != NULL ? label->box[1] : line->top;
    bool tight = top - bottom <= rows->least + TIGHT;

    if ((line->top + line->bottom) / 2 < row->reach)
        return true;
    if (line->bottom - row->bottom > STEP_MOST * MAX(line->size, 6))
        return false;
    if (label == NULL)
        return tight || !rows->is_airy || !is_label_below(rows, index);
    if (rows->is_airy && !tight)
        return false;
    return is_wrapped(rows, row, line, tight);
}

static void
take_line(const Rows *rows, Row *row, guint index)
{
    const ParsersPdfLine *line = line_at(rows->block, index);

    row->last = index + 1;
    row->bottom = row->last == row->first + 1 ? line->bottom : MAX(row->bottom, line->bottom);
    for (guint i = 0; i < line->items->len; i++) {
        const ParsersPdfItem *item = g_ptr_array_index(line->items, i);

        row->ends[column_of(rows->block->edges, item)] = item;
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
        const ParsersPdfItem *above = first_in(block, line_at(block, index - 1), column);
        const ParsersPdfItem *item = first_in(block, line_at(block, index), column);

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
        const ParsersPdfLine *line = line_at(block, i);

        for (guint j = 0; j < line->items->len; j++) {
            const ParsersPdfItem *item = g_ptr_array_index(line->items, j);
            double *right = &rows->rights[column_of(block->edges, item)];

            rows->left = MIN(rows->left, item->box[0]);
            *right = MAX(*right, item->box[2]);
            rows->right = MAX(rows->right, item->box[2]);
        }
    }
}

static void
measure_rooms(Rows *rows)
{
    double least = G_MAXDOUBLE;
    double most = -G_MAXDOUBLE;

    for (guint i = 1; i < rows->block->lines->len; i++) {
        double room = 0;

        if (!room_above(rows->block, i, &room))
            continue;
        least = MIN(least, MAX(room, -ROOM_LEAST));
        most = MAX(most, room);
    }
    rows->least = least == G_MAXDOUBLE ? 0 : least;
    rows->is_airy = most > rows->least + TIGHT;
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
        const ParsersPdfLine *line = line_at(rows->block, i);

        for (guint j = 0; j < line->items->len; j++) {
            ParsersPdfItem *item = g_ptr_array_index(line->items, j);

            item->cell = (int)(first_cell + column_of(rows->block->edges, item));
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
        double ys[2] = {line_at(rows->block, row->first)->top, row->bottom};
        guint first_cell = page->cells->len;

        for (guint column = 0; column < n_columns; column++)
            add_cell(rows, table, i, column, ys);
        place_items(rows, row, first_cell);
    }
    table->box[0] = rows->left - PAD;
    table->box[1] = line_at(rows->block, 0)->top;
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
    found = find_rows(&rows);
    add_table(&rows, found);
}

void
parsers_pdf_rows_add(const ParsersPdfBlock *block)
{
    g_autoptr(GPtrArray) part = g_ptr_array_new();
    ParsersPdfBlock piece = *block;
    Labels labels = {.bold = is_usual(block, begins_bold),
                     .capitals = is_usual(block, begins_capital),
                     .size = usual_size(block)};

    piece.lines = part;
    for (guint i = 0; i < block->lines->len; i++) {
        gpointer line = g_ptr_array_index(block->lines, i);

        if (!is_heading(block, line, &labels)) {
            g_ptr_array_add(part, line);
            continue;
        }
        add_part(&piece);
        g_ptr_array_set_size(part, 0);
    }
    add_part(&piece);
}
