/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/doorbell.h - "look now": how one role wakes another.
 *
 * A doorbell carries no message.  A lost ring costs time, never a mail, because
 * every role also looks at the spool by itself.
 *
 * Runs in:  every role; made before fork, inherited.
 * Source:   doc/architecture.md
 */
#ifndef DAEMON_DOORBELL_H
#define DAEMON_DOORBELL_H

#include "daemon/error.h"

/* A new doorbell: an eventfd, close-on-exec, never blocking.  Errors: DAEMON_ERROR_SYSTEM. */
bool daemon_doorbell_new(int *out_fd, GError **error);

/* Ring it; many rings before a clear are one.  A negative fd is no doorbell and does nothing. */
void daemon_doorbell_ring(int fd);

/* Silence it.  Call this before looking at the spool, never after.  Returns whether it had rung. */
bool daemon_doorbell_clear(int fd);

/* Wait for either to ring, or for ms milliseconds (-1: for ever).  Negative fds are skipped.
 * Neither is cleared.  Returns whether one has rung. */
bool daemon_doorbell_wait(int fd, int other_fd, int ms);

#endif
