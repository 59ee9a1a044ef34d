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

/* Log in by this token (OAUTHBEARER or XOAUTH2) instead of a password; borrowed, copied. */
void daemon_smtp_set_token(DaemonSmtp *smtp, const char *token);

/* Called once, when the server has taken the address and before the first byte of the mail leaves.
 * Returning false stops the attempt: nothing has been sent. */
typedef bool DaemonSmtpStart(gpointer data);

/* All borrowed. */
typedef struct {
    const char *from; /* envelope sender: where bounces go; one plain address */
    const char *to;   /* one plain address, checked again before it reaches the protocol */
    GBytes *bytes;    /* with CRLF line ends */
    DaemonSmtpStart *start;
    gpointer data;
} DaemonSmtpMail;

/* Send one mail to one address.
 *
 * out_response: the server's last answer, set in any case; the caller frees.
 *
 * Errors: DAEMON_ERROR_TEMPORARY, _CONNECT, _TIMEOUT, _TLS, _AUTH  not taken: try again later
 *         DAEMON_ERROR_PERMANENT  refused for good: a person must be told
 *         DAEMON_ERROR_UNCERTAIN  the answer after the final dot was lost: may have been taken */
bool daemon_smtp_send(DaemonSmtp *smtp, const DaemonSmtpMail *mail, char **out_response,
                      GError **error);

#endif
