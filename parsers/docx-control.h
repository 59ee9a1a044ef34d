/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/docx-control.h - content controls and legacy form fields.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ECMA-376 part 1, 17.5.2 and 17.16; [MS-DOCX] 2.5.3
 */
#ifndef PARSERS_DOCX_CONTROL_H
#define PARSERS_DOCX_CONTROL_H

#include "parsers/docx-body.h"

/* Note which content controls hold other controls or tables: docx-body.c cannot know it yet when it
 * meets them.  Fills state->structures.  Errors: those of parsers_xml_read(). */
bool parsers_docx_control_survey(ParsersDocxState *state, GBytes *bytes, GError **error);

/* The rules for the elements of controls and fields, for the reader of the body. */
extern const ParsersXmlRule parsers_docx_control_rules[];
extern const gsize parsers_docx_control_n_rules;

/* Text of a run goes into the control it stands in.  False when it stands in none. */
bool parsers_docx_control_take(ParsersDocxState *state, const char *text, gsize length,
                               guint flags);

/* Whether text stands in a content control that is a check box. */
bool parsers_docx_control_is_box(const ParsersDocxState *state);

/* What waits in the open control becomes a span. */
void parsers_docx_control_flush(ParsersDocxState *state);

/* A paragraph ends: the open control gets its span here, even an empty one. */
void parsers_docx_control_end_paragraph(ParsersDocxState *state);

/* Whether text is hidden by a field: its instructions, or a result that is shown in another way. */
bool parsers_docx_control_hides(const ParsersDocxState *state);

/* Forget fields that were begun inside an element that ends now. */
void parsers_docx_control_drop_fields(ParsersDocxState *state, guint n_fields);

/* What a GArray calls when one of these goes. */
void parsers_docx_control_clear(gpointer control);
void parsers_docx_control_clear_field(gpointer field);

#endif
