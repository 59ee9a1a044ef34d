/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/table.c - labels and answers in tables, in whichever direction explains them.
 *
 * A row is a heading, a row of labels over rows of answers, or labels and answers
 * side by side.  The cells say which: where the labels are, what is empty, what
 * is dressed as a label, what was made for an answer.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/table.h"

#include "parsers/flow.h"

#include <string.h>

#define LABEL_BYTES_MAX 260u
#define ROW_CELLS_MAX 64u
#define HEAD_BYTES_MAX 80u /* of the head of a column */

typedef struct {
    ParsersContext *reading;
    const ParsersTable *grid;
    guint index;          /* of the row being read */
    ParsersAnswer *below; /* a label alone in its row: the next row may answer it */
    bool dressed;         /* that label was dressed as one, so its answer is not */
} Table;

static bool read_row(Table *table);
static GPtrArray *cells_of(Table *table, const GPtrArray *row);

static const GPtrArray *
row_at(const Table *table, guint index)
{
    return index < table->grid->rows->len ? g_ptr_array_index(table->grid->rows, index) : NULL;
}

static void
judge(const Table *table, ParsersTableCell *cell)
{
    parsers_table_judge(table->reading, table->grid, cell);
}

static ParsersAnswer *
begin_answer(Table *table, const ParsersTableCell *label, const ParsersTableCell *value)
{
    const ParsersPlace place = parsers_table_place(value != NULL ? value : label);

    return parsers_context_answer(table->reading, &label->label, label->text, &place);
}

/* The tables inside a cell, under what the cell says above them. */
static bool
read_nested(Table *table, const ParsersTableCell *cell)
{
    g_autofree char *outer = g_strdup(table->reading->heading);
    bool any = false;

    for (guint i = 0; i < cell->cell->blocks->len; i++) {
        const ParsersBlock *block = g_ptr_array_index(cell->cell->blocks, i);

        if (block->kind != PARSERS_BLOCK_TABLE)
            continue;
        if (!any && !cell->empty && strlen(cell->text) < 60) {
            g_free(table->reading->heading);
            table->reading->heading = g_strdup(cell->text);
        }
        any = true;
        parsers_table_read(table->reading, block);
    }
    if (any) {
        g_free(table->reading->heading);
        table->reading->heading = g_steal_pointer(&outer);
    }
    return any;
}

/* ---- A cell that has its row for itself ---- */

static void
read_free_text(Table *table, const ParsersTableCell *cell)
{
    for (guint i = 0; i < cell->lines->len; i++)
        parsers_flow_line(table->reading, g_ptr_array_index(cell->lines, i));
}

/* Its words are a question. */
static bool
asks_in_words(const Table *table, const ParsersTableCell *cell)
{
    return cell->lines->len > 0 &&
           parsers_flow_question(table->reading, parsers_slice(g_ptr_array_index(cell->lines, 0)));
}

/* True if the next row is an answer and nothing else: one cell, or none with anything in it. */
static bool
answered_below(Table *table)
{
    const GPtrArray *row = row_at(table, table->index + 1);
    g_autoptr(GPtrArray) cells = row != NULL ? cells_of(table, row) : NULL;
    ParsersTableCell *only = NULL;

    if (cells == NULL || cells->len != 1)
        return false;
    only = g_ptr_array_index(cells, 0);
    judge(table, only);
    return !only->strong && !only->lone_label && !only->opens;
}

/* A heading that asks for something itself ("Details of concern", "Who is the adult?"): the next
 * row answers it. */
static bool
heading_asks(Table *table, const ParsersTableCell *cell)
{
    if (parsers_context_closed(table->reading) || cell->label.kind != PARSERS_LABEL_FIELD ||
        cell->label.score < 0.95)
        return false;
    if (cell->label.field->type == PARSERS_TYPE_TEXT && table->reading->known > 0)
        return true;
    return cell->label.own && (!cell->label.bare || strchr(cell->text, '?') != NULL) &&
           answered_below(table);
}

