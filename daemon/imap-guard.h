/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/imap-guard.h - looks at every byte of an IMAP server before libetpan does.
 *
 * libetpan takes memory for whatever a server announces and recurses as deep as
 * a server nests.  The guard stops a server before that: bytes a command, length
 * of a line, size of a literal and depth of brackets are all bounded.
 *
 * Runs in:  mailbox.
 * Source:   RFC 9051 sections 4.3 and 9
 */
#ifndef DAEMON_IMAP_GUARD_H
#define DAEMON_IMAP_GUARD_H

#include "daemon/error.h"

#define DAEMON_IMAP_LINE_MAX (1024u * 1024) /* bytes of a response without its literals */
#define DAEMON_IMAP_SAID_MAX 240u           /* bytes kept of what a server says when it refuses */
#define DAEMON_IMAP_DEPTH_MAX 32u           /* brackets inside one another */

typedef struct {
    guint64 budget;       /* bytes that the server may still send for this command */
    guint64 literal_left; /* bytes of the literal we are in */
    guint64 announced;    /* the number after the last brace */
    guint line;           /* bytes of this response so far, without literals */
    guint depth;
    char head[DAEMON_IMAP_SAID_MAX]; /* how this response starts */
    char said[DAEMON_IMAP_SAID_MAX +
              1]; /* the last refusal or farewell, from its status on, or "" */
    bool refused; /* the last response was a tagged NO or BAD */
    enum {
        DAEMON_IMAP_TEXT,
        DAEMON_IMAP_QUOTED,
        DAEMON_IMAP_ESCAPED,
        DAEMON_IMAP_BRACE,
        DAEMON_IMAP_BRACED
    } state;
} DaemonImapGuard;

/* Before a command: how many bytes may come, and nothing was said yet. */
void daemon_imap_guard_begin(DaemonImapGuard *guard, guint64 budget);

/* Look at what was received.  Errors: DAEMON_ERROR_PROTOCOL; the bytes must then not be used. */
bool daemon_imap_guard_check(DaemonImapGuard *guard, const char *bytes, gsize length,
                             GError **error);

#endif
