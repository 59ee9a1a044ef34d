/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/choice.h - what was ticked, struck out or left standing.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_CHOICE_H
#define PARSERS_CHOICE_H

#include "parsers/line.h"

/* What was chosen among printed options.
 *
 * slices: ParsersSlice; borrowed.
 * out_chosen: the ticked or marked options joined by "; " in the order of the form, "" if none is.
 *             Set only when this returns true; the caller frees.
 *
 * Returns false if the answer has no printed options: it is plain text. */
bool parsers_choice_read(const GArray *slices, char **out_chosen);

#endif
