/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/imap.h - a mailbox on an IMAP server, as a store.
 *
 * Runs in:  mailbox.
 * Source:   RFC 9051, RFC 3501; doc/life-of-a-message.md
 */
#ifndef DAEMON_IMAP_H
#define DAEMON_IMAP_H

#include "daemon/store.h"

/* As daemon_store_open(), for imap:// and imaps://. */
bool daemon_imap_open(const DaemonMailbox *mailbox, const char *password, int stop_fd,
                      DaemonStore **out_store, GError **error);

#endif
