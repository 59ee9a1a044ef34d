/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/octets.h - little-endian numbers out of bytes, never past their end.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_OCTETS_H
#define PARSERS_OCTETS_H

#include <glib.h>
#include <stdbool.h>

/* Borrowed bytes. */
typedef struct {
    const guint8 *data;
    gsize size;
} ParsersOctets;

/* The bytes of bytes, which must outlive the result; none for NULL. */
ParsersOctets parsers_octets_of(GBytes *bytes);

/* length bytes from at on.  False, and *out untouched, when they are not all there. */
bool parsers_octets_slice(ParsersOctets octets, guint64 at, guint64 length, ParsersOctets *out);

/* The number at an offset; 0 when it is not all there. */
guint parsers_octets_u8(ParsersOctets octets, gsize at);
guint parsers_octets_u16(ParsersOctets octets, gsize at);
guint32 parsers_octets_u32(ParsersOctets octets, gsize at);

/* Append n characters of UTF-16 from at on to text; those that are not there are left out, and what
 * is no character becomes U+FFFD. */
void parsers_octets_append_utf16(ParsersOctets octets, gsize at, gsize n, GString *text);

#endif
