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

/* A pattern, caseless and multi-line, compiled once and kept.  pattern: static text. */
GRegex *parsers_kind_marks_regex(const char *pattern);

/* Does it match within the first 64 KiB?  text may be NULL, which matches nothing. */
bool parsers_kind_marks_match(const char *pattern, const char *text);

#endif
