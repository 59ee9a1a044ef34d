/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/value.h - what stood behind a label, as a value of its field's type.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_VALUE_H
#define PARSERS_VALUE_H

#include "parsers/definition.h"
#include "parsers/line.h"

/* An answer as it stood: its lines, without leaders and prompts; "" if there is none.
 * slices: ParsersSlice; borrowed.  The caller frees. */
char *parsers_value_raw(const GArray *slices);

/* An answer as a value of that type; "" if it was left empty.  The caller frees. */
char *parsers_value_read(const GArray *slices, ParsersType type);

/* As above, where parsers_value_raw() was asked already: raw is what it gave.  The caller frees. */
char *parsers_value_typed(const GArray *slices, const char *raw, ParsersType type);

/* True if text could be an answer of that type at all. */
bool parsers_value_plausible(const char *text, ParsersType type);

/* Take the first thing of that type (e-mail, phone, postcode, full date or age, gender) out of a
 * text.  Returns it, and the rest in out_rest; NULL if there is none.  The caller frees both. */
char *parsers_value_take(const char *text, ParsersType type, char **out_rest);

#endif
