/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/line.h - a document's paragraphs as lines, alike for every format.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_LINE_H
#define PARSERS_LINE_H

#include "parsers/document.h"

#define PARSERS_LINE_BOX "\xe2\x98\x90"    /* U+2610, an empty box, however it was drawn */
#define PARSERS_LINE_TICKED "\xe2\x98\x92" /* U+2612, a ticked one */
#define PARSERS_LINE_ANSWER '\x01'         /* before what a control holds */
#define PARSERS_LINE_END '\x02'            /* behind it */

typedef struct {
    const char *text;    /* UTF-8 with the marks above; of the array it is in */
    const guint8 *flags; /* PARSERS_SPAN_BOLD to _HIGHLIGHT of each byte of text */
    gsize length;        /* of both */
    gpointer room;       /* of a paragraph's first line: what these are in, for all its lines */
    GPtrArray *controls; /* ParsersSpan, borrowed: one for each PARSERS_LINE_ANSWER; or NULL */
    guint heading;
    bool list;
    bool bold; /* every letter is */
    ParsersPlace place;
} ParsersLine;

/* The lines of a paragraph, appended to lines (of ParsersLine, which frees them all at once).  The
 * paragraph is borrowed and must outlive them. */
void parsers_line_add(GPtrArray *lines, const ParsersBlock *paragraph);

GPtrArray *parsers_line_array(void); /* an empty array for parsers_line_add() */

/* How many controls a line has. */
static inline guint
parsers_line_controls(const ParsersLine *line)
{
    return line->controls != NULL ? line->controls->len : 0;
}

/* A part of a line. */
typedef struct {
    const ParsersLine *line;
    gsize from;
    gsize to;
} ParsersSlice;

ParsersSlice parsers_slice(const ParsersLine *line); /* all of it, without blanks at the ends */
ParsersSlice parsers_slice_cut(ParsersSlice slice, gsize from, gsize to); /* likewise */
bool parsers_slice_empty(ParsersSlice slice); /* nothing to read but dots and marks */
char *parsers_slice_text(ParsersSlice slice); /* as it is read; the caller frees */

/* Text without dotted leaders and marks of controls; the caller frees. */
char *parsers_line_clean(const char *text);

#endif
