/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/table-judge.c - which cells of a table are labels.
 *
 * To ask what a text means is dear.  So a cell's dress and place are looked at first, and
 * it is asked only where they leave a doubt.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/table.h"

#include "parsers/flow.h"

#include <string.h>

#define GUESS_SURE 0.7 /* of a cell that does not look like a question */
#define COLUMNS_MAX PARSERS_TABLE_COLUMNS_MAX
#define LABEL_BYTES_MAX 260u

/* ---- Columns ---- */

/* A column while it is found out whether it holds labels.  What a cell means is dear to ask and is
 * asked only until that is certain. */
typedef struct {
    guint cells;               /* in rows of more than one */
    guint all;                 /* of these, the ones that say something */
    guint dressed;             /* of these, the ones dressed as labels */
    guint labels;              /* of those looked at, the ones that are labels or dressed so */
    guint left;                /* not looked at yet */
    ParsersTableCell *waiting; /* the first of these */
    bool answers;              /* has a cell made for an answer */
} Column;

static guint
column_of(const ParsersTableCell *cell)
{
    return MIN(cell->cell->column, COLUMNS_MAX) - 1;
}

/* What can be told of each column without asking. */
static void
survey_columns(const ParsersTable *grid, Column columns[COLUMNS_MAX])
{
    ParsersTableCell **ends[COLUMNS_MAX] = {NULL};

    for (guint r = 0; r < grid->rows->len; r++) {
        const GPtrArray *row = g_ptr_array_index(grid->rows, r);

        for (guint i = 0; row->len > 1 && i < row->len; i++) {
            ParsersTableCell *cell = g_ptr_array_index(row, i);
            const guint at = column_of(cell);
            Column *column = &columns[at];

            column->cells++;
            if (cell->empty || cell->counts)
                continue;
            column->all++;
            column->dressed += cell->strong;
            column->answers = column->answers || cell->answers;
            column->labels += cell->strong;
            if (cell->strong || cell->answers || strlen(cell->text) > LABEL_BYTES_MAX)
                continue;
            column->left++;
            *(column->waiting == NULL ? &column->waiting : ends[at]) = cell;
            ends[at] = &cell->below;
        }
    }
}

/* Labels depend on the heading in force, so this is asked row by row while reading; here only to
 * find the columns that hold labels. */
static void
ask_next(const ParsersContext *reading, Column *column)
{
    const ParsersTableCell *cell = column->waiting;

    column->waiting = cell->below;
    column->left--;
    column->labels += parsers_context_label(reading, cell->text).kind != PARSERS_LABEL_NONE;
}

/* Most of its cells are labels.  One answer that reads like a label ("Mother") does not make a
 * column of them. */
static bool
is_mostly_labels(const ParsersContext *reading, Column *column, guint least)
{
    while (column->labels < least || column->labels * 3 < column->all * 2) {
        const guint most = column->labels + column->left;

        if (column->left == 0 || most < least || most * 3 < column->all * 2)
            return false;
        ask_next(reading, column);
    }
    return true;
}

/* Fewer that we know are enough beside a column that has none. */
static bool
is_beside_answers(const ParsersContext *reading, Column *column, Column *next)
{
    const guint most = column->labels + column->left;

    if (next->all == 0 || column->answers || most < 2 || most * 4 < column->all ||
        next->labels * 4 > most)
        return false;
    while (column->left > 0)
        ask_next(reading, column);
    while (next->left > 0 && next->labels * 4 <= column->labels)
        ask_next(reading, next);
    return column->labels >= 2 && column->labels * 4 >= column->all &&
           next->labels * 4 <= column->labels;
}

/* Beside a column that is dressed from top to bottom stands one that is not, and nothing behind it
 * that would be its answers: "Health visitor" behind "Job role" is no label, though we know it. */
