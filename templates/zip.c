/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/zip.c - several documents as one ZIP archive.
 *
 * Runs in:  command line, staff pages.
 * Source:   APPNOTE.TXT of PKWARE; libzip
 */
#include "config.h"

#include <time.h>
#include <zip.h>

#include "templates/zip.h"

/* 1 January 2024 as DOS has it, which knows no time zone. */
#define SOME_DAY 0x5821

static bool
show_time(zip_t *zip, zip_uint64_t index, gint64 made_at)
{
    if (made_at == 0)
        return zip_file_set_dostime(zip, index, 0, SOME_DAY, 0) == 0;
    return zip_file_set_mtime(zip, index, (time_t)(made_at / G_USEC_PER_SEC), 0) == 0;
}

static bool
add_part(zip_t *zip, const TemplatesZipPart *part, gint64 made_at)
{
    gsize size = 0;
    const void *data = g_bytes_get_data(part->bytes, &size);
    zip_source_t *source = zip_source_buffer(zip, data, size, 0);
    zip_int64_t index = -1;

    if (source != NULL)
        index = zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        if (source != NULL)
            zip_source_free(source);
        return false;
    }
    if (part->password != NULL &&
        zip_file_set_encryption(zip, (zip_uint64_t)index, ZIP_EM_AES_256, part->password) != 0)
        return false;
    return zip_set_file_compression(zip, (zip_uint64_t)index,
                                    part->is_squeezed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) == 0 &&
           show_time(zip, (zip_uint64_t)index, made_at);
}

static GBytes *
take_bytes(zip_source_t *source)
{
    zip_stat_t stat;
    char *data = NULL;

    if (zip_source_stat(source, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0 ||
        zip_source_open(source) != 0)
        return NULL;
    data = g_malloc(stat.size);
    if (zip_source_read(source, data, stat.size) != (zip_int64_t)stat.size)
        g_clear_pointer(&data, g_free);
    zip_source_close(source);
    return data != NULL ? g_bytes_new_take(data, stat.size) : NULL;
}

bool
templates_zip_make(const TemplatesZipPart *parts, gsize n_parts, gint64 made_at, GBytes **out_zip,
                   GError **error)
{
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = target != NULL ? zip_open_from_source(target, ZIP_TRUNCATE, NULL) : NULL;
    GBytes *bytes = NULL;
    bool good = zip != NULL;

    if (zip == NULL && target != NULL)
        zip_source_free(target);
    if (good)
        zip_source_keep(target);
    for (gsize i = 0; good && i < n_parts; i++)
        good = add_part(zip, &parts[i], made_at);
    if (zip != NULL) {
        if (!good || zip_close(zip) != 0)
            zip_discard(zip);
        else
            bytes = take_bytes(target);
        zip_source_free(target);
    }
    if (bytes == NULL)
        return templates_throw(error, TEMPLATES_ERROR_RENDER, "an archive could not be made");
    *out_zip = bytes;
    return true;
}
