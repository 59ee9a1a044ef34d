/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/smtp.h - hand mails to a relay over one connection, and know what became of each.
 *
 * A mail goes in four steps: offer, agreed, give, taken.  The next one is offered
 * when the last is taken.
 *
 * Runs in:  courier.
 * Source:   RFC 5321; RFC 2920 (pipelining); RFC 3461 (DSN); RFC 8689 (REQUIRETLS); RFC 1047
 */
#ifndef DAEMON_SMTP_H
#define DAEMON_SMTP_H

#include "daemon/smtp-greet.h"

typedef struct DaemonSmtp DaemonSmtp;

/* All borrowed. */
typedef struct {
    const char *from; /* envelope sender: where bounces go; one plain address */
    const char *to;   /* one plain address, checked again before it reaches the protocol */
    const char *id;   /* Message-ID without brackets: what a delivery report names it by */
    bool secure;      /* every server on its way must use TLS, or it must not be sent */
    GBytes *bytes;    /* with CRLF line ends */
} DaemonSmtpMail;

/* A sender without a connection.  peer: borrowed, must outlive it. */
DaemonSmtp *daemon_smtp_new(const DaemonSmtpPeer *peer);
void daemon_smtp_free(DaemonSmtp *smtp); /* says goodbye */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonSmtp, daemon_smtp_free)

/* Connect, greet and log in.
 * Errors: those of daemon_smtp_greet(): about the relay, never about a mail. */
bool daemon_smtp_open(DaemonSmtp *smtp, const DaemonSmtpLogin *login, GError **error);
void daemon_smtp_close(DaemonSmtp *smtp);

/* Whether there is a connection that may take the next mail. */
bool daemon_smtp_is_open(DaemonSmtp *smtp);
/* Whether this connection has done anything yet: one that has may have been ended by the server
 * because it was idle or had taken enough, which is nobody's fault. */
bool daemon_smtp_is_used(const DaemonSmtp *smtp);
/* Whether an offer is answered without more being said: else daemon_smtp_agreed() must speak. */
bool daemon_smtp_is_pipelining(const DaemonSmtp *smtp);
/* Whether there is an answer to be read, or none will come; waits up to wait_ms for it. */
bool daemon_smtp_has_answer(const DaemonSmtp *smtp, int wait_ms);
/* To be polled for POLLIN while an answer is awaited; -1 without a connection. */
int daemon_smtp_fd(const DaemonSmtp *smtp);

/* The errors of all four:
 *   DAEMON_ERROR_CONNECT, _TIMEOUT, _TLS, _AUTH, _PROTOCOL, _RELAY
 *                           the relay takes nothing from us now: every mail must wait
 *   DAEMON_ERROR_TEMPORARY  not taken: try this mail again later
 *   DAEMON_ERROR_PERMANENT  refused for good: a person must be told
 *   DAEMON_ERROR_UNCERTAIN  (taken) the last answer was lost: it may have been taken
 * After the first kind the connection is closed.
 *
 * out_response: what the server said last, or NULL; set in any case; the caller frees. */

/* Name sender and recipient. */
bool daemon_smtp_offer(DaemonSmtp *smtp, const DaemonSmtpMail *mail, GError **error);
/* Wait until the server agrees to take it.  Nothing of the mail itself has left yet. */
bool daemon_smtp_agreed(DaemonSmtp *smtp, char **out_response, GError **error);
/* Send the mail itself.  When this fails, its end has not left: it is not taken. */
bool daemon_smtp_give(DaemonSmtp *smtp, const DaemonSmtpMail *mail, GError **error);
/* Wait for the server to say that it is its own now. */
bool daemon_smtp_taken(DaemonSmtp *smtp, char **out_response, GError **error);

#endif
