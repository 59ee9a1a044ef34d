/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/maildir.c - a Maildir on this machine, as a store.
 *
 * Reading never renames a file.  A move is one rename(), so that a mail is always
 * in exactly one place.
 *
 * Runs in:  mailbox.
 * Source:   https://cr.yp.to/proto/maildir.html; Maildir++ for the names of folders
 */
#include "config.h"

#include "daemon/maildir.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/doorbell.h"
#include "daemon/maildir-uids.h"

#define HEADERS_MAX (512u * 1024)

/* A mail's file as it was found by the last scan. */
typedef struct {
    char *path; /* below the Maildir: "new/1700000000.M1.host" */
    char *name; /* without folder and flags */
    gint64 size;
    gint64 mtime; /* microseconds */
    guint32 uid;
} File;

typedef struct {
    DaemonStore store; /* first, so that a DaemonStore of ours is a Maildir */
    const DaemonMailbox *mailbox;
    char *path;
    int folder_fd;
    int watch_fd;
    int stop_fd;
    DaemonMaildirUids *uids;
    GPtrArray *files; /* File, ascending by UID */
} Maildir;

static void
file_free(File *file)
{
    if (file == NULL)
        return;
    g_free(file->path);
    g_free(file->name);
    g_free(file);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(File, file_free)

static void
maildir_free(Maildir *maildir)
{
    if (maildir == NULL)
        return;
    if (maildir->folder_fd >= 0)
        close(maildir->folder_fd);
    if (maildir->watch_fd >= 0)
        close(maildir->watch_fd);
    daemon_maildir_uids_free(maildir->uids);
    if (maildir->files != NULL)
        g_ptr_array_unref(maildir->files);
    g_free(maildir->path);
    g_free(maildir);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Maildir, maildir_free)

static Maildir *
maildir_of(DaemonStore *store)
{
    return (Maildir *)(void *)store;
}

static bool
throw_io(GError **error, const char *what)
{
    return daemon_throw(error, DAEMON_ERROR_MAILBOX, "%s: %s", what, g_strerror(errno));
}

/* Only plain files: a link could point anywhere. */
static File *
look_at(Maildir *maildir, const char *folder, const char *entry)
{
    g_autoptr(File) file = g_new0(File, 1);
    struct stat status;

    file->path = g_strconcat(folder, "/", entry, NULL);
    file->name = g_strndup(entry, strcspn(entry, ":"));
    if (fstatat(maildir->folder_fd, file->path, &status, AT_SYMLINK_NOFOLLOW) < 0 ||
        !S_ISREG(status.st_mode) || strchr(file->name, '\n') != NULL)
        return NULL;
    file->size = status.st_size;
    file->mtime = (gint64)status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000;
    return g_steal_pointer(&file);
}

static bool
scan_folder(Maildir *maildir, const char *folder, GPtrArray *files, GError **error)
{
    g_autofree char *path = g_build_filename(maildir->path, folder, NULL);
    g_autoptr(GError) failure = NULL;
    g_autoptr(GDir) dir = g_dir_open(path, 0, &failure);
    const char *entry;

    if (dir == NULL)
        return daemon_throw(error, DAEMON_ERROR_MAILBOX, "the folder %s cannot be read: %s", folder,
                            failure->message);
    while ((entry = g_dir_read_name(dir)) != NULL) {
        File *file = entry[0] != '.' ? look_at(maildir, folder, entry) : NULL;

        if (file != NULL)
            g_ptr_array_add(files, file);
    }
    return true;
}

static gint
by_age(gconstpointer a, gconstpointer b)
{
    const File *left = *(File *const *)a, *right = *(File *const *)b;

    if (left->mtime != right->mtime)
        return left->mtime < right->mtime ? -1 : 1;
    return strcmp(left->name, right->name);
}

static gint
by_uid(gconstpointer a, gconstpointer b)
{
    const File *left = *(File *const *)a, *right = *(File *const *)b;

    return (left->uid > right->uid) - (left->uid < right->uid);
}

/* Read both folders and give every file its UID, older files first.  "new" is read before "cur", so
 * that a mail which a reader moves meanwhile is seen at least once. */
static bool
scan(Maildir *maildir, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func((GDestroyNotify)file_free);
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);

    if (!scan_folder(maildir, "new", files, error) || !scan_folder(maildir, "cur", files, error))
        return false;
    g_ptr_array_sort(files, by_age);
    for (guint i = 0; i < files->len; i++) {
        File *file = files->pdata[i];

        file->uid = daemon_maildir_uids_of(maildir->uids, file->name);
        g_hash_table_add(names, file->name);
    }
    daemon_maildir_uids_keep(maildir->uids, names);
    if (!daemon_maildir_uids_save(maildir->uids, error))
        return false;
    g_ptr_array_sort(files, by_uid);
    g_ptr_array_unref(maildir->files);
    maildir->files = g_steal_pointer(&files);
    return true;
}

