/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/maildir.h - a Maildir on this machine, as a store.
 *
 * Runs in:  mailbox.
 * Source:   https://cr.yp.to/proto/maildir.html; doc/life-of-a-message.md
 */
#ifndef DAEMON_MAILDIR_H
#define DAEMON_MAILDIR_H

#include "daemon/store.h"

/* As daemon_store_open(), for maildir:/path.
 * Errors: DAEMON_ERROR_MAILBOX: it is no Maildir, or may not be written. */
bool daemon_maildir_open(const DaemonMailbox *mailbox, int stop_fd, DaemonStore **out_store,
                         GError **error);

#endif
