/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/cfb.c - a file system in a file: sectors, chains of them, a directory.
 *
 * Every chain is followed for at most as many steps as the file has sectors, so a
 * circle ends; no stream can be longer than the file; and an entry of the directory
 * stands in one place, or the file is damaged.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-CFB] 2.2 to 2.6
 */
#include "config.h"

#include "parsers/cfb.h"

#include "parsers/octets.h"

#include <string.h>

enum {
    HEADER_BYTES = 512,
    ENTRY_BYTES = 128, /* of the directory */
    HEADER_FATS = 109, /* sectors of the FAT that the header names */
    TYPE_STORAGE = 1,
    TYPE_STREAM = 2,
    TYPE_ROOT = 5,
    LAST_SECTOR = 0xFFFFFFFA, /* numbers from here on mean something else */
};

#define END_OF_CHAIN 0xFFFFFFFEu
#define SIZE_UNKNOWN G_MAXUINT64

/* An entry's place among its relatives, each by its number; 0, which is the root, for none. */
typedef struct {
    guint32 child; /* the first of them */
    guint32 next;  /* of the same storage */
    bool placed;
} Relatives;

struct ParsersCfb {
    GBytes *bytes;
    ParsersOctets file;
    guint shift;      /* a sector has 1 << shift bytes */
    guint mini_shift; /* a sector of the mini stream likewise */
    guint32 mini_cutoff;
    guint32 n_sectors;
    GByteArray *fat;
    GByteArray *mini_fat;
    GByteArray *mini_stream;
    GByteArray *directory;
    Relatives *relatives; /* of each entry */
};

static ParsersOctets
octets_of_array(const GByteArray *array)
{
    return (ParsersOctets){.data = array->data, .size = array->len};
}

void
parsers_cfb_free(ParsersCfb *cfb)
{
    if (cfb == NULL)
        return;
    g_bytes_unref(cfb->bytes);
    g_byte_array_unref(cfb->fat);
    g_byte_array_unref(cfb->mini_fat);
    g_byte_array_unref(cfb->mini_stream);
    g_byte_array_unref(cfb->directory);
    g_free(cfb->relatives);
    g_free(cfb);
}

/* The bytes of a sector; the last one of a file may be short. */
static bool
find_sector(const ParsersCfb *cfb, guint32 sector, ParsersOctets *out_octets)
{
    const guint64 at = ((guint64)sector + 1) << cfb->shift;

    if (sector >= cfb->n_sectors || at >= cfb->file.size)
        return false;
    return parsers_octets_slice(cfb->file, at, MIN(cfb->file.size - at, (guint64)1 << cfb->shift),
                                out_octets);
}

static bool
append_sector(const ParsersCfb *cfb, guint32 sector, GByteArray *array)
{
    static const guint8 zeros[4096];
    ParsersOctets octets = {0};

    if (!find_sector(cfb, sector, &octets))
        return false;
    g_byte_array_append(array, octets.data, (guint)octets.size);
    g_byte_array_append(array, zeros, (guint)(((gsize)1 << cfb->shift) - octets.size));
    return true;
}

/* Follow a chain of whole sectors.  size: how many bytes are wanted, or SIZE_UNKNOWN. */
static bool
read_chain(const ParsersCfb *cfb, guint32 sector, guint64 size, GByteArray *array)
{
    const ParsersOctets fat = octets_of_array(cfb->fat);
    guint32 steps = 0;

    if (size != SIZE_UNKNOWN && size > (guint64)cfb->n_sectors << cfb->shift)
        return false;
    while (array->len < size && sector < LAST_SECTOR) {
        if (steps++ >= cfb->n_sectors || !append_sector(cfb, sector, array))
            return false;
        if ((gsize)sector * 4 + 4 > fat.size)
            return false;
        sector = parsers_octets_u32(fat, (gsize)sector * 4);
    }
    if (size == SIZE_UNKNOWN)
        return sector == END_OF_CHAIN;
    if (array->len < size)
        return false;
    g_byte_array_set_size(array, (guint)size);
    return true;
}

static bool
read_mini_chain(const ParsersCfb *cfb, guint32 sector, guint64 size, GByteArray *array)
{
    const ParsersOctets fat = octets_of_array(cfb->mini_fat);
    const ParsersOctets stream = octets_of_array(cfb->mini_stream);
    ParsersOctets octets = {0};

    if (size > stream.size)
        return false;
    while (array->len < size) {
        const guint64 at = (guint64)sector << cfb->mini_shift;
        const guint64 wanted = MIN(size - array->len, (guint64)1 << cfb->mini_shift);

        if (sector >= LAST_SECTOR || !parsers_octets_slice(stream, at, wanted, &octets))
            return false;
        g_byte_array_append(array, octets.data, (guint)octets.size);
        if ((gsize)sector * 4 + 4 > fat.size)
            return array->len >= size;
        sector = parsers_octets_u32(fat, (gsize)sector * 4);
    }
    return true;
}

