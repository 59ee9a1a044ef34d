/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/html-table.c - tables of HTML, put upright, into the neutral document.
 *
 * Runs in:  postern-parser.
 * Source:   the HTML standard, "Forming a table"
 */
#include "config.h"

#include "parsers/html-table.h"

#include <stdlib.h>

#include "parsers/html-style.h"

enum {
    COLUMNS = 64, /* of one table that are followed */
    ROW_SPAN_MAX = 1000,
};

typedef struct {
    guint rows_left[COLUMNS + 1]; /* of a cell above that reaches down, by first column */
    guint span[COLUMNS + 1];
    guint column; /* where the next cell goes */
    bool in_row;
    bool in_cell;
} Table;

struct ParsersHtmlTables {
    ParsersDocument *document;
    GArray *open; /* Table, the innermost last */
};

ParsersHtmlTables *
parsers_html_tables_new(ParsersDocument *document)
{
    ParsersHtmlTables *tables = g_new0(ParsersHtmlTables, 1);

    tables->document = document;
    tables->open = g_array_new(FALSE, FALSE, sizeof(Table));
    return tables;
}

void
parsers_html_tables_free(ParsersHtmlTables *tables)
{
    if (tables == NULL)
        return;
    g_array_unref(tables->open);
    g_free(tables);
}

guint
parsers_html_tables_depth(const ParsersHtmlTables *tables)
{
    return tables->open->len;
}

static Table *
innermost(const ParsersHtmlTables *tables)
{
    return tables->open->len > 0 ? &g_array_index(tables->open, Table, tables->open->len - 1)
                                 : NULL;
}

void
parsers_html_tables_end_cell(ParsersHtmlTables *tables)
{
    Table *table = innermost(tables);

    if (table == NULL || !table->in_cell)
        return;
    parsers_document_end_cell(tables->document);
    table->in_cell = false;
}

/* Columns taken by cells above that reach down into this row. */
static void
pass_merged(ParsersHtmlTables *tables, Table *table, bool to_the_end)
{
    while (table->column <= COLUMNS) {
        const guint column = table->column;

        if (table->rows_left[column] > 0) {
            table->rows_left[column]--;
            parsers_document_begin_cell(tables->document, column, table->span[column], true);
            parsers_document_end_cell(tables->document);
            table->column += table->span[column];
        } else if (to_the_end) {
            table->column++;
        } else {
            return;
        }
    }
}

static void
need_row(ParsersHtmlTables *tables, Table *table)
{
    if (table->in_row)
        return;
    parsers_document_begin_row(tables->document);
    table->in_row = true;
    table->column = 1;
}

void
parsers_html_tables_end_row(ParsersHtmlTables *tables)
{
    Table *table = innermost(tables);

    if (table == NULL || !table->in_row)
        return;
    parsers_html_tables_end_cell(tables);
    pass_merged(tables, table, true);
    parsers_document_end_row(tables->document);
    table->in_row = false;
}

void
parsers_html_tables_begin_row(ParsersHtmlTables *tables)
{
    Table *table = innermost(tables);

    if (table == NULL)
        return;
    parsers_html_tables_end_row(tables);
    need_row(tables, table);
}

static guint
span_of(const char *const *attributes, const char *name, guint most)
{
    const char *value = parsers_html_attribute(attributes, name);
    const long n = value != NULL ? strtol(value, NULL, 10) : 1;

    return n < 1 ? 1 : (guint)MIN(n, (long)most);
}

void
parsers_html_tables_begin_cell(ParsersHtmlTables *tables, const char *const *attributes,
                               bool header, bool shaded)
{
    Table *table = innermost(tables);
    guint span = span_of(attributes, "colspan", COLUMNS);

    if (table == NULL)
        return;
    parsers_html_tables_end_cell(tables);
    need_row(tables, table);
    pass_merged(tables, table, false);
    if (table->column > COLUMNS)
        table->column = COLUMNS; /* so wide a table is no form; its text is kept */
    span = MIN(span, COLUMNS + 1 - table->column);
    table->rows_left[table->column] = span_of(attributes, "rowspan", ROW_SPAN_MAX) - 1;
    table->span[table->column] = span;
    parsers_document_begin_cell(tables->document, table->column, span, false);
    parsers_document_mark_cell(tables->document, header, shaded);
    table->column += span;
    table->in_cell = true;
}

void
parsers_html_tables_need_cell(ParsersHtmlTables *tables)
{
    const Table *table = innermost(tables);

    if (table != NULL && !table->in_cell)
        parsers_html_tables_begin_cell(tables, NULL, false, false);
}

bool
parsers_html_tables_begin_table(ParsersHtmlTables *tables)
{
    Table table = {.column = 1};

    parsers_html_tables_need_cell(tables);
    if (!parsers_document_begin_table(tables->document))
        return false;
    g_array_append_val(tables->open, table);
    return true;
}

void
parsers_html_tables_end_table(ParsersHtmlTables *tables)
{
    if (tables->open->len == 0)
        return;
    parsers_html_tables_end_row(tables);
    parsers_document_end_table(tables->document);
    g_array_set_size(tables->open, tables->open->len - 1);
}
