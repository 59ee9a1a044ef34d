/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/kind-marks.h - marks that programs put into headers and subjects.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   RFC 3834, RFC 2369, RFC 2919; doc/deciding.md, "Signals"
 */
#ifndef PARSERS_KIND_MARKS_H
#define PARSERS_KIND_MARKS_H

#include "parsers/mime.h"

/* Add a signal for each mark found in the headers and the subject; findings has its subject. */
void parsers_kind_marks_find(ParsersFindings *findings, const ParsersMime *mime);

/* Is the subject one that mail systems write above what they return? */
bool parsers_kind_marks_is_bounce_subject(const char *subject);

/* Patterns are static text, caseless and multi-line; they are compiled once and kept.
 *
 * Before the cage closes they become machine code: those that are met then, or named here. */
void parsers_kind_marks_warm_up(const char *pattern);

/* The first group of the next match at or behind *at, which is moved behind it; NULL if there is
 * none, or no text.  The caller frees. */
char *parsers_kind_marks_next(const char *pattern, const char *text, gsize *at);

/* Where the first match begins. */
bool parsers_kind_marks_find_first(const char *pattern, const char *text, gsize *out_start);

/* Does it match within the first 64 KiB?  text may be NULL, which matches nothing. */
bool parsers_kind_marks_match(const char *pattern, const char *text);

#endif