/* ---- Tables ---- */

/* No more of the FAT is needed than tells of the sectors that are there. */
static bool
fat_is_whole(const ParsersCfb *cfb)
{
    return cfb->fat->len / 4 >= cfb->n_sectors;
}

static bool
add_fat_sectors(ParsersCfb *cfb, ParsersOctets numbers, gsize n)
{
    for (gsize i = 0; i < n && !fat_is_whole(cfb); i++) {
        const guint32 sector = parsers_octets_u32(numbers, i * 4);

        if (sector < LAST_SECTOR && !append_sector(cfb, sector, cfb->fat))
            return false;
    }
    return true;
}

static bool
read_fat(ParsersCfb *cfb)
{
    const gsize n = ((gsize)1 << cfb->shift) / 4 - 1; /* numbers in a sector, before the link */
    guint32 sector = parsers_octets_u32(cfb->file, 68);
    ParsersOctets numbers = {0};

    if (!parsers_octets_slice(cfb->file, 76, HEADER_FATS * 4, &numbers) ||
        !add_fat_sectors(cfb, numbers, HEADER_FATS))
        return false;
    for (guint32 steps = 0; !fat_is_whole(cfb) && sector < LAST_SECTOR; steps++) {
        if (steps >= cfb->n_sectors || !find_sector(cfb, sector, &numbers) ||
            !add_fat_sectors(cfb, numbers, n))
            return false;
        sector = parsers_octets_u32(numbers, n * 4);
    }
    return true;
}

static ParsersOctets
find_entry(const ParsersCfb *cfb, guint32 number)
{
    ParsersOctets entry = {0};

    parsers_octets_slice(octets_of_array(cfb->directory), (guint64)number * ENTRY_BYTES,
                         ENTRY_BYTES, &entry);
    return entry;
}

static guint64
entry_size(const ParsersCfb *cfb, ParsersOctets entry)
{
    const guint64 high = cfb->shift == 9 ? 0 : parsers_octets_u32(entry, 124);

    return high << 32 | parsers_octets_u32(entry, 120);
}

static bool
read_mini_stream(ParsersCfb *cfb)
{
    const ParsersOctets root = find_entry(cfb, 0);
    const guint32 mini_fat = parsers_octets_u32(cfb->file, 60);

    if (parsers_octets_u8(root, 66) != TYPE_ROOT)
        return false;
    if (entry_size(cfb, root) == 0)
        return true;
    return read_chain(cfb, mini_fat, SIZE_UNKNOWN, cfb->mini_fat) &&
           read_chain(cfb, parsers_octets_u32(root, 116), entry_size(cfb, root), cfb->mini_stream);
}

/* Somewhere in the tree of a storage's children. */
typedef struct {
    guint32 number;
    guint32 storage;
} Branch;

static void
add_branch(GArray *open, guint32 number, guint32 storage)
{
    const Branch branch = {number, storage};

    g_array_append_val(open, branch);
}

/* Lay the trees of children out as lists: they need not be sorted as they should.  False when an
 * entry stands in two places, which could make few bytes a file without end. */
static bool
list_children(ParsersCfb *cfb, guint32 n_entries)
{
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(Branch));

    cfb->relatives = g_new0(Relatives, n_entries);
    cfb->relatives[0].placed = true;
    add_branch(open, parsers_octets_u32(find_entry(cfb, 0), 76), 0);
    while (open->len > 0) {
        const Branch at = g_array_index(open, Branch, open->len - 1);
        const ParsersOctets entry = find_entry(cfb, at.number);

        g_array_set_size(open, open->len - 1);
        if (at.number >= n_entries)
            continue;
        if (cfb->relatives[at.number].placed)
            return false;
        cfb->relatives[at.number].placed = true;
        cfb->relatives[at.number].next = cfb->relatives[at.storage].child;
        cfb->relatives[at.storage].child = at.number;
        add_branch(open, parsers_octets_u32(entry, 68), at.storage);
        add_branch(open, parsers_octets_u32(entry, 72), at.storage);
        if (parsers_octets_u8(entry, 66) == TYPE_STORAGE)
            add_branch(open, parsers_octets_u32(entry, 76), at.number);
    }
    return true;
}

static bool
check_header(ParsersCfb *cfb, GError **error)
{
    static const guint8 magic[] = {0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1};

    if (cfb->file.size < HEADER_BYTES || memcmp(cfb->file.data, magic, sizeof magic) != 0)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "not a compound file");
    cfb->shift = parsers_octets_u16(cfb->file, 30);
    cfb->mini_shift = parsers_octets_u16(cfb->file, 32);
    cfb->mini_cutoff = parsers_octets_u32(cfb->file, 56);
    if ((cfb->shift != 9 && cfb->shift != 12) || cfb->mini_shift != 6)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED,
                             "compound file: its sectors have an impossible size");
    cfb->n_sectors = (guint32)((cfb->file.size + ((gsize)1 << cfb->shift) - 1) >> cfb->shift);
    cfb->n_sectors -= 1; /* the header's */
    return true;
}

