/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/bounce.h - what a bounce says of the mail that it returns.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   RFC 3464 section 2.3; RFC 3463 section 2
 */
#ifndef PARSERS_BOUNCE_H
#define PARSERS_BOUNCE_H

#include "parsers/findings.h"
#include "parsers/mime.h"

/* Add the signals "bounce-delayed", when the mail may still arrive, and "bounce-status", a code
 * such as 5.1.1, as far as the bounce says so.  It must be known to be one. */
void parsers_bounce_note(ParsersFindings *findings, const ParsersMime *mime);

#endif
