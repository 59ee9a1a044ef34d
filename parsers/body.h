/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/body.h - which parts of a mail are its body, and what they say.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 2046 section 5.1.4; doc/reading.md
 */
#ifndef PARSERS_BODY_H
#define PARSERS_BODY_H

#include "parsers/document.h"
#include "parsers/mime.h"

/* One body part, read. */
typedef struct {
    guint part;                /* index into the parts of the mail */
    const char *format;        /* "text" or "html"; static */
    ParsersDocument *document; /* owned */
} ParsersBody;

/* Is this part something that a mail program shows as the words of the mail? */
bool parsers_body_is_part(const ParsersMime *mime, guint index);

/* Every body part of the mail itself as a document, in order; ParsersBody, owned.  A part that
 * reaches a limit is left out; its warning is appended to warnings. */
GPtrArray *parsers_body_read(const ParsersMime *mime, const ParsersLimits *limits,
                             GPtrArray *warnings);

/* The texts of the findings: what was written, the signature, what was quoted.  Of parts that say
 * the same thing, plain text is taken unless it says far less.  bodies: borrowed. */
void parsers_body_fill(ParsersFindings *findings, const ParsersMime *mime, const GPtrArray *bodies);

#endif
