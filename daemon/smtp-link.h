/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/smtp-link.h - a connection to a mail server: lines go out, answers come in.
 *
 * Every wait has an end, and every answer a largest size.
 *
 * Runs in:  courier.
 * Source:   RFC 5321 sections 4.2 and 4.5.3; RFC 2034 (enhanced codes)
 */
#ifndef DAEMON_SMTP_LINK_H
#define DAEMON_SMTP_LINK_H

#include "daemon/settings.h"

typedef struct DaemonSmtpLink DaemonSmtpLink;

/* All borrowed; must outlive the connection. */
typedef struct {
    const char *host;
    guint port;
    DaemonTls tls;
    const char *ca_file; /* PEM of the only authorities to trust; NULL: the system's */
    guint timeout_s;     /* of silence */
    void (*alive)(void *data);
    void *alive_data;
} DaemonSmtpPeer;

/* What a server said to one command. */
typedef struct {
    guint code;
    char status[12]; /* of RFC 3463, such as "5.1.1", or "" */
    GString *text;   /* all lines, without codes; untrusted */
} DaemonSmtpAnswer;
void daemon_smtp_answer_clear(DaemonSmtpAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DaemonSmtpAnswer, daemon_smtp_answer_clear)

/* Connect; with implicit TLS also shake hands.
 * Errors: DAEMON_ERROR_CONNECT, _TIMEOUT, _TLS, _FILE (ca_file). */
bool daemon_smtp_link_open(const DaemonSmtpPeer *peer, DaemonSmtpLink **out_link, GError **error);
void daemon_smtp_link_free(DaemonSmtpLink *link); /* NULL is harmless */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonSmtpLink, daemon_smtp_link_free)

/* Begin TLS after STARTTLS was agreed.  Errors: DAEMON_ERROR_TLS also when the server has already
 * sent what would then count as if it had come encrypted. */
bool daemon_smtp_link_secure(DaemonSmtpLink *link, GError **error);

/* Send all of it, or fail: then the last byte has not left. */
bool daemon_smtp_link_send(DaemonSmtpLink *link, const char *data, gsize length, GError **error);

/* Wait for one whole answer.  out_answer: cleared by the caller, also after an error.
 * Errors: DAEMON_ERROR_CONNECT (ended), _TIMEOUT, _TLS, _PROTOCOL (no sense, or too much). */
bool daemon_smtp_link_hear(DaemonSmtpLink *link, DaemonSmtpAnswer *out_answer, GError **error);

/* Whether the server has said something, or is gone; waits up to wait_ms for that. */
bool daemon_smtp_link_has_news(DaemonSmtpLink *link, int wait_ms);

/* To be polled for POLLIN. */
int daemon_smtp_link_fd(const DaemonSmtpLink *link);
bool daemon_smtp_link_is_secure(const DaemonSmtpLink *link);

#endif
