/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/html-table.h - tables of HTML, put upright, into the neutral document.
 *
 * Runs in:  postern-parser.
 * Source:   the HTML standard, "Forming a table"
 */
#ifndef PARSERS_HTML_TABLE_H
#define PARSERS_HTML_TABLE_H

#include "parsers/document.h"

/* The tables that are open at one time.  Calls may come in any order: what is missing is opened,
 * what is open is closed, and without an open table nothing happens.  The caller has ended its
 * paragraph before every call. */
typedef struct ParsersHtmlTables ParsersHtmlTables;

/* document: borrowed, must outlive it. */
ParsersHtmlTables *parsers_html_tables_new(ParsersDocument *document);
void parsers_html_tables_free(ParsersHtmlTables *tables);

/* How many are open, one inside the other. */
guint parsers_html_tables_depth(const ParsersHtmlTables *tables);

/* False when a limit was reached. */
bool parsers_html_tables_begin_table(ParsersHtmlTables *tables);
void parsers_html_tables_end_table(ParsersHtmlTables *tables);
void parsers_html_tables_begin_row(ParsersHtmlTables *tables);
void parsers_html_tables_end_row(ParsersHtmlTables *tables);
/* attributes: of the td or th element, for its spans; may be NULL. */
void parsers_html_tables_begin_cell(ParsersHtmlTables *tables, const char *const *attributes,
                                    bool header, bool shaded);
void parsers_html_tables_end_cell(ParsersHtmlTables *tables);

/* Text is about to come: open a cell if a table is open and none of its cells is. */
void parsers_html_tables_need_cell(ParsersHtmlTables *tables);

#endif
