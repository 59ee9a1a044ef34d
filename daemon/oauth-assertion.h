/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/oauth-assertion.h - proof of a private key instead of a client's secret.
 *
 * Runs in:  mailbox, courier.
 * Source:   RFC 7523, RFC 7515, RFC 7518 (PS256)
 */
#ifndef DAEMON_OAUTH_ASSERTION_H
#define DAEMON_OAUTH_ASSERTION_H

#include "daemon/error.h"

/* A private key and its certificate, in memory. */
typedef struct DaemonAssertionKey DaemonAssertionKey;

/* Read both (PEM).  Errors: DAEMON_ERROR_FILE: cannot be read, or they do not belong together. */
bool daemon_assertion_key_read(const char *key_file, const char *certificate_file,
                               DaemonAssertionKey **out_key, GError **error);
void daemon_assertion_key_free(DaemonAssertionKey *key);

/* When its certificate ends, microseconds UTC. */
gint64 daemon_assertion_key_ends(const DaemonAssertionKey *key);

/* A JSON Web Token that says client to audience, signed by PS256, good for ten minutes from at
 * (microseconds UTC).  The caller frees.  Errors: DAEMON_ERROR_SYSTEM. */
bool daemon_assertion_make(const DaemonAssertionKey *key, const char *client, const char *audience,
                           gint64 at, char **out_token, GError **error);

#endif
