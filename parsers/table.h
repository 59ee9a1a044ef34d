/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/table.h - labels and answers in tables, in whichever direction explains them.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_TABLE_H
#define PARSERS_TABLE_H

#include "parsers/context.h"

#define PARSERS_TABLE_COLUMNS_MAX 64u /* those behind count as the last one */

/* Read one table and the tables inside it. */
void parsers_table_read(ParsersContext *reading, const ParsersBlock *table);

/* ---- Shared with table-*.c ---- */

/* One cell with what we think of it. */
typedef struct ParsersTableCell ParsersTableCell;

struct ParsersTableCell {
    const ParsersCell *cell;
    const ParsersTableCell *next; /* to the right in the same row, or NULL */
    ParsersTableCell *below;      /* in the same column, the next whose meaning was to be asked */
    GPtrArray *lines;             /* ParsersLine, owned by the reading */
    char *text;                   /* its lines with blanks between, without marks; owned */
    ParsersLabel label;           /* of the whole text */
    bool empty;
    bool counts;     /* only a number or letter that counts sections */
    bool strong;     /* dressed as a label: bold, shaded, a header */
    bool lone_label; /* nothing in it but a label */
    bool opens;      /* a label, and its answer behind or below it in the same cell */
    bool bold;       /* begins with bold letters */
    bool answers;    /* has a box or a control: made for an answer */
};

typedef struct {
    GPtrArray *rows;                          /* GPtrArray of ParsersTableCell */
    bool is_label[PARSERS_TABLE_COLUMNS_MAX]; /* by column - 1: this column holds labels */
    bool stacked;                             /* each question above its answer, in one column */
} ParsersTable;

/* A table as rows and columns, merged cells spread out; the caller frees. */
ParsersTable *parsers_table_grid(ParsersContext *reading, const ParsersBlock *table);
void parsers_table_grid_free(ParsersTable *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersTable, parsers_table_grid_free)

/* See what a cell is under the heading that is now in force: fills label, lone_label, opens. */
void parsers_table_judge(const ParsersContext *reading, const ParsersTable *grid,
                         ParsersTableCell *cell);

/* The same for the cells of a row, two or more.  What answers the label before it gets no label. */
void parsers_table_judge_row(const ParsersContext *reading, const ParsersTable *grid,
                             const GPtrArray *cells);

/* A label and its answer, where the answer may read like a label too: "Relationship | Father" among
 * rows of two cells of which only the first is a label.  cells: two or more. */
bool parsers_table_pair(const ParsersTable *grid, const GPtrArray *cells);

/* A cell alone in its row that the lexicon does not know: below a label that waits it is the
 * answer, otherwise perhaps the next label.  To be called after the above. */
void parsers_table_guess_lone(const ParsersContext *reading, ParsersTableCell *cell, bool waiting);

/* The cell of a row that stands below a head, or NULL. */
ParsersTableCell *parsers_table_under(const GPtrArray *row, const ParsersTableCell *head);

/* Whose answers stand below a row of heads: one that says whose it is speaks for the others. */
const ParsersSectionDef *parsers_table_whose_row(ParsersContext *reading, const ParsersTable *grid,
                                                 GPtrArray *heads);

/* Where a cell stands. */
ParsersPlace parsers_table_place(const ParsersTableCell *cell);

/* True if a cell alone in its row is better taken for a label than for that heading.  Above rows of
 * questions what names a person is about them, unless it is a label word for word.
 * answered: the next row is one answer. */
bool parsers_table_asks_rather(const ParsersTableCell *cell, const ParsersHeading *heading,
                               bool answered);

/* "Age | about 40 | Height | tall": each second cell, undressed, answers the one before. */
bool parsers_table_side_by_side(const GPtrArray *cells);

/* True if nothing in a row says anything. */
bool parsers_table_row_empty(const GPtrArray *row);

/* True if a cell that is dressed like the label before it, or comes after the answer, asks
 * something that we do not know.  Only a question for two things has two cells of answers. value:
 * the answer's first cell, or NULL. */
bool parsers_table_stranger(const ParsersTableCell *label, const ParsersTableCell *value,
                            const ParsersTableCell *cell, const ParsersAnswer *answer);

/* Add a cell's lines to an answer. */
void parsers_table_take(ParsersAnswer *answer, const ParsersTableCell *cell);

/* Options over ticks: cells are the options, next the row below.  open: the answer to a label alone
 * in the row above, or NULL.  True if it was read; then the row below is too. */
bool parsers_table_options(ParsersContext *reading, const GPtrArray *cells, const GPtrArray *next,
                           ParsersAnswer *open);

/* Questions with a column for each answer ("Yes | No"), under the heads in row index.  Returns how
 * many rows below it were read, 0 if it is nothing of the kind. */
guint parsers_table_columns(ParsersContext *reading, const ParsersTable *grid, guint index);

/* People beside each other ("Child 1 | Child 2", "Child | Adult"), their questions in the first
 * column, under the heads in row index.  Returns how many rows below it were read, or 0. */
guint parsers_table_people(ParsersContext *reading, const ParsersTable *grid, guint index);

/* Find the columns that hold labels. */
void parsers_table_find_labels(const ParsersContext *reading, ParsersTable *grid);

/* True if the cell's column holds labels. */
bool parsers_table_label_column(const ParsersTable *grid, const ParsersTableCell *cell);

/* "Boy" below "M/F", "Mother" below "Relationship": an answer, though it may be a label too. */
bool parsers_table_answers_head(const ParsersTableCell *head, const ParsersTableCell *below);

/* A line in bold that merely resembled a question, with this table right below it, was its
 * heading. */
void parsers_table_heading_above(ParsersContext *reading, const ParsersBlock *table);

#endif