static bool
read_directory(ParsersCfb *cfb, const ParsersLimits *limits, GError **error)
{
    guint32 n_entries = 0;

    if (!read_chain(cfb, parsers_octets_u32(cfb->file, 48), SIZE_UNKNOWN, cfb->directory))
        return parsers_throw(error, PARSERS_ERROR_DAMAGED,
                             "compound file: its directory is broken");
    n_entries = cfb->directory->len / ENTRY_BYTES;
    if (n_entries > limits->compound_entries)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "limit compound_entries was reached");
    if (!read_mini_stream(cfb))
        return parsers_throw(error, PARSERS_ERROR_DAMAGED,
                             "compound file: its mini stream is broken");
    if (!list_children(cfb, n_entries))
        return parsers_throw(error, PARSERS_ERROR_DAMAGED,
                             "compound file: an entry stands in two places");
    return true;
}

bool
parsers_cfb_open(GBytes *bytes, const ParsersLimits *limits, ParsersCfb **out_cfb, GError **error)
{
    g_autoptr(ParsersCfb) cfb = NULL;

    if (g_bytes_get_size(bytes) > limits->part_bytes)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "limit part_bytes was reached");
    cfb = g_new0(ParsersCfb, 1);
    cfb->bytes = g_bytes_ref(bytes);
    cfb->file = parsers_octets_of(bytes);
    cfb->fat = g_byte_array_new();
    cfb->mini_fat = g_byte_array_new();
    cfb->mini_stream = g_byte_array_new();
    cfb->directory = g_byte_array_new();
    if (!check_header(cfb, error))
        return false;
    if (!read_fat(cfb))
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "compound file: its FAT is broken");
    if (!read_directory(cfb, limits, error))
        return false;
    *out_cfb = g_steal_pointer(&cfb);
    return true;
}

/* ---- Streams ---- */

static bool
has_name(ParsersOctets entry, const char *name)
{
    const gsize length = strlen(name);

    if (parsers_octets_u16(entry, 64) != 2 * length + 2)
        return false;
    for (gsize i = 0; i < length; i++) {
        const guint c = parsers_octets_u16(entry, 2 * i);

        if (c >= 0x80 || g_ascii_tolower((char)c) != g_ascii_tolower(name[i]))
            return false;
    }
    return true;
}

static bool
find_child(const ParsersCfb *cfb, guint32 within, guint type, const char *name, guint32 *out_number)
{
    for (guint32 number = cfb->relatives[within].child; number != 0;
         number = cfb->relatives[number].next) {
        const ParsersOctets entry = find_entry(cfb, number);

        if (parsers_octets_u8(entry, 66) == type && has_name(entry, name)) {
            *out_number = number;
            return true;
        }
    }
    return false;
}

bool
parsers_cfb_find(const ParsersCfb *cfb, ParsersCfbStorage within, const char *name,
                 ParsersCfbStorage *out_storage)
{
    return find_child(cfb, within, TYPE_STORAGE, name, out_storage);
}

bool
parsers_cfb_has(const ParsersCfb *cfb, const char *name)
{
    guint32 number = 0;

    return find_child(cfb, PARSERS_CFB_ROOT, TYPE_STREAM, name, &number);
}

bool
parsers_cfb_read_in(const ParsersCfb *cfb, ParsersCfbStorage within, const char *name,
                    GBytes **out_bytes, GError **error)
{
    g_autoptr(GByteArray) array = NULL;
    ParsersOctets entry = {0};
    guint64 size = 0;
    guint32 number = 0, start = 0;
    bool whole = false;

    if (!find_child(cfb, within, TYPE_STREAM, name, &number))
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "compound file: it has no stream %s",
                             name);
    entry = find_entry(cfb, number);
    size = entry_size(cfb, entry);
    start = parsers_octets_u32(entry, 116);
    array = g_byte_array_sized_new((guint)MIN(size, cfb->file.size));
    if (size < cfb->mini_cutoff)
        whole = read_mini_chain(cfb, start, size, array);
    else
        whole = read_chain(cfb, start, size, array);
    if (!whole)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED,
                             "compound file: its stream %s is cut short", name);
    *out_bytes = g_byte_array_free_to_bytes(g_steal_pointer(&array));
    return true;
}

bool
parsers_cfb_read(const ParsersCfb *cfb, const char *name, GBytes **out_bytes, GError **error)
{
    return parsers_cfb_read_in(cfb, PARSERS_CFB_ROOT, name, out_bytes, error);
}
