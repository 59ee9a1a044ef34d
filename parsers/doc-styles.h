/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/doc-styles.h - the style sheet of a Word binary file.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-DOC] 2.9.271, 2.9.260
 */
#ifndef PARSERS_DOC_STYLES_H
#define PARSERS_DOC_STYLES_H

#include "parsers/doc-sprm.h"

/* What a style says, together with all that it is based on. */
typedef struct {
    ParsersDocCharacter character;
    ParsersDocParagraph paragraph;
} ParsersDocStyle;

/* Read the style sheet; its records, ParsersDocStyle, by number.  The caller unrefs. */
GArray *parsers_doc_styles_read(const ParsersDocFile *file);

/* A style; one without properties when the number is not known.  Borrowed. */
const ParsersDocStyle *parsers_doc_styles_find(const GArray *styles, guint number);

/* Lay a style of characters over properties. */
void parsers_doc_styles_lay(const GArray *styles, guint number, ParsersDocCharacter *character);

#endif
