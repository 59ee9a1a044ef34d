/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/doc-box.h - which text box hangs on which character of a Word binary file.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-DOC] 2.8.28, 2.8.37, 2.9.100, 2.9.253
 */
#ifndef PARSERS_DOC_BOX_H
#define PARSERS_DOC_BOX_H

#include "parsers/doc-file.h"

typedef struct ParsersDocBoxes ParsersDocBoxes;

/* The text of a box, as CPs of the file. */
typedef struct {
    guint32 start;
    guint32 end;
    bool taken;
} ParsersDocBox;

/* The boxes of the main text, or those of running heads. */
ParsersDocBoxes *parsers_doc_box_load(const ParsersDocFile *file, bool of_headers);
void parsers_doc_box_free(ParsersDocBoxes *boxes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersDocBoxes, parsers_doc_box_free)

/* Take the box that hangs on a character.  position: CP, counted from the start of its text.
 * False when there is none, or it was taken before. */
bool parsers_doc_box_take(ParsersDocBoxes *boxes, guint32 position, ParsersDocBox *out_box);

/* Take any box that nobody took: those of grouped shapes hang on no character. */
bool parsers_doc_box_take_next(ParsersDocBoxes *boxes, ParsersDocBox *out_box);

#endif
