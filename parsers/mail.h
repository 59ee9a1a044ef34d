/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/mail.h - one whole mail in, findings out.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   doc/life-of-a-message.md
 */
#ifndef PARSERS_MAIL_H
#define PARSERS_MAIL_H

#include "parsers/definition.h"
#include "parsers/findings.h"
#include "parsers/limits.h"

/* Read one mail.
 *
 * raw:         the mail as received; borrowed.
 * definitions: the forms to look for; borrowed.
 * limits:      borrowed.
 *
 * Never fails: what could not be read is said in the findings (part states, warnings, signals), so
 * that a person sees the mail with all that could be read of it.  The caller frees the result. */
ParsersFindings *parsers_mail_read(GBytes *raw, const ParsersDefinitions *definitions,
                                   const ParsersLimits *limits);

/* The same, with what converters made of parts that asked for one in findings->foreign of an
 * earlier reading: a list of ParsersForeign; borrowed, may be NULL. */
ParsersFindings *parsers_mail_read_converted(GBytes *raw, const ParsersDefinitions *definitions,
                                             const ParsersLimits *limits,
                                             const GPtrArray *converted);

#endif
