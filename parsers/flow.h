/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/flow.h - labels and answers in running lines.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_FLOW_H
#define PARSERS_FLOW_H

#include "parsers/context.h"

/* Where a line parts into a label and the rest. */
typedef struct {
    ParsersLabel label;
    gsize label_end; /* end of the label, without its colon and dots */
    gsize rest;      /* where the answer begins */
    bool exact;      /* the line shows the border: a colon, a control, bold letters */
} ParsersSplit;

/* The first border between label and answer, or what may be one, from *at on and before stop: *at
 * is moved there, and all of the split is set but its label.  False if there is none. */
bool parsers_flow_border(ParsersSlice line, gsize stop, gsize *at, ParsersSplit *out_split);

/* A colon, a question mark, dots or a control ends the label, not only a gap or the line's end. */
bool parsers_flow_hard(ParsersSlice line, const ParsersSplit *split);

/* True if a line has any sign that parsers_flow_hard() could find; without one it is no question
 * with its answer. */
bool parsers_flow_signed(ParsersSlice line);

/* True if there is a box, ticked or not. */
bool parsers_flow_box(const char *p);

/* Find the label that a line begins with, if it does; label.kind is NONE otherwise. */
ParsersSplit parsers_flow_split(const ParsersContext *reading, ParsersSlice line);

/* "Child 1 Surname Baker", where the tab was lost: only between other labels. */
ParsersSplit parsers_flow_columns(const ParsersContext *reading, ParsersSlice line);

/* True if a colon, a question mark, a control or the end of bold letters ends the label. */
bool parsers_flow_firm(ParsersSlice line, const ParsersSplit *split);

/* True if a line is written in capitals, as headings are where there are no bold letters. */
bool parsers_flow_capitals(ParsersSlice line);

/* A slice without the hint in brackets that it begins with. */
ParsersSlice parsers_flow_skip_hint(ParsersSlice slice);

/* True if a line is bold or in capitals, at least up to the hint that it ends with: "CHILDREN (one
 * line each)". */
bool parsers_flow_strong(ParsersSlice line);

/* The length of a mark such as "Q:", "Question 4." or "A4)" at the beginning of a line; 0 if there
 * is none.  word: "question" or "answer". */
gsize parsers_flow_marked(ParsersSlice line, const char *word);

/* True for a line that is filled in by the service: "Welfare officer only - date sent on: ____". */
bool parsers_flow_office(const char *text);

/* True if what stands behind a label goes on with the form's title, "Telling us about a concern:
 * for parents and carers": no form begins with the story. */
bool parsers_flow_subtitle(const ParsersContext *reading, ParsersSlice line,
                           const ParsersSplit *split);

/* True for what a form tells not to do, "Do not ask the child any questions.", which asks nothing.
 */
bool parsers_flow_forbids(ParsersSlice line);

/* True if a line was printed on the form to help, and is nobody's answer. */
bool parsers_flow_guidance(const ParsersContext *reading, ParsersSlice slice);

/* Forget what stood behind a label if the line below it shows that it was printed there too, and is
 * the answer itself: choices of which none is marked, or more bold words above plain ones. */
bool parsers_flow_drop_printed(const ParsersContext *reading, ParsersAnswer *open,
                               ParsersSlice line);

/* True if a line looks like a question printed on the form, known or not. */
bool parsers_flow_question(const ParsersContext *reading, ParsersSlice line);

/* A line of controls without text before them: their own labels say what they ask.  False if there
 * are none. */
bool parsers_flow_controls(ParsersContext *reading, ParsersSlice line);

/* Read one line of running text. */
void parsers_flow_line(ParsersContext *reading, const ParsersLine *line);

/* Read one cell that holds labels and answers; true if it began with a label. */
bool parsers_flow_cell(ParsersContext *reading, const GPtrArray *lines);

/* Where in the rest of a line the next label begins; its end if there is none.  story: what is told
 * there, which only a label that is certain ends. */
gsize parsers_flow_next_label(const ParsersContext *reading, ParsersSlice rest, bool story);

/* Length of a letter or number in brackets that counts questions, "(c) ", or 0. */
gsize parsers_flow_list_letter(const char *text);

/* The number that a heading begins with, "2. The child", or 0. */
guint parsers_flow_count(const char *text);

/* True for a protective marking, "OFFICIAL - SENSITIVE (when completed)". */
bool parsers_flow_marking(ParsersSlice line);

/* True if a line without a label goes on with the open answer, which has a line already: it was
 * wrapped, or is an address in lines. */
bool parsers_flow_runs_on(const ParsersContext *reading, ParsersSlice line);

/* True if at is a colon, and what stands behind it is quoted: it is told and not asked. */
bool parsers_flow_quotes(ParsersSlice line, gsize at);

/* True for what is printed above a signature even right below a story: "I believe that this
 * information is true". */
bool parsers_flow_vouches(const char *text);

#endif
