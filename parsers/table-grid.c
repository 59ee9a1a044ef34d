/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/table-grid.c - a table's cells, and what each looks like.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/table.h"

#include "parsers/flow.h"

#include <string.h>

#define STACKED_LEAST 3u /* questions above their answers that make it the way of the table */

static void
cell_free(ParsersTableCell *cell)
{
    g_free(cell->text);
    g_free(cell);
}

/* "1", "A", "4.2", "iii)": counts sections. */
static bool
is_count(const char *text)
{
    const gsize length = strlen(text);

    if (length == 0 || length > 4)
        return false;
    for (const char *p = text; *p != '\0'; p++)
        if (!g_ascii_isdigit(*p) && strchr(".)(", *p) == NULL &&
            !(g_ascii_isupper(*p) && length <= 2) && !(strchr("ivx", *p) != NULL && length <= 4))
            return false;
    return strcmp(text, "X") != 0 && strcmp(text, "x") != 0 && strcmp(text, "M") != 0 &&
           strcmp(text, "F") != 0;
}

static char *
text_of(const GPtrArray *lines)
{
    GString *all = NULL;

    if (lines->len == 1)
        return parsers_slice_text(parsers_slice(g_ptr_array_index(lines, 0)));
    all = g_string_new(NULL);
    for (guint i = 0; i < lines->len; i++) {
        g_autofree char *text = parsers_slice_text(parsers_slice(g_ptr_array_index(lines, i)));

        if (text[0] == '\0')
            continue;
        if (all->len > 0)
            g_string_append_c(all, ' ');
        g_string_append(all, text);
    }
    return g_string_free(all, FALSE);
}

static bool
has_marks(const GPtrArray *lines)
{
    for (guint i = 0; i < lines->len; i++) {
        const ParsersLine *line = g_ptr_array_index(lines, i);

        if (parsers_line_controls(line) > 0 || strstr(line->text, PARSERS_LINE_BOX) != NULL ||
            strstr(line->text, PARSERS_LINE_TICKED) != NULL)
            return true;
    }
    return false;
}

static bool
is_bold(const GPtrArray *lines)
{
    bool any = false;

    for (guint i = 0; i < lines->len; i++) {
        const ParsersLine *line = g_ptr_array_index(lines, i);

        if (parsers_slice_empty(parsers_slice(line)))
            continue;
        if (!line->bold)
            return false;
        any = true;
    }
    return any;
}

/* The first letter is bold. */
static bool
begins_bold(const GPtrArray *lines)
{
    for (guint i = 0; i < lines->len; i++) {
        const ParsersLine *line = g_ptr_array_index(lines, i);
        const ParsersSlice slice = parsers_slice(line);

        if (slice.from < slice.to)
            return (line->flags[slice.from] & PARSERS_SPAN_BOLD) != 0;
    }
    return false;
}

static ParsersTableCell *
look_at(ParsersContext *reading, const ParsersCell *cell)
{
    ParsersTableCell *seen = g_new0(ParsersTableCell, 1);

    seen->cell = cell;
    seen->lines = parsers_context_lines(reading);
    for (guint i = 0; i < cell->blocks->len; i++)
        parsers_line_add(seen->lines, g_ptr_array_index(cell->blocks, i));
    seen->text = text_of(seen->lines);
    seen->empty = seen->text[0] == '\0';
    seen->counts = is_count(seen->text);
    seen->bold = begins_bold(seen->lines);
    seen->answers = has_marks(seen->lines);
    seen->strong = !seen->empty && (cell->header || cell->shaded || is_bold(seen->lines));
    return seen;
}

/* The only cell of a row that says something or could, or NULL. */
static const ParsersTableCell *
alone(const GPtrArray *row)
{
    const ParsersTableCell *only = row->len == 1 ? g_ptr_array_index(row, 0) : NULL;

    for (guint i = 0; row->len > 1 && i < row->len; i++) {
        const ParsersTableCell *cell = g_ptr_array_index(row, i);

        if (cell->empty)
            continue;
        if (only != NULL)
            return NULL;
        only = cell;
    }
    return only;
}

/* Questions and answers take turns in one column, the questions dressed. */
static bool
is_stacked(const ParsersTable *grid)
{
    guint single = 0;
    guint pairs = 0;

    for (guint r = 0; r < grid->rows->len; r++) {
        const ParsersTableCell *cell = alone(g_ptr_array_index(grid->rows, r));
        const ParsersTableCell *next =
            r + 1 < grid->rows->len ? alone(g_ptr_array_index(grid->rows, r + 1)) : NULL;

        single += cell != NULL;
        pairs += cell != NULL && next != NULL && cell->strong && !next->strong;
    }
    return pairs >= STACKED_LEAST && pairs * 5 >= single * 2 && single * 5 >= grid->rows->len * 4;
}

ParsersTable *
parsers_table_grid(ParsersContext *reading, const ParsersBlock *table)
{
    ParsersTable *grid = g_new0(ParsersTable, 1);

    grid->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (guint r = 0; r < table->rows->len; r++) {
        const GPtrArray *cells = g_ptr_array_index(table->rows, r);
        GPtrArray *row = g_ptr_array_new_with_free_func((GDestroyNotify)cell_free);

        for (guint i = 0; i < cells->len; i++) {
            ParsersTableCell *cell = look_at(reading, g_ptr_array_index(cells, i));

            if (i > 0)
                ((ParsersTableCell *)g_ptr_array_index(row, i - 1))->next = cell;
            g_ptr_array_add(row, cell);
        }
        g_ptr_array_add(grid->rows, row);
    }
    parsers_table_find_labels(reading, grid);
    grid->stacked = is_stacked(grid);
    return grid;
}

