/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/imap-folder.h - select the inbox, and move decided mails out of it.
 *
 * Runs in:  mailbox.
 * Source:   RFC 6851 (MOVE), RFC 4315 (UIDPLUS), RFC 2342 (NAMESPACE)
 */
#ifndef DAEMON_IMAP_FOLDER_H
#define DAEMON_IMAP_FOLDER_H

#include "daemon/imap-session.h"

/* Select the mailbox's folder; sets uidvalidity, uidnext, read_only and where our own
 * folders are.  A Junk folder is only examined.
 * Errors: DAEMON_ERROR_MAILBOX: it is missing; _UNCONNECTED, _THROTTLED. */
bool daemon_imap_folder_select(DaemonImap *imap, GError **error);

/* As daemon_store_move(). */
bool daemon_imap_folder_move(DaemonImap *imap, const GArray *uids, const char *action, GArray *gone,
                             GError **error);

#endif