static bool
is_behind_labels(const Column columns[COLUMNS_MAX], guint i)
{
    const Column *before = i > 0 ? &columns[i - 1] : NULL;
    const Column *behind = i + 1 < COLUMNS_MAX ? &columns[i + 1] : NULL;

    return before != NULL && before->all >= 2 && before->dressed == before->all &&
           columns[i].dressed == 0 &&
           (behind == NULL || behind->cells == 0 ||
            (behind->all > 0 && behind->dressed == behind->all));
}

void
parsers_table_find_labels(const ParsersContext *reading, ParsersTable *grid)
{
    Column columns[COLUMNS_MAX] = {0};
    const guint least = grid->rows->len > 3 ? 2 : 1;

    survey_columns(grid, columns);
    for (guint i = 0; i < COLUMNS_MAX; i++)
        grid->is_label[i] = columns[i].all > 0 && !is_behind_labels(columns, i)
                                ? is_mostly_labels(reading, &columns[i], least) ||
                                      (i + 1 < COLUMNS_MAX &&
                                       is_beside_answers(reading, &columns[i], &columns[i + 1]))
                                : false;
}

bool
parsers_table_label_column(const ParsersTable *grid, const ParsersTableCell *cell)
{
    return grid->is_label[column_of(cell)];
}

/* ---- Cells ---- */

/* Does something stand behind the label that a cell begins with? */
static bool
has_answer(const ParsersContext *reading, const ParsersTableCell *cell, guint first,
           const ParsersSplit *split)
{
    ParsersSlice line = parsers_slice(g_ptr_array_index(cell->lines, first));
    ParsersSlice rest = parsers_flow_skip_hint(parsers_slice_cut(line, split->rest, line.to));

    if (!parsers_slice_empty(rest) && !parsers_flow_guidance(reading, rest))
        return true;
    for (guint i = first + 1; i < cell->lines->len; i++) {
        ParsersSlice more = parsers_slice(g_ptr_array_index(cell->lines, i));

        if (!parsers_slice_empty(more) && !parsers_flow_guidance(reading, more))
            return true;
    }
    return false;
}

/* Does anything stand below a line? */
static bool
has_more(const ParsersTableCell *cell, guint line)
{
    for (guint i = line + 1; i < cell->lines->len; i++)
        if (!parsers_slice_empty(parsers_slice(g_ptr_array_index(cell->lines, i))))
            return true;
    return false;
}

/* By its signs: could a line be a label and, behind it, its answer? */
static bool
parts(ParsersSlice line)
{
    const char last = line.line->text[line.to - 1];

    if (last == ':' || last == '?')
        line.to--;
    return parsers_flow_signed(line);
}

/* Label and answer in one cell: the first line that says something begins with a label.
 *
 * asked: what the cell before asks, or NULL; that once more is part of its answer, "One low-level
 *        concern: raised voice". */
static bool
opens(const ParsersContext *reading, const ParsersTableCell *cell, const ParsersFieldDef *asked)
{
    for (guint i = 0; i < cell->lines->len; i++) {
        ParsersSlice line = parsers_slice(g_ptr_array_index(cell->lines, i));
        ParsersSplit split = {0};

        if (parsers_slice_empty(line))
            continue;
        if (!has_more(cell, i) && !parts(line))
            return false;
        split = parsers_flow_split(reading, line);
        if (asked != NULL && split.label.field == asked)
            return false;
        return split.label.kind != PARSERS_LABEL_NONE && split.label.score >= 0.9 &&
               (parsers_flow_firm(line, &split) || split.rest >= line.to) &&
               has_answer(reading, cell, i, &split);
    }
    return false;
}

/* The cell to the right answers: what stands behind a label in this one is a hint. */
static bool
answered_beside(const ParsersContext *reading, const ParsersTable *grid,
                const ParsersTableCell *cell)
{
    const ParsersTableCell *next = cell->next;

    return next != NULL && (next->answers || !next->empty) && !next->strong && !next->bold &&
           parsers_table_label_column(grid, cell) && !parsers_table_label_column(grid, next) &&
           !opens(reading, next, NULL);
}

