/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-listen.h - the socket that all workers of the staff pages share.
 *
 * Runs in:  supervisor (opens it before it forks).
 * Source:   doc/review.md
 */
#ifndef DAEMON_REVIEW_LISTEN_H
#define DAEMON_REVIEW_LISTEN_H

#include "daemon/error.h"

/* Take "127.0.0.1:8080" or "[::1]:8080" apart.  out_host: the caller frees. */
bool daemon_review_listen_parse(const char *listen, char **out_host, guint *out_port);

/* Open and bind.  Errors: DAEMON_ERROR_CONNECT: the address is in use, or not ours. */
bool daemon_review_listen_open(const char *listen, int *out_fd, GError **error);

#endif
