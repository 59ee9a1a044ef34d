/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/zip.c - a ZIP archive whose directory lies where it should, read where it lies.
 *
 * What an archive states is believed for the size of one allocation within the limit, and holds
 * only when the bytes bear it out: length and sum must be right to the last.
 *
 * Runs in:  postern-parser.
 * Source:   APPNOTE.TXT 6.3.10, 4.3 and 4.4; RFC 1951
 */
#include "config.h"

#include "parsers/zip.h"

#include <stdbool.h>
#include <string.h>

#include <zlib.h>

enum {
    END_BYTES = 22,   /* end of central directory, without a comment */
    ENTRY_BYTES = 46, /* of the central directory, without what varies */
    LOCAL_BYTES = 30, /* before a file, likewise */
    STORED = 0,
    DEFLATED = 8,
    PLAIN_FLAGS = 0x080E, /* how hard it was tried, sizes that follow, names in UTF-8 */
    RATIO_MAX = 1100,     /* deflate cannot do better */
};

typedef struct {
    const char *name;
    guint16 length;
    guint16 method;
    guint32 sum;
    guint32 packed;
    guint32 size;
    guint32 offset; /* of its local header */
} Entry;

struct ParsersZip {
    const guint8 *data;
    gsize size;
    guint n;
    Entry entries[];
};

void
parsers_zip_free(ParsersZip *zip)
{
    g_free(zip);
}

static guint16
get16(const guint8 *at)
{
    return (guint16)(at[0] | at[1] << 8);
}

static guint32
get32(const guint8 *at)
{
    return get16(at) | (guint32)get16(at + 2) << 16;
}

/* The end of the directory, where an archive without a comment has it; NULL when it is not plain.
 */
static const guint8 *
find_end(const guint8 *data, gsize size)
{
    const guint8 *end = data + size - END_BYTES;

    if (memcmp(end, "PK\5\6", 4) != 0)
        return NULL;
    /* One disk, one count, no comment. */
    if (get32(end + 4) != 0 || get16(end + 8) != get16(end + 10) || get16(end + 20) != 0)
        return NULL;
    /* Right before this end, and not so large that its sizes stand elsewhere. */
    if (get16(end + 10) == G_MAXUINT16 || get32(end + 12) == G_MAXUINT32 ||
        (guint64)get32(end + 12) + get32(end + 16) != (guint64)(end - data))
        return NULL;
    return end;
}

/* Does what is noted beside an entry (times, owners, room to grow) change nothing of it? */
static bool
is_harmless(const guint8 *extra, gsize size)
{
    static const guint16 harmless[] = {0x000A, 0x5455, 0x7855, 0x7875, 0xA220};
    gsize at = 0;

    while (size - at >= 4) {
        const guint16 kind = get16(extra + at);
        const gsize length = get16(extra + at + 2);
        bool known = false;

        for (gsize i = 0; i < G_N_ELEMENTS(harmless); i++)
            known = known || kind == harmless[i];
        if (!known || length > size - at - 4)
            return false;
        at += 4 + length;
    }
    return at == size;
}

/* Read one entry; returns how long it is, or 0 when it is not plain. */
static gsize
read_entry(const guint8 *at, gsize room, Entry *out)
{
    gsize extra = 0, comment = 0;

    if (room < ENTRY_BYTES || memcmp(at, "PK\1\2", 4) != 0)
        return 0;
    *out = (Entry){.name = (const char *)at + ENTRY_BYTES,
                   .length = get16(at + 28),
                   .method = get16(at + 10),
                   .sum = get32(at + 16),
                   .packed = get32(at + 20),
                   .size = get32(at + 24),
                   .offset = get32(at + 42)};
    extra = get16(at + 30);
    comment = get16(at + 32);
    if ((get16(at + 8) & ~PLAIN_FLAGS) != 0 || get16(at + 34) != 0 || out->packed == G_MAXUINT32 ||
        out->size == G_MAXUINT32 || out->offset == G_MAXUINT32)
        return 0;
    if (out->length + extra + comment > room - ENTRY_BYTES || out->length == 0)
        return 0;
    if (memchr(out->name, '\0', out->length) != NULL ||
        !is_harmless(at + ENTRY_BYTES + out->length, extra))
        return 0;
    return ENTRY_BYTES + out->length + extra + comment;
}

