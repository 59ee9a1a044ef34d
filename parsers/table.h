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

/* Read one table and the tables inside it. */
void parsers_table_read(ParsersContext *reading, const ParsersBlock *table);

/* ---- Shared with table-grid.c ---- */

/* One cell with what we think of it. */
typedef struct {
    const ParsersCell *cell;
    GPtrArray *lines;   /* ParsersLine, owned by the reading */
    char *text;         /* its lines with blanks between, without marks; owned */
    ParsersLabel label; /* of the whole text */
    bool empty;
    bool counts;     /* only a number or letter that counts sections */
    bool strong;     /* dressed as a label: bold, shaded, a header */
    bool lone_label; /* nothing in it but a label */
    bool opens;      /* a label, and its answer behind or below it in the same cell */
    bool bold;       /* begins with bold letters */
    bool answers;    /* has a box or a control: made for an answer */
} ParsersTableCell;

typedef struct {
    GPtrArray *rows;  /* GPtrArray of ParsersTableCell */
    GArray *is_label; /* bool, by column - 1: this column holds labels */
} ParsersTable;

/* A table as rows and columns, merged cells spread out; the caller frees. */
ParsersTable *parsers_table_grid(ParsersContext *reading, const ParsersBlock *table);
void parsers_table_grid_free(ParsersTable *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersTable, parsers_table_grid_free)

/* See what a cell is under the heading that is now in force: fills label, lone_label, opens. */
void parsers_table_judge(const ParsersContext *reading, const ParsersTable *grid,
                         ParsersTableCell *cell);

/* True if the cell's column holds labels. */
bool parsers_table_label_column(const ParsersTable *grid, const ParsersTableCell *cell);

#endif
