/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/notify.h - telling systemd how we are.
 *
 * Runs in:  supervisor.
 * Source:   sd_notify(3)
 */
#ifndef DAEMON_NOTIFY_H
#define DAEMON_NOTIFY_H

/* Send a line such as "READY=1" to $NOTIFY_SOCKET; does nothing when there is none. */
void daemon_notify(const char *line);

#endif
