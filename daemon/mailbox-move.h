/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/mailbox-move.h - the second half of the role: decided mails out of the inbox.
 *
 * Private to daemon/mailbox*.c.
 *
 * Runs in:  mailbox.
 * Source:   doc/life-of-a-message.md
 */
#ifndef DAEMON_MAILBOX_MOVE_H
#define DAEMON_MAILBOX_MOVE_H

#include "daemon/mailbox-state.h"

/* Move the mails that are decided out of the inbox. */
bool daemon_mailbox_move(DaemonMailboxState *role, GError **error);

#endif
