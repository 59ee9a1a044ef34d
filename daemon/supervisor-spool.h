/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/supervisor-spool.h - the little that the supervisor asks of the spool.
 *
 * Each question opens the spool in a child process of its own, under the roles'
 * account, so that the supervisor never holds a connection across fork.
 *
 * Runs in:  supervisor.
 * Source:   doc/process-model.md
 */
#ifndef DAEMON_SUPERVISOR_SPOOL_H
#define DAEMON_SUPERVISOR_SPOOL_H

#include "daemon/privilege.h"

/* Make or migrate the spool, and lock it against a second posternd on this machine.
 * out_lock_fd: keep it open for as long as the daemon runs.
 * Errors: DAEMON_ERROR_CONNECT: the server that keeps it is away, try again later;
 * DAEMON_ERROR_FILE, _SYSTEM: do not start. */
bool daemon_supervisor_spool_open(const DaemonSettings *settings, const DaemonAccount *account,
                                  int *out_lock_fd, GError **error);

/* True when a mail is undecided or a reply is still to be sent. */
bool daemon_supervisor_spool_leftover(const DaemonSettings *settings);

#endif
