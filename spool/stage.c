/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/stage.c - a mail that is still coming in, and may be larger than memory should hold.
 *
 * The file holds whole chunks, all of the same length; the last bytes are in memory.
 *
 * Runs in:  mailbox.
 * Source:   doc/spool.md, "When a mail is ours"
 */
#include "config.h"

#include "spool/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "spool/content.h"

#define SEALED_LENGTH (SPOOL_CHUNK_LENGTH + SPOOL_CRYPT_OVERHEAD)

struct SpoolStage {
    SpoolDb *db;
    SpoolMailKey key; /* of no mail: ends with us */
    SpoolHashing *hashing;
    int fd;           /* -1 until a chunk is full */
    guint64 chunks;   /* in the file */
    GByteArray *last; /* less than a chunk */
};

bool
spool_stage_new(SpoolDb *db, SpoolStage **out_stage, GError **error)
{
    g_autoptr(SpoolStage) stage = g_new0(SpoolStage, 1);

    stage->db = db;
    stage->fd = -1;
    stage->key.keys = db->keys;
    stage->hashing = spool_crypt_hashing_new(db->keys, "mail");
    stage->last = g_byte_array_sized_new((guint)SPOOL_CHUNK_LENGTH);
    if (!spool_crypt_random(stage->key.bytes, sizeof stage->key.bytes, error))
        return false;
    *out_stage = g_steal_pointer(&stage);
    return true;
}

void
spool_stage_free(SpoolStage *stage)
{
    if (stage == NULL)
        return;
    if (stage->fd >= 0)
        close(stage->fd);
    spool_mail_key_clear(&stage->key);
    spool_crypt_hashing_free(stage->hashing);
    g_byte_array_unref(stage->last);
    g_free(stage);
}

static bool
fail(GError **error)
{
    return spool_throw(error,
                       errno == ENOSPC || errno == EDQUOT ? SPOOL_ERROR_FULL : SPOOL_ERROR_IO,
                       "a mail cannot be kept while it comes in: %s", g_strerror(errno));
}

/* Beside the database, where there is one on this machine. */
static bool
make_file(SpoolStage *stage, GError **error)
{
    g_autofree char *folder =
        stage->db->notes != NULL ? g_path_get_dirname(stage->db->notes) : g_strdup(g_get_tmp_dir());
    g_autofree char *path = g_build_filename(folder, "incoming-XXXXXX", NULL);

    stage->fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
    return (stage->fd >= 0 && unlink(path) == 0) || fail(error);
}

static char *
place_of(guint64 number)
{
    return g_strdup_printf("stage %" G_GUINT64_FORMAT, number);
}

static bool
write_chunk(SpoolStage *stage, GBytes *sealed, GError **error)
{
    const guint8 *data = g_bytes_get_data(sealed, NULL);
    off_t start = (off_t)(stage->chunks * SEALED_LENGTH);

    for (gsize done = 0; done < SEALED_LENGTH;) {
        ssize_t put = pwrite(stage->fd, data + done, SEALED_LENGTH - done, start + (off_t)done);

        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return fail(error);
        done += (gsize)put;
    }
    stage->chunks++;
    return true;
}

/* The last bytes are a whole chunk now. */
static bool
put_away(SpoolStage *stage, GError **error)
{
    g_autofree char *place = place_of(stage->chunks);
    g_autoptr(GBytes) plain = g_bytes_new_static(stage->last->data, stage->last->len);
    g_autoptr(GBytes) sealed = NULL;

    if ((stage->fd < 0 && !make_file(stage, error)) ||
        !spool_crypt_seal(&stage->key, place, plain, &sealed, error) ||
        !write_chunk(stage, sealed, error))
        return false;
    g_byte_array_set_size(stage->last, 0);
    return true;
}

bool
spool_stage_add(SpoolStage *stage, const void *data, gsize length, GError **error)
{
    const guint8 *bytes = data;

    spool_crypt_hashing_add(stage->hashing, data, length);
    while (length > 0) {
        gsize part = MIN(length, SPOOL_CHUNK_LENGTH - stage->last->len);

        g_byte_array_append(stage->last, bytes, (guint)part);
        bytes += part;
        length -= part;
        if (stage->last->len == SPOOL_CHUNK_LENGTH && !put_away(stage, error))
            return false;
    }
    return true;
}

gsize
spool_stage_size(const SpoolStage *stage)
{
    return stage->chunks * SPOOL_CHUNK_LENGTH + stage->last->len;
}

static bool
read_chunk(const SpoolStage *stage, guint64 number, guint8 *out, GError **error)
{
    off_t start = (off_t)(number * SEALED_LENGTH);

    for (gsize done = 0; done < SEALED_LENGTH;) {
        ssize_t got = pread(stage->fd, out + done, SEALED_LENGTH - done, start + (off_t)done);

        if (got < 0 && errno == EINTR)
            continue;
        if (got == 0)
            errno = EIO;
        if (got <= 0)
            return fail(error);
        done += (gsize)got;
    }
    return true;
}

bool
spool_stage_chunk(SpoolStage *stage, guint64 number, GBytes **out_plain, GError **error)
{
    g_autofree char *place = place_of(number);
    g_autofree guint8 *buffer = NULL;
    g_autoptr(GBytes) sealed = NULL;

    if (number == stage->chunks) {
        *out_plain = g_bytes_new(stage->last->data, stage->last->len);
        return true;
    }
    g_assert(number < stage->chunks);
    buffer = g_malloc(SEALED_LENGTH);
    if (!read_chunk(stage, number, buffer, error))
        return false;
    sealed = g_bytes_new_static(buffer, SEALED_LENGTH);
    return spool_crypt_open(&stage->key, place, sealed, out_plain, error);
}

GBytes *
spool_stage_hash(const SpoolStage *stage)
{
    return spool_crypt_hashing_value(stage->hashing);
}
