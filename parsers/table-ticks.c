/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/table-ticks.c - answers that are ticks below a head.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/table.h"

#include "parsers/normalise.h"

#include <string.h>

#define OPTION_BYTES_MAX 60u

static bool
is_tick(const ParsersTableCell *cell)
{
    static const char *const ticks[] = {"x",
                                        "X",
                                        "yes",
                                        "Yes",
                                        "YES",
                                        "y",
                                        "Y",
                                        "*",
                                        "/",
                                        "\xe2\x9c\x93",
                                        "\xe2\x9c\x94",
                                        "\xe2\x88\x9a",
                                        PARSERS_LINE_TICKED};

    for (guint i = 0; i < G_N_ELEMENTS(ticks); i++)
        if (strcmp(cell->text, ticks[i]) == 0)
            return true;
    return false;
}

static bool
is_tick_box(const ParsersTableCell *cell)
{
    return cell->empty || is_tick(cell) || strcmp(cell->text, PARSERS_LINE_BOX) == 0;
}

/* ---- A question's options as a row, with a row of ticks below ---- */

static bool
are_options(const GPtrArray *cells, const GPtrArray *next)
{
    for (guint i = 0; i < cells->len; i++) {
        const ParsersTableCell *cell = g_ptr_array_index(cells, i);
        const ParsersTableCell *below = parsers_table_under(next, cell);

        if (cell->empty || strlen(cell->text) > OPTION_BYTES_MAX || below == NULL ||
            !is_tick_box(below))
            return false;
    }
    return true;
}

bool
parsers_table_options(ParsersContext *reading, const GPtrArray *cells, const GPtrArray *next,
                      ParsersAnswer *open)
{
    ParsersLabel label = {.kind = PARSERS_LABEL_FIELD, .score = 0.9};

    if (next == NULL || !are_options(cells, next))
        return false;
    if (open == NULL || open->field == NULL || open->field->type != PARSERS_TYPE_CHOICE) {
        const ParsersTableCell *first = g_ptr_array_index(cells, 0);

        label.field = parsers_definition_choice(reading->form, first->text);
        if (label.field == NULL)
            return false;
        open = parsers_context_answer(reading, &label, "", &(ParsersPlace){0});
    }
    for (guint i = 0; i < cells->len; i++) {
        const ParsersTableCell *cell = g_ptr_array_index(cells, i);

        if (is_tick(parsers_table_under(next, cell)))
            parsers_table_take(open, cell);
    }
    return true;
}

/* ---- Questions in rows, with a column for each answer ---- */

static bool
is_answer_head(const ParsersTableCell *cell)
{
    static const char *const heads[] = {"yes",        "no",       "unknown", "not known",
                                        "don't know", "not sure", "unsure",  "n/a"};
    g_autofree char *text = parsers_normalise_casefold(cell->text);

    for (guint i = 0; i < G_N_ELEMENTS(heads); i++)
        if (strcmp(text, heads[i]) == 0)
            return true;
    return false;
}

/* The columns of a row of heads that are to be ticked, "Yes | No"; behind them may stand one for
 * details. */
typedef struct {
    guint first;
    guint end;
} Columns;

/* Empty if there are none. */
static Columns
answer_heads(const GPtrArray *row)
{
    Columns columns = {.end = row->len};

    if (row->len > 3 && !is_answer_head(g_ptr_array_index(row, row->len - 1)))
        columns.end--;
    columns.first = columns.end;
    while (columns.first > 0 && is_answer_head(g_ptr_array_index(row, columns.first - 1)))
        columns.first--;
    if (columns.first == 0 || columns.end - columns.first < 2)
        columns = (Columns){0};
    return columns;
}

static bool
are_ticks(const GPtrArray *row, Columns columns)
{
    for (guint i = columns.first; i < columns.end; i++)
        if (!is_tick_box(g_ptr_array_index(row, i)))
            return false;
    return true;
}

/* The ticked heads; or what is told behind a tick, where the question asks for more than yes or no.
 */
static void
take_ticks(ParsersAnswer *answer, const GPtrArray *heads, Columns columns, const GPtrArray *row)
{
    const ParsersTableCell *details =
        columns.end < row->len ? g_ptr_array_index(row, columns.end) : NULL;
    const bool tells = answer->field != NULL && (answer->field->type == PARSERS_TYPE_LINE ||
                                                 answer->field->type == PARSERS_TYPE_TEXT);

    for (guint i = columns.first; i < columns.end; i++) {
        if (!is_tick(g_ptr_array_index(row, i)))
            continue;
        if (tells && details != NULL && !details->empty)
            parsers_table_take(answer, details);
        else
            parsers_table_take(answer, g_ptr_array_index(heads, i));
    }
}

