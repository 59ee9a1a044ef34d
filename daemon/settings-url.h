/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/settings-url.h - where a server or a folder is.
 *
 * Runs in:  every role, at start.
 * Source:   RFC 3986; RFC 5092 (imap); the contract, "Settings"
 */
#ifndef DAEMON_SETTINGS_URL_H
#define DAEMON_SETTINGS_URL_H

#include "daemon/settings.h"

/* Take a url apart: imap(s)://user@host:port/FOLDER, smtp(s)://user@host:port, maildir:/path.
 *
 * tls:        starttls or none; NULL is starttls; imaps and smtps are implicit whatever it says.
 * out_server: filled on success; the caller clears it.
 *
 * Errors: DAEMON_ERROR_SETTINGS; also for "none" with a host that is not of this machine, and for a
 *         password inside the url. */
bool daemon_settings_url_parse(const char *url, const char *tls, DaemonServer *out_server,
                               GError **error);
void daemon_settings_url_clear(DaemonServer *server);

/* True for localhost, 127.0.0.0/8 and ::1. */
bool daemon_settings_url_is_loopback(const char *host);

/* True for the hosts of Exchange Online and outlook.com; host may be NULL. */
bool daemon_settings_url_is_exchange(const char *host);

#endif
