/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/backoff.h - how long to wait before trying a server again.
 *
 * The pause doubles with each failure up to a limit and is jittered, so that
 * many mailboxes do not knock at the same instant when a server comes back.
 *
 * Runs in:  mailbox, courier.
 * Source:   doc/architecture.md
 */
#ifndef DAEMON_BACKOFF_H
#define DAEMON_BACKOFF_H

#include <glib.h>

typedef struct {
    guint min_s;
    guint max_s;
    guint failures; /* in a row */
} DaemonBackoff;

/* Count one more failure.  Returns the pause in ms: between half of and the whole of
 * min * 2^(failures-1), never more than max. */
guint daemon_backoff_fail(DaemonBackoff *backoff);

/* The pause in ms that a server asks for in its answer, at most an hour, or 0: Exchange Online says
 * "Suggested Backoff Time: 299961 milliseconds".  text: anything; borrowed. */
guint daemon_backoff_asked(const char *text);

/* It worked: the next failure starts at min again. */
void daemon_backoff_reset(DaemonBackoff *backoff);

#endif