static void
read_lone(Table *table, ParsersTableCell *cell)
{
    ParsersAnswer *below = table->below;
    const bool dressed = below != NULL && below->slices->len == 0 && table->dressed;
    ParsersHeading heading = {0};

    table->below = NULL;
    table->dressed = cell->strong;
    if (read_nested(table, cell))
        return;
    judge(table, cell);
    if (!cell->empty && !cell->answers && strlen(cell->text) <= LABEL_BYTES_MAX &&
        !(dressed && !cell->strong))
        heading = parsers_lexicon_heading(table->reading->form->lexicon, cell->text);
    if (heading.score < 0.6) /* what is likely a heading is not guessed to be a label */
        parsers_table_guess_lone(table->reading, cell, below != NULL && below->slices->len == 0);
    if (heading.score >= (cell->strong && !asks_in_words(table, cell) ? 0.6 : 0.8) &&
        (!cell->lone_label || cell->strong) &&
        !parsers_table_asks_rather(cell, &heading, answered_below(table))) {
        parsers_context_heading(table->reading, cell->text, true);
        if (heading_asks(table, cell))
            table->below = begin_answer(table, cell, NULL);
    } else if (dressed && !cell->strong && cell->lone_label && cell->label.words <= 1) {
        /* "Father", below "Relationship". */
        parsers_table_take(below, cell);
    } else if (cell->lone_label && cell->label.kind != PARSERS_LABEL_OTHER) {
        if (!parsers_context_closed(table->reading))
            table->below = begin_answer(table, cell, NULL);
    } else if (below != NULL && below->slices->len == 0 && (!cell->strong || cell->answers) &&
               !cell->opens && !(cell->bold || asks_in_words(table, cell))) {
        parsers_table_take(below, cell);
    } else if (cell->strong && !cell->opens && asks_in_words(table, cell) &&
               answered_below(table)) {
        /* A question that we do not know is no heading. */
        cell->label = (ParsersLabel){.kind = PARSERS_LABEL_OTHER};
        if (!parsers_context_closed(table->reading))
            table->below = begin_answer(table, cell, NULL);
    } else if (cell->strong && cell->lines->len <= 2 && strlen(cell->text) < 120) {
        parsers_context_heading(table->reading, cell->text, true);
    } else if (!parsers_context_closed(table->reading) &&
               parsers_flow_cell(table->reading, cell->lines)) {
        ParsersAnswer *last =
            table->reading->answers->len > 0
                ? g_ptr_array_index(table->reading->answers, table->reading->answers->len - 1)
                : NULL;

        if (last != NULL && last->slices->len == 0 &&
            last->place.table == parsers_table_place(cell).table)
            table->below = last;
    } else {
        read_free_text(table, cell);
    }
}

/* In a table of questions each above its answer, what is dressed is a question and no heading. */
static bool
read_stacked(Table *table, ParsersTableCell *cell)
{
    if (!table->grid->stacked || !cell->strong || cell->answers ||
        strlen(cell->text) > LABEL_BYTES_MAX || parsers_context_closed(table->reading) ||
        !answered_below(table))
        return false;
    judge(table, cell);
    if (cell->opens || (cell->lone_label && cell->label.bare))
        return false;
    if (!cell->lone_label)
        cell->label = parsers_context_stranger(table->reading, cell->text);
    if (cell->label.kind != PARSERS_LABEL_FIELD &&
        parsers_lexicon_heading(table->reading->form->lexicon, cell->text).score >= 0.9)
        return false;
    table->dressed = true;
    table->below = begin_answer(table, cell, NULL);
    return true;
}

/* ---- Labels over rows of answers ---- */

/* True if the row's cells are labels and the row below is laid out alike without any. */
static bool
is_header(Table *table, GPtrArray *cells)
{
    const GPtrArray *next = row_at(table, table->index + 1);
    guint labels = 0;
    guint known = 0;
    guint guessed = 0;
    guint under = 0;
    guint alike = 0;

    if (parsers_table_pair(table->grid, cells) || parsers_table_side_by_side(cells))
        return false;
    for (guint i = 0; i < cells->len; i++) {
        const ParsersTableCell *cell = g_ptr_array_index(cells, i);
        ParsersTableCell *below = parsers_table_under(next, cell);

        if (cell->empty && i == 0)
            continue;
        if (cell->empty || cell->opens || cell->answers || strlen(cell->text) > HEAD_BYTES_MAX)
            return false;
        labels++;
        guessed += cell->label.guessed;
        known += !cell->label.guessed && (cell->label.kind == PARSERS_LABEL_FIELD ||
                                          cell->label.kind == PARSERS_LABEL_ELSEWHERE);
        if (below == NULL)
            continue;
        judge(table, below);
        if (below->opens)
            return false;
        if (below->lone_label && !parsers_table_answers_head(cell, below) && below->strong)
            return false;
        alike += below->lone_label && !parsers_table_answers_head(cell, below) &&
                 below->label.score >= 0.95;
        under++;
    }
    /* A guess counts where no cell is left that would be an answer. */
    if (known + guessed == labels)
        known = labels;
    /* One answer of several may be a word that is a label elsewhere: "Boy". */
    if (alike > 1 || (alike == 1 && (labels < 3 || known * 4 < labels * 3)))
        return false;
    return labels >= 2 && known >= 2 && known * 2 >= labels && under * 5 >= labels * 4;
}

