/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/imap-login.h - tell the server who we are.
 *
 * Runs in:  mailbox.
 * Source:   RFC 4616 (PLAIN), RFC 4959 (initial response)
 */
#ifndef DAEMON_IMAP_LOGIN_H
#define DAEMON_IMAP_LOGIN_H

#include "daemon/imap-session.h"

/* Log in by the best way that the server offers: AUTHENTICATE PLAIN, else LOGIN.
 * password: borrowed; never kept.
 *
 * Errors: DAEMON_ERROR_AUTH     the server refuses us, or offers no way for a password
 *         DAEMON_ERROR_CONNECT  it cannot say at present: try again */
bool daemon_imap_login(DaemonImap *imap, const char *password, GError **error);

#endif
