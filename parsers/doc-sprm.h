/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/doc-sprm.h - properties of characters, paragraphs and rows in a Word binary file.
 *
 * They stand in lists of "sprms", each of which changes one property.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-DOC] 2.6
 */
#ifndef PARSERS_DOC_SPRM_H
#define PARSERS_DOC_SPRM_H

#include "parsers/doc-file.h"
#include "parsers/rtf-flow.h"

typedef struct {
    guint flags; /* PARSERS_SPAN_BOLD and its like */
    bool hidden;
    bool deleted;
    bool special;  /* stands for something that is no text */
    bool is_data;  /* the picture is the description of a field */
    bool has_font; /* font was given */
    bool has_picture;
    bool has_symbol;
    guint font;
    guint32 picture; /* offset in the data stream */
    guint symbol_font;
    guint symbol;
    bool has_style;
    guint style;
} ParsersDocCharacter;

typedef struct {
    bool in_table;
    gint64 depth; /* tables it stands in, or 0 when only in_table tells */
    bool ends_row;
    bool ends_inner_cell;
    bool ends_inner_row;
    guint heading;
    bool list_item;
} ParsersDocParagraph;

/* Change properties as a list says.
 * style: what "as in the style" means in it. */
void parsers_doc_sprm_character(ParsersOctets list, const ParsersDocCharacter *style,
                                ParsersDocCharacter *character);
void parsers_doc_sprm_paragraph(ParsersOctets list, ParsersDocParagraph *paragraph);
/* row->edges must be an array. */
void parsers_doc_sprm_row(ParsersOctets list, ParsersRtfRow *row);

/* The list in the data stream to which a list refers; empty when it does not. */
ParsersOctets parsers_doc_sprm_elsewhere(const ParsersDocFile *file, ParsersOctets list);

#endif