/* "How do you know the child? For example: parent, aunt": the label before what is printed to help,
 * or NONE.
 *
 * hint: what is behind it cannot be an answer. */
static ParsersLabel
before_hint(const ParsersContext *reading, const ParsersTableCell *cell, bool hint)
{
    ParsersSlice line = parsers_slice(g_ptr_array_index(cell->lines, 0));
    ParsersSplit split = {0};

    if (hint || parsers_flow_signed(line))
        split = parsers_flow_split(reading, line);
    if (split.label.kind == PARSERS_LABEL_NONE || split.label.score < 0.9 ||
        (!hint && (!parsers_flow_firm(line, &split) || has_answer(reading, cell, 0, &split))))
        return (ParsersLabel){.kind = PARSERS_LABEL_NONE};
    return split.label;
}

/* What answers, whatever its words may mean: only whether it brings a label of its own. */
static void
judge_answer(const ParsersContext *reading, ParsersTableCell *cell, const ParsersFieldDef *asked)
{
    cell->label = (ParsersLabel){.kind = PARSERS_LABEL_NONE};
    cell->lone_label = false;
    cell->opens = !cell->empty && !cell->counts && opens(reading, cell, asked);
}

void
parsers_table_judge(const ParsersContext *reading, const ParsersTable *grid, ParsersTableCell *cell)
{
    const bool beside = !cell->empty && answered_beside(reading, grid, cell);

    judge_answer(reading, cell, NULL);
    cell->opens = cell->opens && !beside;
    if (cell->empty || cell->counts || cell->answers || cell->opens ||
        strlen(cell->text) > LABEL_BYTES_MAX)
        return;
    cell->label = parsers_context_label(reading, cell->text);
    if (cell->label.kind == PARSERS_LABEL_NONE)
        cell->label = before_hint(reading, cell, beside);
    if (cell->label.kind == PARSERS_LABEL_NONE) {
        cell->label = parsers_context_guess(reading, cell->text);
        if (!cell->strong && !parsers_table_label_column(grid, cell) &&
            cell->label.score < GUESS_SURE)
            cell->label = (ParsersLabel){.kind = PARSERS_LABEL_NONE};
    }
    cell->lone_label = cell->label.kind != PARSERS_LABEL_NONE;
    if (!cell->lone_label && cell->strong && parsers_table_label_column(grid, cell)) {
        cell->label = parsers_context_stranger(reading, cell->text);
        cell->lone_label = true;
    }
}

bool
parsers_table_pair(const ParsersTable *grid, const GPtrArray *cells)
{
    const ParsersTableCell *first = g_ptr_array_index(cells, 0);
    const ParsersTableCell *second = g_ptr_array_index(cells, 1);

    return cells->len == 2 && parsers_table_label_column(grid, first) &&
           !parsers_table_label_column(grid, second) && !second->strong;
}

static bool
holds_table(const ParsersTableCell *cell)
{
    for (guint i = 0; i < cell->cell->blocks->len; i++)
        if (((const ParsersBlock *)g_ptr_array_index(cell->cell->blocks, i))->kind ==
            PARSERS_BLOCK_TABLE)
            return true;
    return false;
}

void
parsers_table_judge_row(const ParsersContext *reading, const ParsersTable *grid,
                        const GPtrArray *cells)
{
    const ParsersTableCell *first = g_ptr_array_index(cells, 0);
    ParsersTableCell *second = g_ptr_array_index(cells, 1);

    parsers_table_judge(reading, grid, g_ptr_array_index(cells, 0));
    if (first->lone_label && !holds_table(first) && !(first->bold && second->bold) &&
        parsers_table_pair(grid, cells)) {
        judge_answer(reading, second, first->label.field);
        return;
    }
    for (guint i = 1; i < cells->len; i++)
        parsers_table_judge(reading, grid, g_ptr_array_index(cells, i));
}
