/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/doc-field.h - fields of a Word binary file; legacy form fields become spans.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-DOC] 2.8.25, 2.9.78
 */
#ifndef PARSERS_DOC_FIELD_H
#define PARSERS_DOC_FIELD_H

#include "parsers/octets.h"
#include "parsers/rtf-flow.h"

/* The open fields of one text. */
typedef struct ParsersDocFields ParsersDocFields;

/* flow: where spans go; borrowed. */
ParsersDocFields *parsers_doc_field_new(ParsersRtfFlow *flow, const ParsersLimits *limits);
void parsers_doc_field_free(ParsersDocFields *fields);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersDocFields, parsers_doc_field_free)

/* The three characters that make up a field.  visible: whether the field would be seen. */
void parsers_doc_field_begin(ParsersDocFields *fields, bool visible);
void parsers_doc_field_separate(ParsersDocFields *fields);
void parsers_doc_field_end(ParsersDocFields *fields);

/* Whether a field waits for its end. */
bool parsers_doc_field_is_open(const ParsersDocFields *fields);

/* The description of the innermost field.  data: from its place in the data stream on. */
void parsers_doc_field_describe(ParsersDocFields *fields, ParsersOctets data);

/* Text in a field.  False when it belongs to the paragraph after all. */
bool parsers_doc_field_take(ParsersDocFields *fields, const char *text, gsize length, guint flags);

/* What waits in an open text field becomes a span: the paragraph ends. */
void parsers_doc_field_flush(ParsersDocFields *fields);

#endif