/* A mail seen in "new" and again in "cur" is listed once, where it was seen last. */
static const File *
find(const Maildir *maildir, guint32 uid)
{
    const File *found = NULL;

    for (guint i = 0; i < maildir->files->len; i++) {
        const File *file = maildir->files->pdata[i];

        if (file->uid == uid && faccessat(maildir->folder_fd, file->path, F_OK, 0) == 0)
            found = file;
    }
    return found;
}

static bool
maildir_list(DaemonStore *store, guint32 next_uid, GArray *items, guint32 *out_next, GError **error)
{
    Maildir *maildir = maildir_of(store);
    guint32 last = 0;

    if (!scan(maildir, error))
        return false;
    for (guint i = 0; i < maildir->files->len; i++) {
        const File *file = maildir->files->pdata[i];
        DaemonStoreItem item = {file->uid, (guint64)file->size, file->mtime};

        if (file->uid >= next_uid && file->uid != last)
            g_array_append_val(items, item);
        last = file->uid;
    }
    *out_next = MAX(next_uid, maildir->uids->next_uid);
    return true;
}

static gsize
end_of_headers(const char *text, gsize length)
{
    for (gsize i = 0; i + 1 < length; i++)
        if (text[i] == '\n' &&
            (text[i + 1] == '\n' || (text[i + 1] == '\r' && i + 2 < length && text[i + 2] == '\n')))
            return i + 1;
    return length;
}

/* Read at most limit bytes.  *out_read is false when the file is gone, or cannot be read. */
static bool
read_file(const Maildir *maildir, const char *path, gsize limit, const DaemonStoreSink *sink,
          bool *out_read, GError **error)
{
    int fd = openat(maildir->folder_fd, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    guint8 buffer[64 * 1024];
    bool taken = true;
    gsize length = 0;
    ssize_t got = 1;

    *out_read = false;
    if (fd < 0)
        return true;
    while (taken && got > 0 && length < limit) {
        got = read(fd, buffer, MIN(sizeof buffer, limit - length));
        length += (gsize)MAX(got, 0);
        taken = got <= 0 || sink->take(sink->user, buffer, (gsize)got, error);
    }
    close(fd);
    *out_read = got >= 0;
    return taken;
}

static bool
append(void *user, const void *data, gsize length, GError **error)
{
    (void)error;
    g_byte_array_append(user, data, (guint)length);
    return true;
}

static gsize
limit_of(const Maildir *maildir)
{
    return (gsize)maildir->mailbox->message_max * 1024 * 1024;
}

static GBytes *
read_part(const Maildir *maildir, guint32 uid, DaemonStorePart part)
{
    const File *file = find(maildir, uid);
    gsize limit = part == DAEMON_STORE_HEADERS ? HEADERS_MAX : limit_of(maildir), length;
    g_autoptr(GByteArray) array = g_byte_array_new();
    const DaemonStoreSink sink = {append, array};
    g_autoptr(GBytes) bytes = NULL;
    const char *text;
    bool is_read = false;

    if (file == NULL || !read_file(maildir, file->path, limit, &sink, &is_read, NULL) || !is_read)
        return NULL;
    bytes = g_byte_array_free_to_bytes(g_steal_pointer(&array));
    if (part == DAEMON_STORE_WHOLE)
        return g_steal_pointer(&bytes);
    text = g_bytes_get_data(bytes, &length);
    return g_bytes_new_from_bytes(bytes, 0, end_of_headers(text, length));
}

static bool
maildir_fetch(DaemonStore *store, const GArray *items, DaemonStorePart part, GPtrArray *bytes,
              GError **error)
{
    for (guint i = 0; i < items->len; i++)
        g_ptr_array_add(bytes, read_part(maildir_of(store),
                                         g_array_index(items, DaemonStoreItem, i).uid, part));
    return true;
}

static bool
maildir_stream(DaemonStore *store, const DaemonStoreItem *item, const DaemonStoreSink *sink,
               bool *out_given, GError **error)
{
    const Maildir *maildir = maildir_of(store);
    const File *file = find(maildir, item->uid);

    *out_given = false;
    return file == NULL ||
           read_file(maildir, file->path, limit_of(maildir), sink, out_given, error);
}

/* Make ".Postern.Accepted" with its three folders, as Maildir++ readers expect. */
static bool
make_folder(const Maildir *maildir, const char *folder, GError **error)
{
    static const char *const parts[] = {"", "/tmp", "/new", "/cur"};
    g_autofree char *mark = g_strconcat(folder, "/maildirfolder", NULL);
    int fd;

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *path = g_strconcat(folder, parts[i], NULL);

        if (mkdirat(maildir->folder_fd, path, 0700) < 0 && errno != EEXIST)
            return throw_io(error, "a folder for decided mails cannot be made");
    }
    fd = openat(maildir->folder_fd, mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
    return true;
}

static bool
move_file(const Maildir *maildir, const File *file, const char *folder, GError **error)
{
    const char *entry = strchr(file->path, '/') + 1;
    g_autofree char *target =
        g_strconcat(folder, "/cur/", entry, strchr(entry, ':') == NULL ? ":2," : "", NULL);

    if (renameat(maildir->folder_fd, file->path, maildir->folder_fd, target) < 0)
        return throw_io(error, "a decided mail cannot be moved");
    return true;
}

static bool
maildir_move(DaemonStore *store, const GArray *uids, const char *action, GArray *gone,
             GError **error)
{
    Maildir *maildir = maildir_of(store);
    g_autofree char *folder = g_strconcat(".Postern.", daemon_store_folder(action), NULL);

    g_assert(daemon_store_folder(action) != NULL);
    /* Flags may have changed since the last scan, and with them the names. */
    if (!scan(maildir, error) || !make_folder(maildir, folder, error))
        return false;
    for (guint i = 0; i < uids->len; i++) {
        guint32 uid = g_array_index(uids, guint32, i);
        const File *file = find(maildir, uid);

        if (file == NULL)
            g_array_append_val(gone, uid);
        else if (!move_file(maildir, file, folder, error))
            return false;
    }
    return true;
}

static void
forget_events(const Maildir *maildir)
{
    char buffer[4096] __attribute__((aligned(__alignof__(struct inotify_event))));

    while (read(maildir->watch_fd, buffer, sizeof buffer) > 0)
        ;
}

static bool
maildir_wait(DaemonStore *store, int doorbell_fd, guint seconds, GError **error)
{
    Maildir *maildir = maildir_of(store);
    struct pollfd fds[3] = {
        {maildir->watch_fd, POLLIN, 0}, {doorbell_fd, POLLIN, 0}, {maildir->stop_fd, POLLIN, 0}};

    if (poll(fds, G_N_ELEMENTS(fds), (int)MIN(seconds, G_MAXINT / 1000) * 1000) < 0 &&
        errno != EINTR)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "poll: %s", g_strerror(errno));
    /* Forgotten before the scan that follows: what arrives during it is an event again. */
    forget_events(maildir);
    return true;
}

