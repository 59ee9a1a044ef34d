/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/plausible.h - dates that cannot be right, pointed out and left as they are.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PLAUSIBLE_H
#define PARSERS_PLAUSIBLE_H

#include "parsers/findings.h"

/* Add a warning to findings for each date in its forms that a person should look at, such as
 * "child.1.dob: in the future".  No value is changed, and none is repeated in the warning.
 *
 * What is today is taken from the mail's Date, else from the date that the form gives: a parser
 * has no clock.  Without either, only what needs no today is said. */
void parsers_plausible_check(ParsersFindings *findings);

#endif
