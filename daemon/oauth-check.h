/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/oauth-check.h - whether the roles can read what they log in with.
 *
 * Runs in:  the supervisor at start; the command line's check-config.
 * Source:   doc/exchange-online.md
 */
#ifndef DAEMON_OAUTH_CHECK_H
#define DAEMON_OAUTH_CHECK_H

#include "daemon/settings.h"

/* Read the secret, or key and certificate, as the roles do, and warn when they end soon.
 *
 * All of it happens in a child process: libraries leave copies of what they decode in memory, and
 * from the supervisor roles are forked that must not have them.
 *
 * Errors: DAEMON_ERROR_FILE: the roles could not read them; DAEMON_ERROR_SYSTEM. */
bool daemon_oauth_check(const DaemonOauth *oauth, GError **error);

#endif
