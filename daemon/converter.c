/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/converter.c - one document made readable by a program of somebody else's, in a cage.
 *
 * Every word of every command below is fixed: nothing of a mail is ever an argument.  The cage has
 * only /usr, a scratch folder in memory, and the document.
 *
 * Runs in:  intake and the command line; the converter in a process of its own.
 * Source:   doc/process-model.md, "Converters"; bwrap(1), dash(1)
 */
#include "config.h"

#include "daemon/converter.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/privilege.h"
#include "parsers/limits.h"

#define BWRAP "/usr/bin/bwrap"

enum {
    WALL_S = 30,
    DOCUMENT_FD = 3, /* in bubblewrap */
    FILTER_FD = 4,
    EXIT_NOTHING = 71, /* of the scripts below; 70: the program gave up */
};

/* Before anything of the document is looked at: seconds of processor, KiB of address space,
 * processes, and blocks of 512 bytes in one file. */
#define LIMITS                                                                                     \
    "ulimit -t 30 && ulimit -v 1200000 && ulimit -p 128 && ulimit -f 131072 && cd /tmp || exit "   \
    "72; "

/* A first start without a profile ends with 81, which asks to be started again. */
#define OFFICE(format)                                                                             \
    "go() { soffice.bin --headless --norestore --nolockcheck -env:UserInstallation=file:///tmp/p " \
    "--convert-to '" format "' --outdir out document >&2; }; "                                     \
    "go; s=$?; if [ $s = 81 ]; then go; s=$?; fi; [ $s = 0 ] || exit 70; cat out/* || exit 71"
#define PICTURE "heif-convert -q 90 document out.jpg >&2 || exit 70; cat out.jpg || exit 71"

/* clang-format off */
static const struct {
    const char *converter;
    const char *file; /* tells that it is installed */
    DaemonConverterTask task;
} converters[] = {
    {"text",    "libswlo.so",   {OFFICE("odt"),                  "LibreOffice Writer",  WALL_S}},
    {"table",   "libsclo.so",   {OFFICE("html:HTML (StarCalc)"), "LibreOffice Calc",    WALL_S}},
    {"slides",  "libsdlo.so",   {OFFICE("pdf"),                  "LibreOffice Impress", WALL_S}},
    {"picture", "heif-convert", {PICTURE,                        "heif-convert",        WALL_S}},
    {"print",   "soffice.bin",  {OFFICE("pdf"),                  "LibreOffice",         WALL_S}},
};

/* Where distributions put these files. */
static const char *const folders[] = {
    "/usr/lib/libreoffice/program", "/usr/lib64/libreoffice/program", "/usr/bin",
};
/* clang-format on */

struct DaemonConverter {
    DaemonConverterTask task;
    pid_t pid; /* 0 when it is gone */
    int pidfd;
    int out_fd;
    gint64 deadline;
};

static gssize
find_converter(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(converters); i++)
        if (strcmp(converters[i].converter, name) == 0)
            return (gssize)i;
    return -1;
}

/* The folder that has this file, or NULL; static. */
static const char *
find_folder(const char *file)
{
    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *path = g_build_filename(folders[i], file, NULL);

        if (access(path, R_OK) == 0)
            return folders[i];
    }
    return NULL;
}

bool
daemon_converter_check(const char *converter, GError **error)
{
    const gssize row = find_converter(converter);

    if (row < 0)
        return daemon_throw(error, DAEMON_ERROR_CONVERT, "there is no converter for it");
    if (access(BWRAP, X_OK) != 0)
        return daemon_throw(error, DAEMON_ERROR_CONVERT,
                            "conversion not available: bubblewrap is not installed");
    return find_folder(converters[row].file) != NULL ||
           daemon_throw(error, DAEMON_ERROR_CONVERT,
                        "conversion not available: %s is not installed",
                        converters[row].task.needs);
}

/* ---- starting ---- */

static int
memory_file(GBytes *bytes)
{
    gsize left = bytes != NULL ? g_bytes_get_size(bytes) : 0;
    const char *data = bytes != NULL ? g_bytes_get_data(bytes, NULL) : NULL;
    int fd = memfd_create("converter", MFD_CLOEXEC);

    while (fd >= 0 && left > 0) {
        ssize_t put = write(fd, data, left);

        if (put <= 0 && errno != EINTR) {
            close(fd);
            return -1;
        }
        data += MAX(put, 0);
        left -= (gsize)MAX(put, 0);
    }
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd;
}

/* The command for bubblewrap.  Without /proc, LibreOffice must be told where its libraries are. Its
 * dates are written in British order. */
static int
spawn(DaemonConverter *converter, const posix_spawn_file_actions_t *actions,
      const posix_spawnattr_t *attributes)
{
    const char *office = find_folder("soffice.bin");
    const char *program = office != NULL ? office : "/usr/bin";
    g_autofree char *path = g_strconcat("/usr/bin:", program, NULL);
    g_autofree char *script = g_strconcat(LIMITS, converter->task.script, NULL);
    /* clang-format off */
    const char *const arguments[] = {
        "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
        "--seccomp", G_STRINGIFY(4), "--clearenv",
        "--setenv", "PATH", path, "--setenv", "HOME", "/tmp", "--setenv", "LC_ALL", "en_GB.UTF-8",
        "--setenv", "LD_LIBRARY_PATH", program,
        "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib",
        "--symlink", "usr/lib64", "/lib64", "--ro-bind-try", "/etc/libreoffice", "/etc/libreoffice",
        "--ro-bind-try", "/etc/fonts", "/etc/fonts", "--dev", "/dev",
        "--size", "268435456", "--tmpfs", "/tmp", "--ro-bind-data", G_STRINGIFY(3), "/tmp/document",
        "/bin/sh", "-c", script, NULL,
    };
    /* clang-format on */
    char *const environment[] = {NULL};

    G_STATIC_ASSERT(DOCUMENT_FD == 3 && FILTER_FD == 4);
    return posix_spawn(&converter->pid, BWRAP, actions, attributes, (char *const *)arguments,
                       environment);
}