/* One row of answers; false if it is laid out differently, so the answers end here. */
static bool
read_under(Table *table, const GPtrArray *heads, const GPtrArray *row)
{
    guint found = 0;
    guint labels = 0;

    for (guint i = 0; i < heads->len; i++) {
        const ParsersTableCell *head = g_ptr_array_index(heads, i);
        ParsersTableCell *cell = parsers_table_under(row, head);

        found += cell != NULL;
        if (cell != NULL && !cell->empty) {
            judge(table, cell);
            labels += cell->lone_label && !parsers_table_answers_head(head, cell) &&
                      (cell->strong || cell->label.score >= 0.97);
            labels += cell->opens ? 2 : 0;
        }
    }
    if (found * 5 < heads->len * 4 || labels > 1 || (labels == 1 && found <= 2))
        return false;
    for (guint i = 0; i < heads->len; i++) {
        const ParsersTableCell *head = g_ptr_array_index(heads, i);
        const ParsersTableCell *cell = parsers_table_under(row, head);

        if (head->empty || cell == NULL)
            continue;
        parsers_table_take(begin_answer(table, head, cell), cell);
    }
    return true;
}

static void
read_heads(Table *table, GPtrArray *heads)
{
    const ParsersSectionDef *section = parsers_table_whose_row(table->reading, table->grid, heads);
    guint base = 0;
    guint person = 0;

    while (row_at(table, table->index + 1) != NULL) {
        const GPtrArray *row = row_at(table, table->index + 1);

        if (row->len < 2)
            break;
        person++;
        if (section != NULL && section->repeats && !parsers_table_row_empty(row))
            parsers_context_row(table->reading, section, person, &base);
        if (!read_under(table, heads, row))
            break;
        table->index++;
    }
    if (section != NULL && section->repeats && person > 1)
        parsers_context_rows_end(table->reading, section, base);
    table->reading->open = NULL;
}

/* ---- Labels and answers side by side ---- */

/* The cells behind a label that answer it; returns the index of the first that does not. */
static guint
read_pair(Table *table, const GPtrArray *cells, guint at)
{
    const ParsersTableCell *label = g_ptr_array_index(cells, at);
    const ParsersTableCell *value = NULL;
    ParsersAnswer *answer = NULL;
    guint next = at + 1;

    answer = begin_answer(table, label, next < cells->len ? g_ptr_array_index(cells, next) : NULL);
    while (next < cells->len) {
        ParsersTableCell *cell = g_ptr_array_index(cells, next);
        const bool first = next == at + 1;

        if (cell->lone_label && (!first || cell->strong || (cell->bold && label->bold) ||
                                 parsers_table_label_column(table->grid, cell)))
            break;
        if (cell->opens)
            break;
        if (parsers_table_stranger(label, first ? NULL : value, cell, answer)) {
            cell->label = (ParsersLabel){.kind = PARSERS_LABEL_OTHER};
            cell->lone_label = true;
            break;
        }
        value = first ? cell : value;
        if (!read_nested(table, cell))
            parsers_table_take(answer, cell);
        next++;
    }
    /* Its answer may stand beside it in the second of its rows. */
    if (label->cell->row_span > 1 && next >= cells->len && answer->slices->len == 0)
        table->below = answer;
    return next;
}

/* In a column of labels, beside one of answers: kept with its answer for a person to see. */
static bool
is_unknown_label(const Table *table, const GPtrArray *cells, guint at)
{
    const ParsersTableCell *cell = g_ptr_array_index(cells, at);
    const ParsersTableCell *next = at + 1 < cells->len ? g_ptr_array_index(cells, at + 1) : NULL;

    return next != NULL && table->index > 0 && !cell->answers && !next->lone_label &&
           strlen(cell->text) <= LABEL_BYTES_MAX && parsers_table_label_column(table->grid, cell) &&
           !parsers_table_label_column(table->grid, next);
}