static void
maildir_close(DaemonStore *store)
{
    maildir_free(maildir_of(store));
}

static const DaemonStoreOps ops = {maildir_list, maildir_fetch, maildir_stream,
                                   maildir_move, maildir_wait,  maildir_close};

static bool
watch(Maildir *maildir, const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(maildir->path, folder, NULL);

    if (inotify_add_watch(maildir->watch_fd, path,
                          IN_MOVED_TO | IN_CREATE | IN_CLOSE_WRITE | IN_ONLYDIR) < 0)
        return throw_io(error, "the mailbox is no Maildir with new and cur");
    return true;
}

bool
daemon_maildir_open(const DaemonMailbox *mailbox, int stop_fd, DaemonStore **out_store,
                    GError **error)
{
    g_autoptr(Maildir) maildir = g_new0(Maildir, 1);

    maildir->store.ops = &ops;
    maildir->mailbox = mailbox;
    maildir->stop_fd = stop_fd;
    maildir->path = g_strdup(mailbox->server.folder);
    maildir->files = g_ptr_array_new_with_free_func((GDestroyNotify)file_free);
    maildir->folder_fd = open(maildir->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    maildir->watch_fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (maildir->folder_fd < 0)
        return throw_io(error, "the mailbox cannot be opened");
    if (maildir->watch_fd < 0)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "inotify: %s", g_strerror(errno));
    if (!watch(maildir, "new", error) || !watch(maildir, "cur", error))
        return false;
    if (!daemon_maildir_uids_load(maildir->path, &maildir->uids, error))
        return false;
    maildir->store.uidvalidity = maildir->uids->uidvalidity;
    maildir->store.uidnext = maildir->uids->next_uid;
    *out_store = &g_steal_pointer(&maildir)->store;
    return true;
}
