/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/settings-mailbox.h - what follows from the settings of a mailbox.
 *
 * Runs in:  every role, when the settings are read.
 * Source:   doc/imap.md
 */
#ifndef DAEMON_SETTINGS_MAILBOX_H
#define DAEMON_SETTINGS_MAILBOX_H

#include "daemon/settings.h"

#define DAEMON_SETTINGS_JUNK "-junk"

/* Work out where each mailbox begins, and add a mailbox NAME-junk for each Junk folder that is to
 * be read.  path: of the file, for the message.  Errors: DAEMON_ERROR_SETTINGS. */
bool daemon_settings_mailbox_finish(const char *path, DaemonSettings *settings, GError **error);

#endif
