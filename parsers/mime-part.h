/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/mime-part.h - what the headers of a part say of it, and its end; for parsers/mime.c.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 2183; RFC 2231; RFC 3676
 */
#ifndef PARSERS_MIME_PART_H
#define PARSERS_MIME_PART_H

#include "parsers/mime.h"

/* part: a ParsersMimePart; freed with all it owns. */
void parsers_mime_part_free(gpointer part);

/* The last piece of a path: some programs send "C:\Users\...\form.docx".  The caller frees. */
char *parsers_mime_part_base_name(const char *name);

/* Fill in name, attachment, charset, format and content id from part->headers. */
void parsers_mime_part_read_headers(ParsersMimePart *part);

#endif
