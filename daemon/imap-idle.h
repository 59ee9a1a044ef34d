/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/imap-idle.h - wait for the server to say that there is new mail.
 *
 * Runs in:  mailbox.
 * Source:   RFC 2177
 */
#ifndef DAEMON_IMAP_IDLE_H
#define DAEMON_IMAP_IDLE_H

#include "daemon/imap-session.h"

/* Wait until there may be new mail, wake_fd is readable or seconds have passed; by IDLE where the
 * server has it.  Any error ends the session. */
bool daemon_imap_idle(DaemonImap *imap, int wake_fd, guint seconds, GError **error);

#endif
