/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/header.h - the header lines of a mail or of one of its parts.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 5322 section 2.2; RFC 2047; RFC 2231
 */
#ifndef PARSERS_HEADER_H
#define PARSERS_HEADER_H

#include <glib.h>
#include <stdbool.h>

#include "parsers/limits.h"

typedef struct {
    char *name;  /* as written, never empty */
    char *value; /* unfolded, encoded words as they stand, valid UTF-8, trimmed */
} ParsersHeader;

/* An empty list that owns its ParsersHeader. */
GPtrArray *parsers_header_list_new(void);

/* Read header lines up to the first empty line, or the first line that cannot be one.
 *
 * data, size:  a mail or part; lines end in LF or CRLF; borrowed.
 * headers:     lines are appended here, in order.
 * out_limit:   static name of the limit that was reached, or NULL; the lines before it are kept.
 *
 * Returns the offset of the body. */
gsize parsers_header_scan(const char *data, gsize size, const ParsersLimits *limits,
                          GPtrArray *headers, const char **out_limit);

/* The value of the n-th header of that name (0 is the topmost), or NULL; borrowed.
 * Where only one may stand, the first one counts, here and everywhere. */
const char *parsers_header_value(const GPtrArray *headers, const char *name, guint n);

/* Encoded words (RFC 2047) whose writer forgot to encode letters, or what ends a name
 * ("=?utf-8?Q?a:)?="), written as they should be.  The caller frees. */
char *parsers_header_mend(const char *value);

/* Encoded words (RFC 2047) decoded; always valid UTF-8, no control characters.  The caller frees.
 */
char *parsers_header_decode(const char *value);

/* One parameter of a Content-Type or Content-Disposition value, decoded by RFC 2231 or RFC 2047,
 * valid UTF-8; NULL when absent.  The caller frees. */
char *parsers_header_parameter(const char *value, const char *name);

/* The first token of a Content-Type or Content-Disposition value in lower case, such as
 * "text/plain"; "" when there is none.  The caller frees. */
char *parsers_header_token(const char *value);

/* The offset behind a comment that begins at that one; 0 if it is never closed.
 * Comments nest, and hold escaped parentheses (RFC 5322 section 3.2.2). */
gsize parsers_header_skip_comment(const char *value, gsize at);

#endif
