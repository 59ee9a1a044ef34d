/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/notice.h - whether a machine's notice holds anything that a person may have said.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   doc/deciding.md, "Signals"
 */
#ifndef PARSERS_NOTICE_H
#define PARSERS_NOTICE_H

#include "parsers/findings.h"

/* True if no word of the subject, the text, the signature and what is quoted is one with which
 * people tell of themselves or of children, or which a form asks.  False also where they are too
 * long to be looked at whole.  True says that no form and no story need be looked for; false says
 * nothing. */
bool parsers_notice_is_bare(const ParsersFindings *findings);

/* Make the pattern before the cage closes. */
void parsers_notice_warm_up(void);

#endif
