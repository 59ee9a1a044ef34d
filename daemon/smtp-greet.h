/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/smtp-greet.h - the beginning of a talk with a mail server: who we are, TLS, log-in.
 *
 * Runs in:  courier.
 * Source:   RFC 5321 section 4.1.1.1; RFC 3207; RFC 4954
 */
#ifndef DAEMON_SMTP_GREET_H
#define DAEMON_SMTP_GREET_H

#include "daemon/smtp-link.h"

/* What the server offers, once the talk is as safe as it gets. */
typedef struct {
    bool pipelining; /* RFC 2920 */
    bool dsn;        /* RFC 3461 */
    bool requiretls; /* RFC 8689; only ever over TLS */
    bool size;       /* RFC 1870 */
} DaemonSmtpOffer;

/* All borrowed. */
typedef struct {
    const char *name;     /* that we greet with */
    const char *user;     /* NULL: no log-in */
    const char *password; /* or NULL */
    const char *token;    /* instead of a password, or NULL */
} DaemonSmtpLogin;

/* Hear the greeting, greet, begin TLS where the peer's setting says so, log in.
 *
 * Errors: DAEMON_ERROR_TLS   it offers no STARTTLS, or its certificate will not do
 *         DAEMON_ERROR_AUTH  it refuses the log-in; the text says what to do
 *         DAEMON_ERROR_RELAY, and those of daemon_smtp_link_hear() */
bool daemon_smtp_greet(DaemonSmtpLink *link, const DaemonSmtpPeer *peer,
                       const DaemonSmtpLogin *login, DaemonSmtpOffer *out_offer, GError **error);

#endif
