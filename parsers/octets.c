/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/octets.c - little-endian numbers out of bytes, never past their end.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/octets.h"

ParsersOctets
parsers_octets_of(GBytes *bytes)
{
    ParsersOctets octets = {0};

    if (bytes != NULL)
        octets.data = g_bytes_get_data(bytes, &octets.size);
    return octets;
}

bool
parsers_octets_slice(ParsersOctets octets, guint64 at, guint64 length, ParsersOctets *out)
{
    if (at > octets.size || length > octets.size - at)
        return false;
    out->data = octets.data == NULL ? NULL : octets.data + at;
    out->size = (gsize)length;
    return true;
}

guint
parsers_octets_u8(ParsersOctets octets, gsize at)
{
    return at < octets.size ? octets.data[at] : 0;
}

guint
parsers_octets_u16(ParsersOctets octets, gsize at)
{
    if (octets.size < 2 || at > octets.size - 2)
        return 0;
    return (guint)octets.data[at] | (guint)octets.data[at + 1] << 8;
}

guint32
parsers_octets_u32(ParsersOctets octets, gsize at)
{
    if (octets.size < 4 || at > octets.size - 4)
        return 0;
    return (guint32)parsers_octets_u16(octets, at) | (guint32)parsers_octets_u16(octets, at + 2)
                                                         << 16;
}

void
parsers_octets_append_utf16(ParsersOctets octets, gsize at, gsize n, GString *text)
{
    gunichar high = 0;

    for (; n > 0 && at < octets.size; n--, at += 2) {
        gunichar c = parsers_octets_u16(octets, at);

        if (c >= 0xD800 && c < 0xDC00) {
            high = c;
            continue;
        }
        if (c >= 0xDC00 && c < 0xE000)
            c = high == 0 ? 0xFFFD : 0x10000 + ((high - 0xD800) << 10) + (c - 0xDC00);
        high = 0;
        if (c != 0)
            g_string_append_unichar(text, c);
    }
}