/* A question and ticks below the heads; false if the row is laid out differently. */
static bool
read_ticks(ParsersContext *reading, const GPtrArray *heads, Columns columns, const GPtrArray *row)
{
    const ParsersTableCell *question = NULL;
    const ParsersPlace *place = NULL;
    ParsersLabel label = {0};

    if (row->len != heads->len || !are_ticks(row, columns))
        return false;
    question = g_ptr_array_index(row, columns.first - 1);
    if (question->empty)
        return false;
    place = &((const ParsersLine *)g_ptr_array_index(question->lines, 0))->place;
    label = parsers_context_label(reading, question->text);
    if (label.kind == PARSERS_LABEL_NONE)
        label = parsers_context_stranger(reading, question->text);
    take_ticks(parsers_context_answer(reading, &label, question->text, place), heads, columns, row);
    return true;
}

guint
parsers_table_columns(ParsersContext *reading, const ParsersTable *grid, guint index)
{
    const GPtrArray *heads = g_ptr_array_index(grid->rows, index);
    const Columns columns = answer_heads(heads);
    guint n = 0;

    while (columns.first > 0 && index + n + 1 < grid->rows->len &&
           read_ticks(reading, heads, columns, g_ptr_array_index(grid->rows, index + n + 1)))
        n++;
    if (n > 0)
        reading->open = NULL;
    return n;
}

/* ---- People beside each other, their questions at the left ---- */

/* Whose answers stand below the head of a column, or NULL. */
static const ParsersSectionDef *
person_of(const ParsersContext *reading, const ParsersTableCell *head, bool alone)
{
    const ParsersLexicon *lexicon = reading->form->lexicon;
    const ParsersHeading heading = parsers_lexicon_heading(lexicon, head->text);
    const ParsersSectionDef *section = heading.section;

    /* Above an empty corner also what we only guess: "The coach, umpire or helper". */
    if (heading.score < PARSERS_LEXICON_NAMED)
        section = alone ? parsers_context_guess_heading(reading, head->text) : NULL;
    else if (!alone && !parsers_lexicon_label(lexicon, head->text, NULL).bare)
        section = NULL;
    return section != NULL && section->persons->len > 0 ? section : NULL;
}

/* True if every cell but the first names whose answers stand below it: "Child 1", "Adult". */
static bool
heads_people(const ParsersContext *reading, const GPtrArray *heads)
{
    const bool corner =
        heads->len >= 3 && ((const ParsersTableCell *)g_ptr_array_index(heads, 0))->empty;

    if (heads->len < 3)
        return false;
    for (guint i = 1; i < heads->len; i++) {
        const ParsersTableCell *cell = g_ptr_array_index(heads, i);

        if (cell->empty || cell->answers || strlen(cell->text) > OPTION_BYTES_MAX ||
            person_of(reading, cell, corner && cell->strong) == NULL)
            return false;
    }
    return true;
}

/* "Child 2", or "Player B" in the second column. */
static void
head_person(ParsersContext *reading, const ParsersTableCell *head, guint column)
{
    const ParsersHeading heading = parsers_lexicon_heading(reading->form->lexicon, head->text);
    const ParsersSectionDef *section = person_of(reading, head, true);
    g_autofree char *counted = g_strdup_printf("%s %u", head->text, column);
    const bool counts = section != NULL && section->repeats && heading.number == 0;

    parsers_context_heading(reading, counts ? counted : head->text, true);
}

static bool
read_people(ParsersContext *reading, const GPtrArray *heads, const GPtrArray *row)
{
    const ParsersTableCell *question = NULL;

    if (row->len != heads->len)
        return false;
    question = g_ptr_array_index(row, 0);
    if (question->empty)
        return false;
    for (guint i = 1; i < row->len; i++) {
        const ParsersTableCell *head = g_ptr_array_index(heads, i);
        const ParsersTableCell *cell = g_ptr_array_index(row, i);
        const ParsersLine *line = g_ptr_array_index(question->lines, 0);
        ParsersLabel label = {0};

        head_person(reading, head, i);
        label = parsers_context_label(reading, question->text);
        if (label.kind == PARSERS_LABEL_NONE)
            label = parsers_context_stranger(reading, question->text);
        parsers_table_take(parsers_context_answer(reading, &label, question->text, &line->place),
                           cell);
    }
    return true;
}

guint
parsers_table_people(ParsersContext *reading, const ParsersTable *grid, guint index)
{
    const GPtrArray *heads = g_ptr_array_index(grid->rows, index);
    guint n = 0;

    if (!heads_people(reading, heads))
        return 0;
    while (index + n + 1 < grid->rows->len &&
           read_people(reading, heads, g_ptr_array_index(grid->rows, index + n + 1)))
        n++;
    reading->open = NULL;
    return n;
}
