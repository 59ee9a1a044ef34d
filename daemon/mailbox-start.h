/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/mailbox-start.h - where a session reads on, and what is not ours.
 *
 * Private to daemon/mailbox*.c.
 *
 * Runs in:  mailbox.
 * Source:   doc/imap.md, "The first day"
 */
#ifndef DAEMON_MAILBOX_START_H
#define DAEMON_MAILBOX_START_H

#include "daemon/mailbox-state.h"

/* Set the cursor of a session that has just been opened; note when its mailbox may only be read.
 * Errors: of the store and of the spool. */
bool daemon_mailbox_start(DaemonMailboxState *role, GError **error);

#endif
