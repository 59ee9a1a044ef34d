/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/oauth-expiry.h - how long a certificate or a secret still lasts, and what to say of it.
 *
 * Knows days, no secrets.
 *
 * Runs in:  mailbox, courier (log); staff pages and command line (health).
 * Source:   doc/exchange-online.md, "Renewing the proof"
 */
#ifndef DAEMON_OAUTH_EXPIRY_H
#define DAEMON_OAUTH_EXPIRY_H

#include "daemon/health.h"

/* What a log-in of this kind rests on: "certificate" or "secret"; static. */
const char *daemon_oauth_expiry_proof(const DaemonOauth *oauth);

/* Whether somebody must act: look from six weeks before the end, bad in the last week and after it.
 * ends, now: microseconds UTC.
 * out_says: such as "certificate ends in 23 days (2026-12-16): renew it"; the caller frees. */
DaemonHealthState daemon_oauth_expiry_judge(const DaemonOauth *oauth, gint64 ends, gint64 now,
                                            char **out_says);

/* Say it in the log, if somebody must act.  ends: 0: it is not known. */
void daemon_oauth_expiry_warn(const DaemonOauth *oauth, gint64 ends, gint64 now);

#endif
