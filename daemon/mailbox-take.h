/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/mailbox-take.h - the first half of the role: new mails into the spool.
 *
 * Private to daemon/mailbox*.c.
 *
 * Runs in:  mailbox.
 * Source:   doc/life-of-a-message.md
 */
#ifndef DAEMON_MAILBOX_TAKE_H
#define DAEMON_MAILBOX_TAKE_H

#include "daemon/mailbox-state.h"

/* Store every mail that is new, and let the cursor pass it.
 * Errors: of the store and of the spool; what was committed stays. */
bool daemon_mailbox_take(DaemonMailboxState *role, GError **error);

#endif
