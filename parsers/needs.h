/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/needs.h - what a pattern cannot match without.
 *
 * Runs in:  postern-parser, before the cage closes.
 * Source:   pcre2pattern(3)
 */
#ifndef PARSERS_NEEDS_H
#define PARSERS_NEEDS_H

#include <glib.h>

/* The ways (ParsersWay) in which a pattern that ignores case can match.
 *
 * pattern: one of our own, in which ^ and $ are a line's.
 *
 * NULL: nothing is known.  The caller frees. */
GPtrArray *parsers_needs_of(const char *pattern);

#endif
