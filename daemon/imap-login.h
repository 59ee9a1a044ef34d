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

/* Log in by the best way that the server offers: AUTHENTICATE PLAIN, else LOGIN; with a token, when
 * the mailbox has oauth, by OAUTHBEARER, else XOAUTH2.
 * password: or token; borrowed; never kept.
 *
 * Errors: DAEMON_ERROR_AUTH     the server refuses us, or offers no way for a password
 *         DAEMON_ERROR_CONNECT  it cannot say at present: try again */
bool daemon_imap_login(DaemonImap *imap, const char *password, GError **error);

#endif
