/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/rehearse.h - mails of our own, read before any other.
 *
 * Runs in:  postern-parser, before the cage closes.
 * Source:   doc/process-model.md
 */
#ifndef PARSERS_REHEARSE_H
#define PARSERS_REHEARSE_H

#include "parsers/definition.h"
#include "parsers/limits.h"

#define PARSERS_REHEARSE_MAILS 6u

/* Read a few mails of our own, so that what is set up at first use (patterns, types, tables) is
 * there for every child and not made by each. */
void parsers_rehearse(const ParsersDefinitions *definitions, const ParsersLimits *limits);

#endif
