/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-contents.cc - what a PDF page is drawn with, unpacked in one piece.
 *
 * Poppler unpacks a page byte by byte, and asks for each of them through several streams.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1 sections 7.4.3 and 7.4.4
 */
#include "config.h"

#include "parsers/pdf-contents.hh"

#include <Dict.h>
#include <Stream.h>

#include <zlib.h>

namespace
{

const gsize PACKED_MAX = 16 * 1024;
const gsize USUAL_RATIO = 16; /* what a byte becomes, at most */

struct Packed {
    const guint8 *start;
    gsize length;
};

bool
is_white(guint8 byte)
{
    return byte == '\n' || byte == '\r' || byte == ' ' || byte == '\t' || byte == '\f' || byte == 0;
}

/* The bytes of a group of five digits, of which `count` were given. */
void
add_group(const guint8 digits[5], int count, std::vector<guint8> *out)
{
    guint32 value = 0;

    for (int i = 0; i < 5; i++)
        value = value * 85 + (i < count ? digits[i] : 84u);
    for (int i = 0; i < count - 1; i++)
        out->push_back((guint8)(value >> (24 - 8 * i)));
}

/* Four bytes for each five digits of base 85.  Empty when it is something else. */
std::vector<guint8>
decode_85(Packed packed)
{
    std::vector<guint8> out;
    guint8 digits[5];
    int count = 0;

    out.reserve(packed.length * 4 / 5 + 4);
    for (gsize i = 0; i < packed.length && packed.start[i] != '~'; i++) {
        const guint8 byte = packed.start[i];

        if (is_white(byte))
            continue;
        if (byte == 'z' && count == 0) {
            out.insert(out.end(), 4, 0);
            continue;
        }
        if (byte < '!' || byte > 'u')
            return {};
        digits[count++] = (guint8)(byte - '!');
        if (count < 5)
            continue;
        add_group(digits, 5, &out);
        count = 0;
    }
    if (count > 1)
        add_group(digits, count, &out);
    return out;
}

std::vector<char>
inflate_all(Packed packed)
{
    std::vector<char> text;
    z_stream state = {};

    if (inflateInit(&state) != Z_OK)
        return text;
    text.resize(packed.length * USUAL_RATIO);
    state.next_in = const_cast<Bytef *>(packed.start);
    state.avail_in = (uInt)packed.length;
    state.next_out = reinterpret_cast<Bytef *>(text.data());
    state.avail_out = (uInt)text.size();
    const bool is_whole = inflate(&state, Z_FINISH) == Z_STREAM_END;
    text.resize(is_whole ? state.total_out : 0);
    inflateEnd(&state);
    return text;
}

} /* namespace */

std::vector<char>
parsers_pdf_contents_unpack(const Object &object, GBytes *bytes)
{
    gsize size = 0;
    const guint8 *data = static_cast<const guint8 *>(g_bytes_get_data(bytes, &size));
    const Dict *dict = object.streamGetDict();
    Stream *stream = object.getStream();
    BaseStream *base = stream->getBaseStream();
    Stream *below = stream->getKind() == strFlate ? stream->getNextStream() : nullptr;
    const bool is_85 = below != nullptr && below->getKind() == strASCII85;
    const gsize start = (gsize)MAX(base->getStart(), 0);
    const gsize length = (gsize)MAX(base->getLength(), 0);

    if (is_85)
        below = below->getNextStream();
    if (below != base || !dict->lookupNF("DecodeParms").isNull() ||
        !dict->lookupNF("DP").isNull() || start >= size || length > MIN(size - start, PACKED_MAX))
        return {};
    if (!is_85)
        return inflate_all({data + start, length});
    const std::vector<guint8> decoded = decode_85({data + start, length});

    return inflate_all({decoded.data(), decoded.size()});
}
