/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/supervisor.h - starts the roles, watches them, starts them again.
 *
 * Runs in:  supervisor, the process that was started as posternd.
 * Source:   doc/process-model.md
 */
#ifndef DAEMON_SUPERVISOR_H
#define DAEMON_SUPERVISOR_H

#include "daemon/settings.h"

/* Run until SIGTERM or SIGINT; with once, until the mailboxes are empty, what was started is
 * finished and what could be delivered is delivered.
 *
 * Returns the exit code of the program: 0 all is well, and with once nothing is left over;
 * 1 (once) something is left over; 3 it could not go on, and the log says why. */
int daemon_supervisor_run(const DaemonSettings *settings, bool once);

#endif
