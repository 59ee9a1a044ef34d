/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/transfer.h - content transfer encodings undone.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 2045 section 6; POSIX uuencode
 */
#ifndef PARSERS_TRANSFER_H
#define PARSERS_TRANSFER_H

#include <glib.h>

#include "parsers/jpeg.h"

/* Undo a content transfer encoding.
 *
 * raw:         the encoded body; borrowed.
 * encoding:    as the header names it, in any case, or NULL; unknown ones leave the bytes alone.
 * out_problem: static text when bytes were lost or cut ("base64 is cut short"), else NULL.
 *
 * Base64 may be several blocks, each with its own padding, one after the other.  The result is
 * never larger than raw.  The caller unrefs. */
GBytes *parsers_transfer_decode(GBytes *raw, const char *encoding, const char **out_problem);

/* How long base64 is when it is undone, and the SHA-256 of that in hexadecimal (the caller frees),
 * without holding any of it.  raw and out_problem: as above.  jpeg: is shown all of it; or NULL. */
void parsers_transfer_measure(GBytes *raw, ParsersJpeg *jpeg, gsize *out_length, char **out_sha256,
                              const char **out_problem);

/* One uuencoded file inside a text. */
typedef struct {
    gsize start; /* of its "begin" line */
    gsize end;   /* after its "end" line */
    char *name;
    GBytes *bytes;
} ParsersTransferFile;

void parsers_transfer_file_free(ParsersTransferFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersTransferFile, parsers_transfer_file_free)

/* The first uuencoded file at or after an offset, or NULL.  data: borrowed.  The caller frees. */
ParsersTransferFile *parsers_transfer_find_file(const char *data, gsize size, gsize offset);

#endif
