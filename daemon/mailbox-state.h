/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/mailbox-state.h - what the parts of the mailbox role share.
 *
 * Private to daemon/mailbox*.c.
 *
 * Runs in:  mailbox.
 * Source:   doc/life-of-a-message.md
 */
#ifndef DAEMON_MAILBOX_STATE_H
#define DAEMON_MAILBOX_STATE_H

#include "daemon/backoff.h"
#include "daemon/mailbox.h"
#include "daemon/store.h"

typedef struct {
    const DaemonMailboxWork *work;
    DaemonStore *store; /* of this session */
    char *id;           /* for the log */
    DaemonBackoff backoff;
    guint32 next_uid;     /* the cursor */
    guint batch;          /* mails to fetch at once; 1 after a fetch has failed */
    guint32 blamed_uid;   /* the mail whose fetch failed when it was fetched alone */
    guint blamed;         /* how often in a row */
    gint64 moves_after;   /* monotonic: when to try again to move, after that has failed */
    gint64 contact_after; /* monotonic: when to note again that the server answers */
    bool finished;        /* told to stop, or (once) nothing is left to do */
} DaemonMailboxState;

/* Whether we were told to stop. */
bool daemon_mailbox_state_stopped(const DaemonMailboxState *role);

/* Tell whoever asked that we are alive. */
void daemon_mailbox_state_alive(const DaemonMailboxState *role);

#endif
