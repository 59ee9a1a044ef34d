/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/envelope.h - the headers of a mail as findings.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 5322 section 3.6; RFC 8601
 */
#ifndef PARSERS_ENVELOPE_H
#define PARSERS_ENVELOPE_H

#include "parsers/mime.h"

/* Fill in everything of the findings that comes from headers, and original_ids from returned mails.
 * Headers too strange for the address parser are read for their first address only, with a
 * warning.  findings: written to; mime, limits: borrowed. */
void parsers_envelope_read(ParsersFindings *findings, const ParsersMime *mime,
                           const ParsersLimits *limits);

/* Append our own references that a text names ("lado-7k3m-q9tr", "LADO7K3MQ9TR") in canonical form,
 * each once.  Only their shape is checked: their check character is for the daemon. */
void parsers_envelope_find_references(const char *text, GPtrArray *out_references);

#endif
