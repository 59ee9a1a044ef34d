/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pack.c - values written one behind the other, as GVariant stores them.
 *
 * A container is its members, each at a multiple of its alignment, and then where those end
 * that have no fixed size: of an array in order, of a tuple backwards.
 *
 * Runs in:  postern-parser.
 * Source:   the GVariant serialisation of GLib
 */
#include "config.h"

#include "parsers/pack.h"

#include <string.h>

#define BYTES_USUAL 4096u /* of the findings of a mail */

ParsersPack
parsers_pack_new(void)
{
    return (ParsersPack){.bytes = g_malloc(BYTES_USUAL),
                         .size = BYTES_USUAL,
                         .ends = g_array_new(FALSE, FALSE, sizeof(gsize))};
}

GBytes *
parsers_pack_finish(ParsersPack *pack)
{
    g_array_unref(pack->ends);
    return g_bytes_new_take(pack->bytes, pack->used);
}

static void
append(ParsersPack *pack, gconstpointer data, gsize length)
{
    if (length > pack->size - pack->used) {
        pack->size = MAX(2 * pack->size, pack->used + length);
        pack->bytes = g_realloc(pack->bytes, pack->size);
    }
    memcpy(pack->bytes + pack->used, data, length);
    pack->used += length;
}

static void
align_to(ParsersPack *pack, gsize align)
{
    static const guint8 zeros[sizeof(guint64)] = {0};

    append(pack, zeros, (align - pack->used % align) % align);
}

ParsersPackBox
parsers_pack_open(ParsersPack *pack, gsize align)
{
    align_to(pack, align);
    return (ParsersPackBox){.start = pack->used, .first = pack->ends->len};
}

void
parsers_pack_end(ParsersPack *pack, const ParsersPackBox *box)
{
    const gsize end = pack->used - box->start;

    g_array_append_val(pack->ends, end);
}

/* Bytes of each number that says where a member ends: they must do for the whole container. */
static gsize
end_bytes(gsize body, gsize ends)
{
    if (body + ends <= G_MAXUINT8)
        return 1;
    if (body + 2 * ends <= G_MAXUINT16)
        return 2;
    return body + 4 * ends <= G_MAXUINT32 ? 4 : 8;
}

static void
close_box(ParsersPack *pack, const ParsersPackBox *box, bool backwards)
{
    const guint n = pack->ends->len - box->first;
    const gsize width = end_bytes(pack->used - box->start, n);

    for (guint i = 0; i < n; i++) {
        const guint at = box->first + (backwards ? n - 1 - i : i);
        const guint64 end = GUINT64_TO_LE((guint64)g_array_index(pack->ends, gsize, at));

        append(pack, &end, width);
    }
    g_array_set_size(pack->ends, box->first);
}

void
parsers_pack_close_array(ParsersPack *pack, const ParsersPackBox *box)
{
    close_box(pack, box, false);
}

void
parsers_pack_close_tuple(ParsersPack *pack, const ParsersPackBox *box)
{
    close_box(pack, box, true);
}

void
parsers_pack_text(ParsersPack *pack, const char *text, gsize most)
{
    const gsize length = strnlen(text, most);

    if (g_utf8_validate_len(text, length, NULL)) {
        append(pack, text, length);
    } else {
        g_autofree char *valid = g_utf8_make_valid(text, (gssize)length);

        append(pack, valid, strlen(valid));
    }
    append(pack, "", 1);
}

void
parsers_pack_bool(ParsersPack *pack, bool value)
{
    const guint8 byte = value ? 1 : 0;

    append(pack, &byte, sizeof byte);
}

void
parsers_pack_uint(ParsersPack *pack, guint32 value)
{
    align_to(pack, sizeof value);
    append(pack, &value, sizeof value);
}

void
parsers_pack_uint64(ParsersPack *pack, guint64 value)
{
    align_to(pack, sizeof value);
    append(pack, &value, sizeof value);
}

void
parsers_pack_double(ParsersPack *pack, double value)
{
    align_to(pack, sizeof value);
    append(pack, &value, sizeof value);
}
