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

/* Add signals for what the bounce says: "bounce-delayed", when the mail may still arrive;
 * "bounce-status", a code such as 5.1.1; "bounce-hard", when the address takes no mail and never
 * will; "bounce-recipient" for each address that failed.  The mail must be known to be a bounce. */
void parsers_bounce_note(ParsersFindings *findings, const ParsersMime *mime);

/* Compile the patterns, so that no mail waits for that. */
void parsers_bounce_warm_up(void);

#endif
