/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/memory-file.c - bytes for a parser, in a file in memory that nobody can change any more.
 *
 * Runs in:  intake, staff pages, printer and the command line.
 * Source:   doc/process-model.md; memfd_create(2)
 */
#include "config.h"

#include "daemon/memory-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PIECE_LENGTH (64u * 1024)

struct DaemonMemoryFile {
    int fd;
    bool may_have_pdf;
};

static bool
fail(GError **error)
{
    return daemon_throw(error, DAEMON_ERROR_SYSTEM, "no file in memory: %s", g_strerror(errno));
}

static bool
begin(DaemonMemoryFile **out_file, GError **error)
{
    g_autoptr(DaemonMemoryFile) file = g_atomic_rc_box_new0(DaemonMemoryFile);

    file->fd = memfd_create("postern", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file->fd < 0)
        return fail(error);
    *out_file = g_steal_pointer(&file);
    return true;
}

/* A PDF in base64 begins with these letters.  That they may lie across two pieces costs only time.
 */
static bool
has_pdf(const void *data, gsize length)
{
    static const char in_base64[] = "JVBERi";

    return memmem(data, length, in_base64, sizeof in_base64 - 1) != NULL;
}

static bool
add(void *user, const void *data, gsize length, GError **error)
{
    DaemonMemoryFile *file = user;
    const char *bytes = data;

    if (length > 0)
        file->may_have_pdf |= has_pdf(data, length);
    for (gsize done = 0; done < length;) {
        ssize_t put = write(file->fd, bytes + done, length - done);

        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return fail(error);
        done += (gsize)put;
    }
    return true;
}

static bool
add_bytes(DaemonMemoryFile *file, GBytes *bytes, GError **error)
{
    gsize length = 0;
    const void *data = g_bytes_get_data(bytes, &length);

    return add(file, data, length, error);
}

static bool
add_file(DaemonMemoryFile *file, const DaemonMemoryFile *from, GError **error)
{
    char piece[PIECE_LENGTH];
    off_t at = 0;
    ssize_t got;

    while ((got = pread(from->fd, piece, sizeof piece, at)) > 0) {
        if (!add(file, piece, (gsize)got, error))
            return false;
        at += got;
    }
    return got == 0 || fail(error);
}

static bool
seal(const DaemonMemoryFile *file, GError **error)
{
    return fcntl(file->fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) ==
               0 ||
           fail(error);
}

bool
daemon_memory_file_new(GBytes *bytes, DaemonMemoryFile **out_file, GError **error)
{
    g_autoptr(DaemonMemoryFile) file = NULL;

    if (!begin(&file, error) || !add_bytes(file, bytes, error) || !seal(file, error))
        return false;
    *out_file = g_steal_pointer(&file);
    return true;
}

bool
daemon_memory_file_load(SpoolDb *db, gint64 mail_id, DaemonMemoryFile **out_file, GError **error)
{
    g_autoptr(DaemonMemoryFile) file = NULL;

    if (!begin(&file, error) || !spool_message_pieces(db, mail_id, add, file, error) ||
        !seal(file, error))
        return false;
    *out_file = g_steal_pointer(&file);
    return true;
}

bool
daemon_memory_file_join(const DaemonMemoryFile *from, GBytes *more, DaemonMemoryFile **out_file,
                        GError **error)
{
    g_autoptr(DaemonMemoryFile) file = NULL;

    if (!begin(&file, error) || !add_file(file, from, error) || !add_bytes(file, more, error) ||
        !seal(file, error))
        return false;
    file->may_have_pdf = from->may_have_pdf;
    *out_file = g_steal_pointer(&file);
    return true;
}

DaemonMemoryFile *
daemon_memory_file_ref(DaemonMemoryFile *file)
{
    return g_atomic_rc_box_acquire(file);
}

static void
file_clear(gpointer data)
{
    const DaemonMemoryFile *file = data;

    if (file->fd >= 0)
        close(file->fd);
}

void
daemon_memory_file_unref(DaemonMemoryFile *file)
{
    if (file != NULL)
        g_atomic_rc_box_release_full(file, file_clear);
}

int
daemon_memory_file_fd(const DaemonMemoryFile *file)
{
    return file->fd;
}

bool
daemon_memory_file_may_have_pdf(const DaemonMemoryFile *file)
{
    return file->may_have_pdf;
}
