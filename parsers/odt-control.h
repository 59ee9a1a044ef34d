/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/odt-control.h - form controls, field marks and input fields of OpenDocument.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; OpenDocument 1.3 part 3, 7.7 and 13
 */
#ifndef PARSERS_ODT_CONTROL_H
#define PARSERS_ODT_CONTROL_H

#include "parsers/odt-body.h"

/* The rules for the elements of controls, for the reader of the body. */
extern const ParsersXmlRule parsers_odt_control_rules[];
extern const gsize parsers_odt_control_n_rules;

/* Text goes into the control it stands in.  False when it stands in none. */
bool parsers_odt_control_take(ParsersOdtState *state, const char *text, gsize length);

/* What waits in the open control becomes a span. */
void parsers_odt_control_flush(ParsersOdtState *state);

/* Before the first control of a document, and after the last. */
void parsers_odt_control_init(ParsersOdtState *state);
void parsers_odt_control_clear(ParsersOdtState *state);

#endif
