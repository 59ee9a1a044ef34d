/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/locked.h - parts that hold a message which only its reader's keys or portal can open.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 8551, RFC 9580, RFC 3156; doc/reading.md
 */
#ifndef PARSERS_LOCKED_H
#define PARSERS_LOCKED_H

#include "parsers/mime.h"

/* What has locked a part, such as "S/MIME", "PGP", "Microsoft Purview" or "Egress"; NULL when
 * nothing has.  Static.  Files with a password are not known here: their readers say so. */
const char *parsers_locked_by(const ParsersMimePart *part);

/* Is it only the signature of another part? */
bool parsers_locked_is_signature(const ParsersMimePart *part);

#endif
