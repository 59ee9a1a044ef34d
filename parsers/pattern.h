/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pattern.h - patterns of our own, matched as machine code where that can be had.
 *
 * Runs in:  postern-parser.
 * Source:   pcre2api(3), pcre2jit(3)
 */
#ifndef PARSERS_PATTERN_H
#define PARSERS_PATTERN_H

#include <glib.h>
#include <stdbool.h>

typedef struct ParsersPattern ParsersPattern;

typedef enum {
    PARSERS_PATTERN_ASCII,   /* \b, \w and \s know ASCII only; a line ends at LF */
    PARSERS_PATTERN_UNICODE, /* they know all letters; a line ends as in any system */
    PARSERS_PATTERN_LINE     /* the same, of a text that is one line: ^ and $ are its ends */
} ParsersPatternKind;

typedef enum {
    PARSERS_PATTERN_ABSENT,
    PARSERS_PATTERN_FOUND,
    PARSERS_PATTERN_UNDECIDED /* a limit was reached, or the text is no UTF-8 */
} ParsersPatternResult;

/* From one byte of a text to another one. */
typedef struct {
    gsize start, end;
} ParsersPatternSpan;

/* Compile a pattern of ours, static, that ignores case and in which ^ and $ are a line's.
 *
 * Never NULL: a pattern that is wrong is our mistake and ends the program.  There is no way to free
 * one: those that there are stay. */
ParsersPattern *parsers_pattern_new(const char *text, ParsersPatternKind kind);

/* Look for a pattern in length bytes of text.
 *
 * out_start, out_end: set when found, in bytes; both may be NULL.
 *
 * Time is bounded by a limit on the steps of a match. */
ParsersPatternResult parsers_pattern_look(const ParsersPattern *pattern, const char *text,
                                          gsize length, gsize *out_start, gsize *out_end);

/* As above, between two places of a text of which all up to the second is known to be UTF-8 (by
 * g_utf8_validate()): the text ends there, and what stands before the first can be looked back at.
 */
ParsersPatternResult parsers_pattern_look_between(const ParsersPattern *pattern, const char *text,
                                                  ParsersPatternSpan where,
                                                  ParsersPatternSpan *out_span);

/* The next match at or behind *at, which is moved behind it.
 *
 * out_start, out_end: of its first group, which it must have. */
bool parsers_pattern_next(const ParsersPattern *pattern, const char *text, gsize *at,
                          gsize *out_start, gsize *out_end);

/* Make the machine code of all patterns unwritable for good, so that the process has no memory that
 * is both written and run.  No pattern compiled from then on becomes machine code.  False when that
 * cannot be done; errno says more. */
bool parsers_pattern_seal(void);

#endif