static int
spawn_with(DaemonConverter *converter, int document_fd, int filter_fd)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    int result;

    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    /* A group of its own: Ctrl-C at a terminal is not meant for it. */
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                              POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawn_file_actions_adddup2(&actions, converter->out_fd, 1);
    posix_spawn_file_actions_adddup2(&actions, document_fd, DOCUMENT_FD);
    posix_spawn_file_actions_adddup2(&actions, filter_fd, FILTER_FD);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, FILTER_FD + 1);
    result = spawn(converter, &actions, &attributes);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return result;
}

/* A descriptor that lies below the numbers that spawning gives away would be overwritten there. */
static int
lift(int fd)
{
    int high = fd >= 0 ? fcntl(fd, F_DUPFD_CLOEXEC, FILTER_FD + 1) : -1;

    if (fd >= 0)
        close(fd);
    return high;
}

static void
close_if_open(int fd)
{
    if (fd >= 0)
        close(fd);
}

bool
daemon_converter_start_task(const DaemonConverterTask *task, GBytes *document,
                            DaemonConverter **out_converter, GError **error)
{
    g_autoptr(DaemonConverter) converter = g_new0(DaemonConverter, 1);
    const int document_fd = lift(memory_file(document));
    const int filter_fd = lift(daemon_privilege_converter_filter());
    int result;

    converter->task = *task;
    converter->pidfd = -1;
    converter->out_fd = lift(memory_file(NULL));
    result = converter->out_fd < 0 || document_fd < 0 || filter_fd < 0
                 ? errno
                 : spawn_with(converter, document_fd, filter_fd);
    close_if_open(document_fd);
    close_if_open(filter_fd);
    if (result != 0) {
        converter->pid = 0;
        return daemon_throw(error, DAEMON_ERROR_CONVERT, "conversion not available: %s",
                            g_strerror(result));
    }
    converter->pidfd = pidfd_open(converter->pid, 0);
    converter->deadline = g_get_monotonic_time() + (gint64)task->wall_s * G_USEC_PER_SEC;
    *out_converter = g_steal_pointer(&converter);
    return true;
}

bool
daemon_converter_start(const char *name, GBytes *document, DaemonConverter **out_converter,
                       GError **error)
{
    return daemon_converter_check(name, error) &&
           daemon_converter_start_task(&converters[find_converter(name)].task, document,
                                       out_converter, error);
}

int
daemon_converter_fd(const DaemonConverter *converter)
{
    return converter->pidfd;
}

gint64
daemon_converter_deadline(const DaemonConverter *converter)
{
    return converter->deadline;
}

/* ---- the end ---- */

static bool
is_over(const DaemonConverter *converter)
{
    struct pollfd watched = {.fd = converter->pidfd, .events = POLLIN};

    return poll(&watched, 1, 0) > 0;
}

/* Wait until it is gone; bubblewrap takes all that runs inside with it.  Its wait status. */
static int
reap(DaemonConverter *converter)
{
    int status = 0;

    while (waitpid(converter->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    converter->pid = 0;
    return status;
}

static bool
explain(int status, const char *needs, GError **error)
{
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;

    if (code == EXIT_NOTHING)
        return daemon_throw(error, DAEMON_ERROR_CONVERT, "%s could make nothing of it", needs);
    if (code == 1)
        return daemon_throw(error, DAEMON_ERROR_CONVERT,
                            "conversion not available: bubblewrap cannot make its cage here "
                            "(are user namespaces forbidden?)");
    return daemon_throw(error, DAEMON_ERROR_CONVERT, "%s gave up on it (%s %d)", needs,
                        code >= 0 ? "status" : "signal", code >= 0 ? code : WTERMSIG(status));
}

bool
daemon_converter_finish(DaemonConverter *converter, GBytes **out_document, GError **error)
{
    const char *needs = converter->task.needs;
    const bool over = is_over(converter);
    g_autofree char *copy = NULL;
    off_t size;
    int status;

    if (!over)
        kill(converter->pid, SIGKILL);
    status = reap(converter);
    if (!over)
        return daemon_throw(error, DAEMON_ERROR_CONVERT, "%s needed more than %u seconds", needs,
                            converter->task.wall_s);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return explain(status, needs, error);
    size = lseek(converter->out_fd, 0, SEEK_END);
    if (size <= 0)
        return explain(EXIT_NOTHING << 8, needs, error);
    if ((guint64)size > parsers_limits_default()->convert_bytes)
        return daemon_throw(error, DAEMON_ERROR_CONVERT,
                            "limit convert_bytes: what %s made of it is too large", needs);
    copy = g_malloc((gsize)size);
    if (pread(converter->out_fd, copy, (gsize)size, 0) != size)
        return daemon_throw(error, DAEMON_ERROR_CONVERT, "what %s made of it is cut short", needs);
    *out_document = g_bytes_new_take(g_steal_pointer(&copy), (gsize)size);
    return true;
}

void
daemon_converter_free(DaemonConverter *converter)
{
    if (converter == NULL)
        return;
    if (converter->pid > 0) {
        kill(converter->pid, SIGKILL);
        reap(converter);
    }
    close_if_open(converter->pidfd);
    close_if_open(converter->out_fd);
    g_free(converter);
}
