/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/rtf-flow.h - paragraphs and tables of RTF, gathered until their shape is known.
 *
 * RTF says where a cell stands only by its right edge in twips, and which table a
 * paragraph is in only at its end; so a table is kept until it is whole.  Word's binary
 * format, of which RTF is a transcript, does the same, and its reader uses this, too.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; RTF Specification 1.9.1, "Table Definitions"
 */
#ifndef PARSERS_RTF_FLOW_H
#define PARSERS_RTF_FLOW_H

#include "parsers/document.h"

typedef struct ParsersRtfFlow ParsersRtfFlow;

/* How many bytes and records all flows of a document may still take together. */
typedef struct {
    gsize left;
    bool spent;
} ParsersRtfBudget;

/* Where the cells of a row end, and how they are merged. */
typedef struct {
    gint right; /* twips */
    bool left_merged;
    bool up_merged;
    bool shaded;
} ParsersRtfEdge;

typedef struct {
    gint left;
    bool header;
    GArray *edges; /* ParsersRtfEdge */
} ParsersRtfRow;

/* A new flow: the body, a running head, a text box.  document: where whole blocks go, or NULL when
 * they are to be kept for parsers_rtf_flow_attach().  Free with parsers_rtf_flow_free(). */
ParsersRtfFlow *parsers_rtf_flow_new(ParsersDocument *document, ParsersRtfBudget *budget);
void parsers_rtf_flow_free(ParsersRtfFlow *flow);

/* Add to the open paragraph. */
void parsers_rtf_flow_text(ParsersRtfFlow *flow, const char *text, gsize length, guint flags);
void parsers_rtf_flow_span(ParsersRtfFlow *flow, const ParsersSpan *span);

/* Whether the open paragraph has anything in it. */
bool parsers_rtf_flow_is_open(const ParsersRtfFlow *flow);

/* The open paragraph ends.  level: how many tables it stands in. */
void parsers_rtf_flow_end_paragraph(ParsersRtfFlow *flow, guint level, guint heading,
                                    bool list_item);

/* Its cell, too; then the row. */
void parsers_rtf_flow_end_cell(ParsersRtfFlow *flow, guint level);
void parsers_rtf_flow_end_row(ParsersRtfFlow *flow, guint level, const ParsersRtfRow *row);

/* All that is open ends. */
void parsers_rtf_flow_finish(ParsersRtfFlow *flow);

/* Let the blocks of inner, which is finished, stand after the open paragraph of flow. */
void parsers_rtf_flow_attach(ParsersRtfFlow *flow, ParsersRtfFlow *inner);

#endif
