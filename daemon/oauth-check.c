/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/oauth-check.c - whether the roles can read what they log in with.
 *
 * Runs in:  the supervisor at start; the command line's check-config.
 * Source:   doc/exchange-online.md
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/log.h"
#include "daemon/oauth-check.h"
#include "daemon/oauth-expiry.h"
#include "daemon/oauth.h"

/* In a child; the reason of a failure goes to the parent through the pipe.  Returns the code to
 * exit with. */
static int
try_to_read(const DaemonOauth *oauth, int fd)
{
    g_autoptr(GError) error = NULL;
    DaemonTokens *tokens = NULL;

    if (!daemon_tokens_new(oauth, "check", &tokens, &error)) {
        if (write(fd, error->message, strlen(error->message)) < 0)
            daemon_log(DAEMON_LOG_ERROR, "-", "%s", error->message);
        return 1;
    }
    daemon_oauth_expiry_warn(oauth, daemon_tokens_ends(tokens), g_get_real_time());
    daemon_tokens_free(tokens);
    return 0;
}

bool
daemon_oauth_check(const DaemonOauth *oauth, GError **error)
{
    char reason[1024] = "";
    int ends[2], status = 0;
    gssize n;
    pid_t pid;

    if (pipe2(ends, O_CLOEXEC) != 0 || (pid = fork()) < 0)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "no process: %s", g_strerror(errno));
    if (pid == 0)
        _exit(try_to_read(oauth, ends[1]));
    close(ends[1]);
    n = read(ends[0], reason, sizeof reason - 1);
    close(ends[0]);
    if (waitpid(pid, &status, 0) == pid && status == 0)
        return true;
    return daemon_throw(error, DAEMON_ERROR_FILE, "[oauth %s]: %s", oauth->name,
                        n > 0 ? reason : "its secret or key could not be read");
}
