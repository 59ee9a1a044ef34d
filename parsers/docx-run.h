/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/docx-run.h - text, symbols and pictures inside a paragraph.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ECMA-376 part 1, 17.3.2 and 20.4; part 3
 */
#ifndef PARSERS_DOCX_RUN_H
#define PARSERS_DOCX_RUN_H

#include "parsers/docx-body.h"

/* The rules for what stands in a paragraph, for the reader of the body. */
extern const ParsersXmlRule parsers_docx_run_rules[];
extern const gsize parsers_docx_run_n_rules;

/* Text between tags; user is a ParsersDocxState. */
void parsers_docx_run_text(gpointer user, const char *text, gsize length);

#endif
