/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/tls-verify.h - which certificates we accept, and plain words for the others.
 *
 * Runs in:  mailbox, courier.
 * Source:   RFC 9525; doc/SECURITY.md
 */
#ifndef DAEMON_TLS_VERIFY_H
#define DAEMON_TLS_VERIFY_H

#include "daemon/error.h"

#include <openssl/ssl.h>

typedef struct {
    const char *host; /* name or address that the certificate must be for; borrowed */
    char *reason;     /* set during the handshake when the certificate is refused; owned */
} DaemonTlsRefusal;

/* A TLS client that accepts only a certificate for the host from an authority we trust, and only
 * TLS 1.2 and up.
 *
 * refusal: must outlive the SSL; borrowed.
 * ca_file: PEM; NULL for the system's authorities; borrowed.
 *
 * Errors: DAEMON_ERROR_FILE when ca_file cannot be read, DAEMON_ERROR_SYSTEM. */
bool daemon_tls_verify_new(DaemonTlsRefusal *refusal, const char *ca_file, SSL **out_ssl,
                           GError **error);

#endif
