/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/mime-part.h - one part of a mail while the mail is taken apart.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 2045, RFC 2183, RFC 2231
 */
#ifndef PARSERS_MIME_PART_H
#define PARSERS_MIME_PART_H

#include "parsers/mime.h"

/* A part without name, headers and place.  bytes: decoded; borrowed.  The caller frees. */
ParsersMimePart *parsers_mime_part_new(GBytes *bytes);
void parsers_mime_part_free(gpointer part);

/* Say what is wrong with it. */
void parsers_mime_part_spoil(ParsersMimePart *part, ParsersPartState state, const char *problem);

/* Its file name, of which a path is dropped. */
void parsers_mime_part_set_name(ParsersMimePart *part, const char *name);

/* Read name, charset and the rest from part->headers, and with them say what the bytes are. */
void parsers_mime_part_describe(ParsersMimePart *part);

/* Does anybody look into such a file? */
bool parsers_mime_part_is_read(const ParsersMimePart *part);

/* Note size and checksum, unless they were measured before; let go of bytes that no reader wants,
 * such as a film's. */
void parsers_mime_part_settle(ParsersMimePart *part);

/* Its bytes are not needed any more; size and checksum stay. */
void parsers_mime_part_let_go(ParsersMimePart *part);

#endif
