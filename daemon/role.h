/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/role.h - the process of one role, from fork to exit.
 *
 * Runs in:  the child that the supervisor has forked.
 * Source:   doc/process-model.md
 */
#ifndef DAEMON_ROLE_H
#define DAEMON_ROLE_H

#include <sys/types.h>

#include "daemon/privilege.h"
#include "daemon/settings.h"

typedef enum {
    DAEMON_ROLE_MAILBOX,
    DAEMON_ROLE_INTAKE,
    DAEMON_ROLE_COURIER,
    DAEMON_ROLE_REVIEW,
    DAEMON_ROLE_PRINTER,
    DAEMON_ROLE_KEEPER
} DaemonRoleKind;

/* What all roles share; made by the supervisor before it forks. */
typedef struct {
    const DaemonSettings *settings;
    DaemonAccount account;
    pid_t supervisor;
    int stop_fd;   /* readable for ever once the supervisor stops */
    int intake_fd; /* doorbells */
    int courier_fd;
    int printer_fd;
    int *mailbox_fds; /* one for each mailbox of the settings */
    int listen_fd;    /* of the staff pages, or -1 */
    gint64 *alive;    /* shared memory: monotonic time of each role's last step */
} DaemonShared;

/* Exit codes of a role. */
enum { DAEMON_ROLE_DONE = 0, DAEMON_ROLE_RETRY = 1, DAEMON_ROLE_STOP = 3 };

typedef struct {
    DaemonRoleKind kind;
    guint mailbox; /* index into the mailboxes, or number of the worker of the staff pages */
    guint slot;    /* index into alive */
    bool once;
} DaemonRole;

/* "mailbox:lado-parents", "intake", "courier", "printer", "keeper", "review:1"; the caller frees.
 */
char *daemon_role_name(const DaemonShared *shared, const DaemonRole *role);

/* Do the role's whole work in this process.  Returns its exit code. */
int daemon_role_run(const DaemonShared *shared, const DaemonRole *role);

#endif
