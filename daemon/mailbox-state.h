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
    gint64 lease;       /* its token; 0 when we have none, or need none */
    gint64 share_after; /* monotonic: when to look again whether another node should have it */
    guint32 next_uid;   /* the cursor */
    guint batch;        /* mails to fetch at once; 1 after a fetch has failed */
    guint32 blamed_uid; /* the mail whose fetch failed when it was fetched alone */
    guint blamed;       /* how often in a row */
    gint64 moves_after; /* monotonic: when to try again to move, after that has failed */
    DaemonBackoff moves_backoff;
    bool troubled;        /* something may be noted that a good look at the mailbox makes untrue */
    guint idle_turns;     /* how often in a row we were woken for nothing */
    gint64 contact_after; /* monotonic: when to note again that the server answers */
    bool finished;        /* told to stop, or (once) nothing is left to do */
} DaemonMailboxState;

/* Whether we were told to stop. */
bool daemon_mailbox_state_stopped(const DaemonMailboxState *role);

/* Note that something is wrong with the mailbox.  Returns how often since it last was right; 0 when
 * the spool cannot be written, which must not make things worse. */
guint daemon_mailbox_state_trouble(const DaemonMailboxState *role, const char *what);
/* It is right again. */
void daemon_mailbox_state_mended(const DaemonMailboxState *role, const char *what);

/* Tell whoever asked that we are alive. */
void daemon_mailbox_state_alive(const DaemonMailboxState *role);

#endif
