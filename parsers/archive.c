/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/archive.c - the files inside a ZIP archive.
 *
 * Nothing is ever written anywhere, so names are only names.  Sizes are checked
 * before inflating and enforced while inflating, since the directory may lie.
 *
 * Runs in:  postern-parser.
 * Source:   APPNOTE.TXT (ZIP)
 */
#include "config.h"

#include "parsers/archive.h"

#include <zip.h>

#include "parsers/charset.h"

#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(zip_t, zip_discard)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(zip_file_t, zip_fclose)

static void
file_free(gpointer data)
{
    ParsersArchiveFile *file = data;

    g_free(file->name);
    g_clear_pointer(&file->bytes, g_bytes_unref);
    g_clear_error(&file->error);
    g_free(file);
}

GPtrArray *
parsers_archive_list_new(void)
{
    return g_ptr_array_new_with_free_func(file_free);
}

void
parsers_archive_add(GPtrArray *files, const char *name, GBytes *bytes, GError *error)
{
    ParsersArchiveFile *file = g_new0(ParsersArchiveFile, 1);

    file->name = g_strdup(name);
    file->bytes = bytes != NULL ? g_bytes_ref(bytes) : NULL;
    file->error = error;
    g_ptr_array_add(files, file);
}

static zip_t *
open_zip(GBytes *bytes)
{
    gsize size = 0;
    const void *data = g_bytes_get_data(bytes, &size);
    zip_source_t *source = zip_source_buffer_create(data, size, 0, NULL);
    zip_t *zip = source != NULL ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;

    if (zip == NULL && source != NULL)
        zip_source_free(source);
    return zip;
}

/* Inflate one entry of known size; one byte more than promised is damage. */
static bool
inflate(zip_t *zip, const zip_stat_t *stat, GBytes **out_bytes, GError **error)
{
    g_autoptr(zip_file_t) file = zip_fopen_index(zip, stat->index, 0);
    g_autofree guint8 *data = g_malloc(stat->size + 1);
    zip_int64_t got = 0;

    if (file == NULL)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "an entry cannot be opened");
    got = zip_fread(file, data, stat->size + 1);
    if (got < 0 || (zip_uint64_t)got != stat->size)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "an entry is cut short or broken");
    *out_bytes = g_bytes_new_take(g_steal_pointer(&data), (gsize)got);
    return true;
}

static bool
take_out(zip_t *zip, const zip_stat_t *stat, const ParsersLimits *limits, gsize *budget,
         GBytes **out_bytes, GError **error)
{
    if ((stat->valid & ZIP_STAT_ENCRYPTION_METHOD) && stat->encryption_method != ZIP_EM_NONE)
        return parsers_throw(error, PARSERS_ERROR_ENCRYPTED, "zip password");
    if (!(stat->valid & ZIP_STAT_SIZE) || stat->size > limits->zip_entry_bytes)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "zip_entry_bytes");
    if (stat->size > *budget)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "zip_total_bytes");
    *budget -= stat->size;
    return inflate(zip, stat, out_bytes, error);
}

bool
parsers_archive_read_zip(GBytes *bytes, const ParsersLimits *limits, gsize *budget,
                         const ParsersArchiveSink *sink, GError **error)
{
    g_autoptr(zip_t) zip = open_zip(bytes);
    zip_int64_t n = 0;

    if (zip == NULL)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "the archive cannot be opened");
    n = zip_get_num_entries(zip, 0);
    if (n < 0 || n > (zip_int64_t)limits->zip_entries)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "zip_entries");

    for (zip_int64_t i = 0; i < n; i++) {
        zip_stat_t stat;
        g_autoptr(GBytes) content = NULL;
        g_autofree char *name = NULL;
        GError *problem = NULL;

        zip_stat_init(&stat);
        if (zip_stat_index(zip, (zip_uint64_t)i, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_NAME))
            continue;
        if (g_str_has_suffix(stat.name, "/") || g_str_has_prefix(stat.name, "__MACOSX/"))
            continue;
        name = parsers_charset_to_utf8(stat.name, strlen(stat.name), NULL);
        take_out(zip, &stat, limits, budget, &content, &problem);
        sink->take(sink->user, name, content, problem);
    }
    return true;
}
