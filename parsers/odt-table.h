/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/odt-table.h - tables of an OpenDocument text.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; OpenDocument 1.3 part 3, 9
 */
#ifndef PARSERS_ODT_TABLE_H
#define PARSERS_ODT_TABLE_H

#include "parsers/odt-body.h"

/* The rules for the elements of tables, for the reader of the body. */
extern const ParsersXmlRule parsers_odt_table_rules[];
extern const gsize parsers_odt_table_n_rules;

#endif
