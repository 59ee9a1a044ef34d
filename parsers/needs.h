/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/needs.h - the words without which a pattern cannot match.
 *
 * Runs in:  postern-parser, before the cage closes.
 * Source:   pcre2pattern(3)
 */
#ifndef PARSERS_NEEDS_H
#define PARSERS_NEEDS_H

#include <glib.h>

/* Words of which each match of a pattern that ignores case has at least one; char*, in small
 * letters, of at least PARSERS_GRAMS_LEAST characters.
 *
 * pattern: one of our own.
 *
 * NULL: nothing is known.  The caller frees.  A pattern that can never match needs no word of an
 * empty list. */
GPtrArray *parsers_needs_of(const char *pattern);

#endif
