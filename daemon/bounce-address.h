/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/bounce-address.h - one address for the bounces of each reply.
 *
 * A council names a pattern, such as lado+*@example.org, and the star becomes what
 * spool/mark.c signs.  A bounce that quotes nothing still finds its reply.
 *
 * Runs in:  intake (reads), courier (makes), every role (checks).
 * Source:   RFC 5233 (subaddresses); doc/replies.md, "Bounces"
 */
#ifndef DAEMON_BOUNCE_ADDRESS_H
#define DAEMON_BOUNCE_ADDRESS_H

#include <glib.h>
#include <stdbool.h>

/* Whether a pattern holds one star, before the "@", and leaves room for what takes its place. */
bool daemon_bounce_address_check(const char *pattern);

/* The address of one reply: the star becomes the token.  The caller frees. */
char *daemon_bounce_address_make(const char *pattern, const char *token);

/* What stands in the place of the star, or NULL when the address is another; the caller frees.  It
 * is a stranger's until spool_mark_bounce_open() says otherwise. */
char *daemon_bounce_address_token(const char *pattern, const char *address);

#endif
