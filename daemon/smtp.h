/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/smtp.h - hand one mail to the relay, and know what became of it.
 *
 * Runs in:  courier.
 * Source:   RFC 5321; RFC 3207 (STARTTLS); RFC 4954 (AUTH); RFC 1047
 */
#ifndef DAEMON_SMTP_H
#define DAEMON_SMTP_H

#include "daemon/settings.h"

typedef struct DaemonSmtp DaemonSmtp;

/* A sender; the connection is made with the first mail and kept for the next ones.
 * settings, password: borrowed, must outlive it. */
DaemonSmtp *daemon_smtp_new(const DaemonSettings *settings, const char *password);
void daemon_smtp_free(DaemonSmtp *smtp);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonSmtp, daemon_smtp_free)

/* Send one mail to one address.
 *
 * to:           one plain address, checked again here before it reaches the protocol.
 * mail:         with CRLF line ends; borrowed.
 * out_response: the server's last answer, set in any case; the caller frees.
 *
 * Errors: DAEMON_ERROR_TEMPORARY, _CONNECT, _TIMEOUT, _TLS, _AUTH  not taken: try again later
 *         DAEMON_ERROR_PERMANENT  refused for good: a person must be told
 *         DAEMON_ERROR_UNCERTAIN  the answer after the final dot was lost: may have been taken */
bool daemon_smtp_send(DaemonSmtp *smtp, const char *to, GBytes *mail, char **out_response,
                      GError **error);

#endif
