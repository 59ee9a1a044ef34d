/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/supervisor-spool.c - the little that the supervisor asks of the spool.
 *
 * Runs in:  supervisor, and short-lived children of it.
 * Source:   doc/process-model.md
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/keeper.h"
#include "daemon/log.h"
#include "daemon/secret.h"
#include "daemon/spool-account.h"
#include "daemon/supervisor-spool.h"
#include "spool/message.h"
#include "spool/node.h"
#include "spool/outbox.h"

#define LOCK_PAUSE_MS 50
#define LOCK_SAY (3000 / LOCK_PAUSE_MS)
#define LOCK_TRIES (65000 / LOCK_PAUSE_MS)
enum { MADE_LATER = 1, MADE_NEVER };

/* Roles of a supervisor that was killed hold it until the kernel has ended them too, and its
 * courier until a relay that is slow has answered (daemon/courier-window.h). */
static bool
wait_for_lock(int fd)
{
    for (guint i = 0; i < LOCK_TRIES && flock(fd, LOCK_EX | LOCK_NB) != 0; i++) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return false;
        if (i == LOCK_SAY)
            daemon_log(DAEMON_LOG_NOTICE, "-", "waiting for another posternd on this spool to end");
        g_usleep(LOCK_PAUSE_MS * 1000);
    }
    return flock(fd, LOCK_EX | LOCK_NB) == 0;
}

static bool
lock(const DaemonSettings *settings, const DaemonAccount *account, int *out_fd, GError **error)
{
    g_auto(DaemonSpoolAccount) guise = {0};
    g_autofree char *path = daemon_spool_account_lock_path(settings);
    int fd;

    if (path == NULL)
        return true;
    if (!daemon_spool_account_enter(&guise, settings, error))
        return false;
    fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return daemon_throw(error, DAEMON_ERROR_FILE,
                            "%s: %s; does the spool's folder exist, and "
                            "may \"%s\" write to it?",
                            path, g_strerror(errno), account->name);
    if (!wait_for_lock(fd)) {
        close(fd);
        return daemon_throw(error, DAEMON_ERROR_FILE,
                            "%s: another posternd is running on this spool", path);
    }
    *out_fd = fd;
    return true;
}

static bool
leftover(const DaemonSettings *settings)
{
    g_autoptr(SpoolDb) db = NULL;
    g_autoptr(GError) error = NULL;
    guint waiting = 0;
    gint64 oldest = 0, due = 0;

    if (!daemon_spool_account_open(settings, &db, &error) ||
        !spool_message_backlog(db, &waiting, &oldest, &error) ||
        !spool_outbox_next_due(db, &due, &error)) {
        daemon_log(DAEMON_LOG_ERROR, "-", "%s", error->message);
        return true;
    }
    return waiting > 0 || due != 0;
}

bool
daemon_supervisor_spool_leftover(const DaemonSettings *settings)
{
    pid_t pid = fork();
    int status = 0;

    if (pid == 0)
        _exit(leftover(settings) ? 1 : 0);
    return pid < 0 || waitpid(pid, &status, 0) != pid || status != 0;
}

/* A server that starts, recovers or is out of reach; a file would need a person. */
static bool
is_server_away(const DaemonSettings *settings, const GError *problem)
{
    return spool_db_is_shared(settings->spool_url) &&
           (g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_IO) ||
            g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_BUSY) ||
            g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_FULL));
}

/* In a child: open once, so that the tables are there before the roles race for them.  The reason
 * of a failure goes to the supervisor through the pipe.  Returns the code to exit with. */
static int
make_spool(const DaemonSettings *settings, const DaemonAccount *account, int fd)
{
    g_autoptr(SpoolDb) db = NULL;
    g_autoptr(GBytes) key = NULL;
    g_autoptr(GError) error = NULL;

    umask(0077);
    if (daemon_secret_master_key(settings->master_key_file, &key, &error) &&
        daemon_privilege_drop(account, DAEMON_MAY_CONNECT, &error) &&
        spool_db_open(settings->spool_url, key, &db, &error) &&
        spool_node_join(db, daemon_settings_node(settings), DAEMON_KEEPER_LEASE_S, NULL, &error))
        return 0;
    if (write(fd, error->message, strlen(error->message)) < 0)
        daemon_log(DAEMON_LOG_ERROR, "-", "%s", error->message);
    return is_server_away(settings, error) ? MADE_LATER : MADE_NEVER;
}

bool
daemon_supervisor_spool_open(const DaemonSettings *settings, const DaemonAccount *account,
                             int *out_lock_fd, GError **error)
{
    char reason[1024] = "";
    int ends[2], status = 0;
    gssize n;
    pid_t pid;

    if (!lock(settings, account, out_lock_fd, error))
        return false;
    if (pipe2(ends, O_CLOEXEC) != 0 || (pid = fork()) < 0)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "no process: %s", g_strerror(errno));
    if (pid == 0) {
        _exit(make_spool(settings, account, ends[1]));
    }
    close(ends[1]);
    n = read(ends[0], reason, sizeof reason - 1);
    close(ends[0]);
    waitpid(pid, &status, 0);
    if (n == 0 && status == 0)
        return true;
    return daemon_throw(error,
                        WIFEXITED(status) && WEXITSTATUS(status) == MADE_LATER
                            ? DAEMON_ERROR_CONNECT
                            : DAEMON_ERROR_FILE,
                        "%s", n > 0 ? reason : "the spool could not be opened");
}
