/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/compound.h - small compound files made in a test.
 *
 * Runs in:  make check.
 * Source:   [MS-CFB] 2
 */
#ifndef TESTS_UNIT_COMPOUND_H
#define TESTS_UNIT_COMPOUND_H

#include <glib.h>
#include <string.h>

enum {
    COMPOUND_SECTOR = 512,
    COMPOUND_MINI = 64,
    COMPOUND_CUTOFF = 4096, /* a shorter stream goes into the mini stream */
    COMPOUND_HEADER = 512,
    COMPOUND_FREE = -1,
    COMPOUND_END = -2,
    COMPOUND_FAT = -3,
};

static inline void
compound_put(GByteArray *array, gsize at, guint64 number, guint bytes)
{
    for (guint i = 0; i < bytes; i++)
        array->data[at + i] = (guint8)(number >> (8 * i));
}

static inline void
compound_add(GByteArray *array, guint64 number, guint bytes)
{
    const guint8 zeros[8] = {0};

    g_byte_array_append(array, zeros, bytes);
    compound_put(array, array->len - bytes, number, bytes);
}

static inline void
compound_pad(GByteArray *array, guint unit)
{
    while (array->len % unit != 0)
        compound_add(array, 0, 1);
}

typedef struct {
    GByteArray *sectors;
    GByteArray *fat;
    GByteArray *mini;
    GByteArray *mini_fat;
    GByteArray *directory;
    GArray *youngest; /* guint for each entry: its last child, 0 for none */
} Compound;

static inline Compound
compound_new(void)
{
    return (Compound){g_byte_array_new(), g_byte_array_new(),
                      g_byte_array_new(), g_byte_array_new(),
                      g_byte_array_new(), g_array_new(FALSE, FALSE, sizeof(guint))};
}

/* Append to a chain of units; the number of its first. */
static inline gint
compound_store(GByteArray *units, GByteArray *fat, guint unit, const guint8 *data, guint size)
{
    const guint first = units->len / unit;
    guint n = 0;

    g_byte_array_append(units, data, size);
    compound_pad(units, unit);
    n = units->len / unit - first;
    for (guint i = 1; i <= n; i++)
        compound_add(fat, i == n ? (guint32)COMPOUND_END : first + i, 4);
    return n == 0 ? COMPOUND_END : (gint)first;
}

/* One entry of the directory, without relatives.  Its number. */
static inline guint
compound_enter(Compound *compound, const char *name, guint type)
{
    GByteArray *directory = compound->directory;
    const guint at = directory->len, none = 0;

    for (gsize i = 0; i < 64; i++)
        compound_add(directory, i < strlen(name) ? (guint8)name[i] : 0, 2);
    compound_put(directory, at + 64, 2 * strlen(name) + 2, 2);
    compound_put(directory, at + 66, type, 1);
    for (guint link = 68; link <= 76; link += 4)
        compound_put(directory, at + link, (guint32)COMPOUND_FREE, 4);
    compound_put(directory, at + 116, 0, 4);
    compound_put(directory, at + 120, 0, 8);
    g_array_append_val(compound->youngest, none);
    return at / 128;
}

/* Children form a list: each is to the right of the one before. */
static inline guint
compound_child(Compound *compound, guint parent, const char *name, guint type)
{
    guint number, *youngest;

    if (compound->directory->len == 0)
        compound_enter(compound, "Root Entry", 5);
    number = compound_enter(compound, name, type);
    youngest = &g_array_index(compound->youngest, guint, parent);
    if (*youngest == 0)
        compound_put(compound->directory, parent * 128 + 76, number, 4);
    else
        compound_put(compound->directory, *youngest * 128 + 72, number, 4);
    *youngest = number;
    return number;
}

/* A folder; the root is 0. */
static inline guint
compound_storage(Compound *compound, guint parent, const char *name)
{
    return compound_child(compound, parent, name, 1);
}

static inline void
compound_stream_in(Compound *compound, guint parent, const char *name, const GByteArray *data)
{
    gint start = 0;
    guint at;

    if (data->len < COMPOUND_CUTOFF)
        start = compound_store(compound->mini, compound->mini_fat, COMPOUND_MINI, data->data,
                               data->len);
    else
        start = compound_store(compound->sectors, compound->fat, COMPOUND_SECTOR, data->data,
                               data->len);
    at = compound_child(compound, parent, name, 2) * 128;
    compound_put(compound->directory, at + 116, (guint32)start, 4);
    compound_put(compound->directory, at + 120, data->len, 8);
}

static inline void
compound_stream(Compound *compound, const char *name, const GByteArray *data)
{
    compound_stream_in(compound, 0, name, data);
}

static inline gint
compound_store_all(Compound *compound, const GByteArray *data)
{
    return compound_store(compound->sectors, compound->fat, COMPOUND_SECTOR, data->data, data->len);
}

/* Where things stand in the file that compound_finish() makes: sectors, the FAT last. */
typedef struct {
    guint directory;
    guint mini_fat;
    guint fat;
} CompoundPlaces;

/* The file; compound is spent.  At most 128 sectors, so that one sector holds the FAT. */
static inline GByteArray *
compound_finish(Compound *compound, CompoundPlaces *places)
{
    static const guint8 magic[] = {0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1};
    GByteArray *file = g_byte_array_new();
    const gint mini = compound_store_all(compound, compound->mini);

    compound_put(compound->directory, 116, (guint32)mini, 4);
    compound_put(compound->directory, 120, compound->mini->len, 8);
    places->directory = (guint)compound_store_all(compound, compound->directory);
    places->mini_fat = (guint)compound_store_all(compound, compound->mini_fat);
    places->fat = compound->sectors->len / COMPOUND_SECTOR;
    compound_add(compound->fat, (guint32)COMPOUND_FAT, 4);
    while (compound->fat->len < COMPOUND_SECTOR)
        compound_add(compound->fat, (guint32)COMPOUND_FREE, 4);
    g_assert(compound->fat->len == COMPOUND_SECTOR);

    g_byte_array_append(file, magic, sizeof magic);
    compound_pad(file, COMPOUND_HEADER);
    compound_put(file, 26, 3, 2);
    compound_put(file, 28, 0xFFFE, 2);
    compound_put(file, 30, 9, 2);
    compound_put(file, 32, 6, 2);
    compound_put(file, 44, 1, 4);
    compound_put(file, 48, places->directory, 4);
    compound_put(file, 56, COMPOUND_CUTOFF, 4);
    compound_put(file, 60, places->mini_fat, 4);
    compound_put(file, 68, (guint32)COMPOUND_END, 4);
    memset(file->data + 76, 0xFF, COMPOUND_HEADER - 76);
    compound_put(file, 76, places->fat, 4);
    g_byte_array_append(file, compound->sectors->data, compound->sectors->len);
    g_byte_array_append(file, compound->fat->data, compound->fat->len);
    g_byte_array_unref(compound->sectors);
    g_byte_array_unref(compound->fat);
    g_byte_array_unref(compound->mini);
    g_byte_array_unref(compound->mini_fat);
    g_byte_array_unref(compound->directory);
    g_array_unref(compound->youngest);
    return file;
}

#endif