static void
read_pairs(Table *table, const GPtrArray *cells)
{
    guint i = 0;

    while (i < cells->len) {
        ParsersTableCell *cell = g_ptr_array_index(cells, i);

        if (read_nested(table, cell)) {
            i++;
            continue;
        }
        if (cell->lone_label) {
            i = read_pair(table, cells, i);
            continue;
        }
        if (!cell->empty && !parsers_flow_cell(table->reading, cell->lines) &&
            is_unknown_label(table, cells, i)) {
            cell->label = parsers_context_stranger(table->reading, cell->text);
            i = read_pair(table, cells, i);
            continue;
        }
        i++;
    }
    table->reading->open = NULL;
}

/* The cells of a row that say something, without those that only count. */
static GPtrArray *
cells_of(Table *table, const GPtrArray *row)
{
    GPtrArray *cells = g_ptr_array_new();
    bool leading = true;

    for (guint i = 0; i < row->len && i < ROW_CELLS_MAX; i++) {
        ParsersTableCell *cell = g_ptr_array_index(row, i);

        if (leading && row->len > 1 && cell->counts) {
            leading = false;
            continue;
        }
        /* A narrow empty cell before the first label is a margin. */
        if (leading && cell->empty && i + 1 < row->len && row->len > 1 &&
            cell->cell->blocks->len <= 1 && !parsers_table_label_column(table->grid, cell)) {
            leading = false;
            continue;
        }
        leading = false;
        g_ptr_array_add(cells, cell);
    }
    return cells;
}

/* A cell merged over several rows at the left is the heading of them all. */
static void
take_side_heading(Table *table, GPtrArray *cells)
{
    const ParsersTableCell *first = cells->len > 1 ? g_ptr_array_index(cells, 0) : NULL;

    if (first == NULL || first->cell->row_span < 2 || first->empty || first->answers ||
        first->lines->len > 6)
        return;
    if (parsers_lexicon_heading(table->reading->form->lexicon, first->text).score < 0.7)
        return;
    parsers_context_heading(table->reading, first->text, true);
    g_ptr_array_remove_index(cells, 0);
}

/* The row heads columns of ticks, or of people: read what stands below it. */
static bool
read_columns(Table *table)
{
    guint rows = 0;

    if (parsers_context_closed(table->reading))
        return false;
    rows = parsers_table_columns(table->reading, table->grid, table->index);
    if (rows == 0)
        rows = parsers_table_people(table->reading, table->grid, table->index);
    table->index += rows;
    return rows > 0;
}

static bool
read_row(Table *table)
{
    g_autoptr(GPtrArray) cells = cells_of(table, row_at(table, table->index));

    if (read_columns(table))
        return true;
    take_side_heading(table, cells);
    if (cells->len == 0)
        return true;
    if (cells->len == 1) {
        if (!read_stacked(table, g_ptr_array_index(cells, 0)))
            read_lone(table, g_ptr_array_index(cells, 0));
        return true;
    }
    if (cells->len >= 2 && parsers_table_options(table->reading, cells,
                                                 row_at(table, table->index + 1), table->below)) {
        table->index++;
        return true;
    }
    table->below = NULL;
    parsers_table_judge_row(table->reading, table->grid, cells);
    if (parsers_context_closed(table->reading))
        return false;
    if (is_header(table, cells))
        read_heads(table, cells);
    else
        read_pairs(table, cells);
    return true;
}

/* A table of one cell below a question is a box for its answer. */
static ParsersAnswer *
boxed(const ParsersContext *reading, const ParsersTable *grid)
{
    ParsersAnswer *open = reading->open;
    const GPtrArray *row = grid->rows->len == 1 ? g_ptr_array_index(grid->rows, 0) : NULL;

    if (row == NULL || row->len != 1 || open == NULL || open->field == NULL ||
        open->slices->len > 0)
        return NULL;
    return open;
}

void
parsers_table_read(ParsersContext *reading, const ParsersBlock *block)
{
    g_autoptr(ParsersTable) grid = NULL;
    Table table = {.reading = reading};

    parsers_table_heading_above(reading, block);
    grid = parsers_table_grid(reading, block);
    table.grid = grid;
    table.below = boxed(reading, grid);

    reading->open = NULL;
    for (; table.index < grid->rows->len; table.index++)
        read_row(&table);
    reading->open = NULL;
}