void
parsers_table_grid_free(ParsersTable *grid)
{
    if (grid == NULL)
        return;
    g_ptr_array_unref(grid->rows);
    g_free(grid);
}

ParsersTableCell *
parsers_table_under(const GPtrArray *row, const ParsersTableCell *head)
{
    for (guint i = 0; row != NULL && i < row->len; i++) {
        ParsersTableCell *cell = g_ptr_array_index(row, i);

        if (cell->cell->column == head->cell->column)
            return cell;
    }
    return NULL;
}

/* The section of people to which more of a row's heads belong than to the one in force, or NULL:
 * "Pupil", "Born" and "Class" below the writer's heading. */
static const ParsersSectionDef *
most_heads(const GPtrArray *heads)
{
    const ParsersSectionDef *section = NULL;
    guint here = 0;
    guint there = 0;

    for (guint i = 0; i < heads->len; i++) {
        const ParsersLabel *label = &((const ParsersTableCell *)g_ptr_array_index(heads, i))->label;

        here += label->kind == PARSERS_LABEL_FIELD;
        if (label->kind != PARSERS_LABEL_ELSEWHERE || !label->field->section->repeats ||
            (section != NULL && label->field->section != section))
            continue;
        section = label->field->section;
        there++;
    }
    return there >= 2 && there > here ? section : NULL;
}

const ParsersSectionDef *
parsers_table_whose_row(ParsersContext *reading, const ParsersTable *grid, GPtrArray *heads)
{
    const ParsersSectionDef *section = NULL;

    for (guint i = 0; i < heads->len && section == NULL; i++) {
        const ParsersTableCell *head = g_ptr_array_index(heads, i);

        if (head->label.kind == PARSERS_LABEL_FIELD && head->label.own &&
            head->label.field->section->persons->len > 0)
            section = head->label.field->section;
    }
    if (section == NULL)
        section = most_heads(heads);
    if (section == NULL)
        return reading->section;
    reading->sticky = section;
    for (guint i = 0; i < heads->len; i++)
        parsers_table_judge(reading, grid, g_ptr_array_index(heads, i));
    return section;
}

void
parsers_table_take(ParsersAnswer *answer, const ParsersTableCell *cell)
{
    for (guint i = 0; i < cell->lines->len; i++) {
        ParsersSlice slice = parsers_slice(g_ptr_array_index(cell->lines, i));

        if (slice.from < slice.to)
            g_array_append_val(answer->slices, slice);
    }
}

bool
parsers_table_row_empty(const GPtrArray *row)
{
    for (guint i = 0; i < row->len; i++) {
        const ParsersTableCell *cell = g_ptr_array_index(row, i);

        if (!cell->empty && !cell->counts)
            return false;
    }
    return true;
}

bool
parsers_table_stranger(const ParsersTableCell *label, const ParsersTableCell *value,
                       const ParsersTableCell *cell, const ParsersAnswer *answer)
{
    if (cell->empty || cell->answers)
        return false;
    if (label->bold && cell->bold && (label->strong == cell->strong || !cell->strong))
        return true;
    return value != NULL && (answer->field == NULL || answer->field->parts->len == 0);
}

void
parsers_table_guess_lone(const ParsersContext *reading, ParsersTableCell *cell, bool waiting)
{
    if (cell->empty || cell->answers || cell->opens || cell->strong)
        return;
    if (waiting && cell->label.guessed)
        cell->label = (ParsersLabel){.kind = PARSERS_LABEL_NONE};
    else if (!waiting && cell->label.kind == PARSERS_LABEL_NONE)
        cell->label = parsers_context_guess(reading, cell->text);
    cell->lone_label = cell->label.kind != PARSERS_LABEL_NONE;
}

ParsersPlace
parsers_table_place(const ParsersTableCell *cell)
{
    static const ParsersPlace nowhere = {0};

    if (cell->lines->len == 0)
        return nowhere;
    return ((const ParsersLine *)g_ptr_array_index(cell->lines, 0))->place;
}

bool
parsers_table_asks_rather(const ParsersTableCell *cell, const ParsersHeading *heading,
                          bool answered)
{
    const bool people = heading->section != NULL && heading->section->persons->len > 0;

    if (cell->label.kind != PARSERS_LABEL_FIELD || cell->label.score <= heading->score)
        return false;
    return !people || cell->label.score >= 0.95 || answered;
}

bool
parsers_table_answers_head(const ParsersTableCell *head, const ParsersTableCell *below)
{
    const ParsersFieldDef *field = head->label.field;

    if (head->label.kind == PARSERS_LABEL_NONE || field == NULL || below->strong ||
        !below->label.bare)
        return false;
    return strlen(below->text) < 24 &&
           (field->type == PARSERS_TYPE_GENDER || g_str_has_suffix(field->key, ".relationship"));
}

void
parsers_table_heading_above(ParsersContext *reading, const ParsersBlock *block)
{
    const ParsersAnswer *open = reading->open;
    g_autofree char *text = NULL;

    if (open == NULL || open->slices->len > 0 || !reading->dressed || block->rows->len < 2 ||
        (open->field != NULL && open->score >= 0.9) ||
        ((const GPtrArray *)g_ptr_array_index(block->rows, 0))->len < 2)
        return;
    text = g_strdup(open->label);
    parsers_context_heading(reading, text, true);
}

bool
parsers_table_side_by_side(const GPtrArray *cells)
{
    for (guint i = 0; i < cells->len; i++) {
        const ParsersTableCell *cell = g_ptr_array_index(cells, i);
        const bool known = !cell->label.guessed && cell->label.kind == PARSERS_LABEL_FIELD;

        if (cell->empty || known != (i % 2 == 0) ||
            (i % 2 == 1 && (cell->strong || cell->label.guessed)))
            return false;
    }
    return cells->len >= 4 && cells->len % 2 == 0;
}
