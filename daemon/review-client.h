/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-client.h - who asks, when a reverse proxy stands between.
 *
 * Anybody can send X-Forwarded-For: only what a proxy of the settings added to it counts.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Safe pages"; RFC 7239, section 8.1
 */
#ifndef DAEMON_REVIEW_CLIENT_H
#define DAEMON_REVIEW_CLIENT_H

#include <glib.h>
#include <stdbool.h>

/* Is an address in a list that is separated by semicolons?  list: or NULL. */
bool daemon_review_client_listed(const char *list, const char *address);

/* The address of a browser: peer, or, when that is one of the proxies, the last one of forwarded
 * that is no proxy.
 *
 * forwarded: all X-Forwarded-For joined by commas, or NULL.  proxies: as above.
 *
 * What is no address is not believed: it counts as the proxy's.  The caller frees. */
char *daemon_review_client_find(const char *peer, const char *forwarded, const char *proxies);

#endif
