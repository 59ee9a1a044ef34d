/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/signed.c - the mail inside an opaque S/MIME signature.
 *
 * Only the few elements on the way to the content are understood; every length is
 * checked against the bytes that are there.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 5652 section 5; ITU-T X.690 (BER)
 */
#include "config.h"

#include "parsers/signed.h"

#include <stdbool.h>
#include <string.h>

enum {
    DEPTH_MAX = 16, /* elements inside one another */
    TAG_INTEGER = 0x02,
    TAG_OCTETS = 0x04,
    TAG_OID = 0x06,
    TAG_OCTETS_IN_PIECES = 0x24,
    TAG_SEQUENCE = 0x30,
    TAG_SET = 0x31,
    TAG_CONTEXT_0 = 0xa0,
};

typedef struct {
    const guint8 *data;
    gsize left;
} Ber;

static bool next(Ber *in, guint8 *out_tag, Ber *out_content, guint depth);

/* Length of a content that ends with two zero bytes. */
static bool
find_end(Ber in, guint depth, gsize *out_length)
{
    const guint8 *start = in.data;

    while (in.left >= 2) {
        guint8 tag = 0;
        Ber content;

        if (in.data[0] == 0 && in.data[1] == 0) {
            *out_length = (gsize)(in.data - start);
            return true;
        }
        if (!next(&in, &tag, &content, depth + 1))
            return false;
    }
    return false;
}

static void
advance(Ber *in, gsize n)
{
    in->data += n;
    in->left -= n;
}

/* Take one element off the front. */
static bool
next(Ber *in, guint8 *out_tag, Ber *out_content, guint depth)
{
    gsize length = 0, end = 0;
    guint n = 0;

    if (in->left < 2 || depth > DEPTH_MAX)
        return false;
    *out_tag = in->data[0];
    n = in->data[1];
    advance(in, 2);
    if (n < 0x80) {
        length = n;
    } else if (n == 0x80) {
        if (!find_end(*in, depth, &length))
            return false;
        end = 2;
    } else {
        n &= 0x7f;
        if (n > 4 || in->left < n)
            return false;
        for (guint i = 0; i < n; i++)
            length = length << 8 | in->data[i];
        advance(in, n);
    }
    if (length > in->left || in->left - length < end)
        return false;
    *out_content = (Ber){in->data, length};
    advance(in, length + end);
    return true;
}

/* Take one element of this tag off the front and step into it. */
static bool
enter(Ber *in, guint8 tag)
{
    guint8 found = 0;
    Ber content;

    if (!next(in, &found, &content, 0) || found != tag)
        return false;
    *in = content;
    return true;
}

static bool
skip(Ber *in, guint8 tag)
{
    guint8 found = 0;
    Ber content;

    return next(in, &found, &content, 0) && found == tag;
}

static bool
skip_oid(Ber *in, const char *oid, gsize length)
{
    guint8 found = 0;
    Ber content;

    return next(in, &found, &content, 0) && found == TAG_OID && content.left == length &&
           memcmp(content.data, oid, length) == 0;
}

/* An octet string, whole or in pieces. */
static bool
collect(Ber *in, GByteArray *out, guint depth)
{
    guint8 tag = 0;
    Ber content;

    if (!next(in, &tag, &content, depth))
        return false;
    if (tag == TAG_OCTETS) {
        g_byte_array_append(out, content.data, (guint)content.left);
        return true;
    }
    if (tag != TAG_OCTETS_IN_PIECES)
        return false;
    while (content.left > 0)
        if (!collect(&content, out, depth + 1))
            return false;
    return true;
}

GBytes *
parsers_signed_content(GBytes *bytes)
{
    static const char signed_data[] = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
    static const char data[] = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
    g_autoptr(GByteArray) out = g_byte_array_new();
    Ber in = {NULL, 0};

    in.data = g_bytes_get_data(bytes, &in.left);
    if (in.left > G_MAXUINT || !enter(&in, TAG_SEQUENCE) || !skip_oid(&in, signed_data, 9) ||
        !enter(&in, TAG_CONTEXT_0) || !enter(&in, TAG_SEQUENCE) || !skip(&in, TAG_INTEGER) ||
        !skip(&in, TAG_SET) || !enter(&in, TAG_SEQUENCE) || !skip_oid(&in, data, 9) ||
        !enter(&in, TAG_CONTEXT_0) || !collect(&in, out, 0))
        return NULL;
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}
