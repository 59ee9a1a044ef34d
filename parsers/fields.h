/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/fields.h - answers become the fields of a form.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_FIELDS_H
#define PARSERS_FIELDS_H

#include "parsers/findings.h"
#include "parsers/context.h"

/* Make values of the answers of a finished reading: typed, taken apart and put together, in the
 * order of the form.  known: the definition fits; otherwise the form is "unknown" and all its
 * answers go to others.  The caller frees. */
ParsersForm *parsers_fields_collect(const ParsersContext *reading, bool known);

#endif
