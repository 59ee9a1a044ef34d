/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/oauth.h - access tokens for mailboxes and the relay, by client credentials.
 *
 * A token is fetched before it is needed and kept in memory alone.
 *
 * Runs in:  mailbox, courier; a child of the supervisor that checks (daemon/oauth-check.c).
 * Source:   RFC 6749 section 4.4; RFC 7523 (client assertion); doc/exchange-online.md
 */
#ifndef DAEMON_OAUTH_H
#define DAEMON_OAUTH_H

#include "daemon/settings.h"
#include "spool/db.h"

typedef struct DaemonTokens DaemonTokens;

/* Read the client's secret, or its key and certificate; before privileges are given up.
 * oauth: borrowed, must outlive it.  holder: the role and its node, for daemon_tokens_look().
 * Errors: DAEMON_ERROR_FILE. */
bool daemon_tokens_new(const DaemonOauth *oauth, const char *holder, DaemonTokens **out_tokens,
                       GError **error);
void daemon_tokens_free(DaemonTokens *tokens); /* NULL is harmless */

/* When the secret or the certificate ends, microseconds UTC; 0: not known. */
gint64 daemon_tokens_ends(const DaemonTokens *tokens);

/* To be called at every turn of a role, outside of transactions: warns in the log once a day when
 * the secret or the certificate ends soon, and notes its end in the spool for daemon/health.c.
 * tokens: NULL is harmless.  now: microseconds UTC. */
void daemon_tokens_look(DaemonTokens *tokens, SpoolDb *db, gint64 now);

/* A token that is good for some minutes at least; borrowed until the next call.
 *
 * Errors: DAEMON_ERROR_AUTH     the token server refuses us: its reason, and what to do
 *         DAEMON_ERROR_CONNECT, _TIMEOUT, _TLS, _PROTOCOL  try again
 */
bool daemon_tokens_get(DaemonTokens *tokens, const char **out_token, GError **error);

/* The server refused the token: fetch another one next time. */
void daemon_tokens_forget(DaemonTokens *tokens);

/* What an administrator should do about a reason that a token server or a mail server gave, or
 * NULL; static. */
const char *daemon_oauth_advice(const char *reason);

#endif
