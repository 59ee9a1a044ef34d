/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/mailbox-lease.h - one node at a time looks after a mailbox.
 *
 * Private to daemon/mailbox*.c.
 *
 * Runs in:  mailbox.
 * Source:   doc/spool.md, "Nodes"
 */
#ifndef DAEMON_MAILBOX_LEASE_H
#define DAEMON_MAILBOX_LEASE_H

#include "daemon/mailbox-state.h"

/* Wait until the mailbox is ours, or (role->finished) we are told to stop; with once, a mailbox
 * that another node looks after is finished. */
bool daemon_mailbox_lease_take(DaemonMailboxState *role, GError **error);

/* In the transaction that changes something about the mailbox.
 * Errors: SPOOL_ERROR_STALE: another node has it since; end the session. */
bool daemon_mailbox_lease_check(const DaemonMailboxState *role, GError **error);

/* Give the mailbox away when another node has much less to do.  out_given: end the session. */
bool daemon_mailbox_lease_share(DaemonMailboxState *role, bool *out_given, GError **error);

/* We stop: another node may have it at once. */
void daemon_mailbox_lease_give(const DaemonMailboxState *role);

#endif