ParsersZip *
parsers_zip_new(GBytes *bytes, guint max)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    const guint8 *end = size < END_BYTES ? NULL : find_end(data, size);
    const guint n = end == NULL ? 0 : get16(end + 10);
    gsize at = 0, length = 1;
    g_autoptr(ParsersZip) zip = NULL;

    if (n == 0 || n > max || memcmp(data, "PK\3\4", 4) != 0)
        return NULL;
    zip = g_malloc(sizeof *zip + n * sizeof(Entry));
    zip->data = data;
    zip->size = (gsize)(end - data);
    zip->n = n;
    at = get32(end + 16);
    for (guint i = 0; i < n && length > 0; i++) {
        length = read_entry(data + at, zip->size - at, &zip->entries[i]);
        at += length;
    }
    return length > 0 && at == zip->size ? g_steal_pointer(&zip) : NULL;
}

static bool
is_slash(char c)
{
    return c == '/' || c == '\\';
}

bool
parsers_zip_has(const ParsersZip *zip, const char *name)
{
    const gsize length = strlen(name);

    for (guint i = 0; i < zip->n; i++) {
        if (zip->entries[i].length == length &&
            g_ascii_strncasecmp(zip->entries[i].name, name, length) == 0)
            return true;
    }
    return false;
}

static bool
is_called(const Entry *entry, const char *name, gsize length)
{
    const gsize skip = is_slash(entry->name[0]) ? 1 : 0;

    if (entry->length - skip != length)
        return false;
    for (gsize i = 0; i < length; i++) {
        const char a = entry->name[skip + i];

        if (g_ascii_tolower(a) != g_ascii_tolower(name[i]) && !(is_slash(a) && is_slash(name[i])))
            return false;
    }
    return true;
}

gint
parsers_zip_find(const ParsersZip *zip, const char *name)
{
    const char *bare = is_slash(*name) ? name + 1 : name;
    const gsize length = strlen(bare);

    for (guint i = 0; i < zip->n; i++) {
        if (is_called(&zip->entries[i], bare, length))
            return (gint)i;
    }
    return -1;
}

/* Where the packed bytes of a file are, or NULL when they are not all there. */
static const guint8 *
find_packed(const ParsersZip *zip, const Entry *entry)
{
    const guint8 *local = NULL;
    gsize room = 0;

    if (entry->offset > zip->size || zip->size - entry->offset < LOCAL_BYTES)
        return NULL;
    local = zip->data + entry->offset;
    room = zip->size - entry->offset - LOCAL_BYTES;
    if (memcmp(local, "PK\3\4", 4) != 0)
        return NULL;
    if ((gsize)get16(local + 26) + get16(local + 28) + entry->packed > room)
        return NULL;
    return local + LOCAL_BYTES + get16(local + 26) + get16(local + 28);
}

static bool
inflate_all(const guint8 *packed, const Entry *entry, guint8 *out)
{
    z_stream stream = {.next_in = (guint8 *)(gsize)packed,
                       .avail_in = entry->packed,
                       .next_out = out,
                       .avail_out = entry->size};
    bool ok = false;

    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return false;
    ok = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_out == 0;
    inflateEnd(&stream);
    return ok;
}

GBytes *
parsers_zip_read(const ParsersZip *zip, guint number, gsize max)
{
    const Entry *entry = &zip->entries[number];
    const guint8 *packed = find_packed(zip, entry);
    g_autofree guint8 *out = NULL;

    if (packed == NULL || entry->size == 0 || entry->size > max ||
        entry->size / RATIO_MAX > entry->packed)
        return NULL;
    if (entry->method == STORED ? entry->packed != entry->size : entry->method != DEFLATED)
        return NULL;
    out = g_malloc(entry->size);
    if (entry->method == STORED)
        memcpy(out, packed, entry->size);
    else if (!inflate_all(packed, entry, out))
        return NULL;
    if (crc32(0, out, entry->size) != entry->sum)
        return NULL;
    return g_bytes_new_take(g_steal_pointer(&out), entry->size);
}
