/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/package.c - reads entries of a ZIP archive in memory, within limits.
 *
 * Sizes that the archive states are never believed: what counts is what comes
 * out while inflating.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/package.h"

#include <string.h>

#include <zip.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(zip_file_t, zip_fclose)

enum {
    CHUNK_BYTES = 64 * 1024,
};

struct ParsersPackage {
    GBytes *bytes;
    const ParsersLimits *limits;
    zip_t *archive;
    GHashTable *index; /* folded name to entry number + 1 */
    guint64 inflated;
};

void
parsers_package_free(ParsersPackage *package)
{
    if (package == NULL)
        return;
    if (package->archive != NULL)
        zip_discard(package->archive);
    g_clear_pointer(&package->index, g_hash_table_unref);
    g_bytes_unref(package->bytes);
    g_free(package);
}

/* A compound file: either an office file locked by a password, or something else. */
static bool
throw_compound(const char *data, gsize length, GError **error)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

    if (memmem(data, length, name, sizeof(name)) != NULL)
        return parsers_throw(error, PARSERS_ERROR_ENCRYPTED, "OOXML in CFB");
    return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "a compound file, not a ZIP archive");
}

/* libzip takes memory for every entry before we can ask how many there are, so count the entries of
 * central directories first.  An archive stored inside adds its own. */
static bool
check_entries(const char *data, gsize length, guint max, GError **error)
{
    static const char signature[] = {'P', 'K', 1, 2};
    const char *end = data + length;
    guint n = 0;

    for (const char *at = data; at != NULL && at < end; n++) {
        at = memmem(at, (gsize)(end - at), signature, sizeof(signature));
        if (at != NULL)
            at += sizeof(signature);
        if (n > max)
            return parsers_throw(error, PARSERS_ERROR_LIMIT, "limit zip_entries was reached");
    }
    return true;
}

/* Names are compared as the packaging standard says, and as Windows writers write them. */
static char *
fold_name(const char *name)
{
    char *folded = g_ascii_strdown(*name == '/' || *name == '\\' ? name + 1 : name, -1);

    g_strdelimit(folded, "\\", '/');
    return folded;
}

static bool
open_archive(ParsersPackage *package, GError **error)
{
    gsize length = 0;
    const void *data = g_bytes_get_data(package->bytes, &length);
    zip_error_t problem;
    zip_source_t *source = NULL;

    zip_error_init(&problem);
    source = zip_source_buffer_create(data, length, 0, &problem);
    if (source != NULL)
        package->archive = zip_open_from_source(source, ZIP_RDONLY, &problem);
    if (package->archive == NULL) {
        parsers_throw(error, PARSERS_ERROR_DAMAGED, "not a whole ZIP archive (%s)",
                      zip_error_strerror(&problem));
        if (source != NULL)
            zip_source_free(source);
    }
    zip_error_fini(&problem);
    return package->archive != NULL;
}

static void
index_entries(ParsersPackage *package)
{
    zip_int64_t n = zip_get_num_entries(package->archive, 0);

    package->index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (zip_int64_t i = 0; i < n; i++) {
        const char *name = zip_get_name(package->archive, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
        g_autofree char *folded = name == NULL ? NULL : fold_name(name);

        if (folded != NULL && !g_hash_table_contains(package->index, folded))
            g_hash_table_insert(package->index, g_steal_pointer(&folded),
                                GSIZE_TO_POINTER((gsize)i + 1));
    }
}

bool
parsers_package_open(GBytes *bytes, const ParsersLimits *limits, ParsersPackage **out_package,
                     GError **error)
{
    g_autoptr(ParsersPackage) package = g_new0(ParsersPackage, 1);
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);

    package->bytes = g_bytes_ref(bytes);
    package->limits = limits;
    if (length >= 8 && memcmp(data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
        return throw_compound(data, length, error);
    if (length < 4 || memcmp(data, "PK", 2) != 0)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "not a ZIP archive");
    if (!check_entries(data, length, limits->zip_entries, error))
        return false;
    if (!open_archive(package, error))
        return false;
    index_entries(package);
    *out_package = g_steal_pointer(&package);
    return true;
}

static gsize
find_entry(const ParsersPackage *package, const char *name)
{
    g_autofree char *folded = fold_name(name);

    return GPOINTER_TO_SIZE(g_hash_table_lookup(package->index, folded));
}

bool
parsers_package_has(const ParsersPackage *package, const char *name)
{
    return find_entry(package, name) != 0;
}

static bool
inflate_entry(ParsersPackage *package, zip_file_t *file, GByteArray *inflated, GError **error)
{
    g_autofree guint8 *chunk = g_malloc(CHUNK_BYTES);
    zip_int64_t n = 0;

    while ((n = zip_fread(file, chunk, CHUNK_BYTES)) > 0) {
        package->inflated += (guint64)n;
        if (inflated->len + (guint64)n > package->limits->zip_entry_bytes)
            return parsers_throw(error, PARSERS_ERROR_LIMIT, "limit zip_entry_bytes was reached");
        if (package->inflated > package->limits->zip_total_bytes)
            return parsers_throw(error, PARSERS_ERROR_LIMIT, "limit zip_total_bytes was reached");
        g_byte_array_append(inflated, chunk, (guint)n);
    }
    if (n < 0)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED,
                             "an entry of the archive is damaged (%s)", zip_file_strerror(file));
    return true;
}

bool
parsers_package_read(ParsersPackage *package, const char *name, GBytes **out_bytes, GError **error)
{
    gsize found = find_entry(package, name);
    g_autoptr(GByteArray) inflated = g_byte_array_new();
    g_autoptr(zip_file_t) file = NULL;
    zip_stat_t about;

    if (found == 0)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "a part of the document is missing");
    zip_stat_init(&about);
    if (zip_stat_index(package->archive, found - 1, 0, &about) == 0 &&
        (about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE)
        return parsers_throw(error, PARSERS_ERROR_ENCRYPTED, "ZIP");
    file = zip_fopen_index(package->archive, found - 1, 0);
    if (file == NULL)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED,
                             "an entry of the archive cannot be opened (%s)",
                             zip_strerror(package->archive));
    if (!inflate_entry(package, file, inflated, error))
        return false;
    *out_bytes = g_byte_array_free_to_bytes(g_steal_pointer(&inflated));
    return true;
}
