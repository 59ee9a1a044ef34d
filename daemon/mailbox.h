/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/mailbox.h - the mailbox role: carries mails into the spool, and out of the inbox.
 *
 * Runs in:  mailbox; one process a mailbox.  Has no parser, and no other credentials.
 * Source:   doc/life-of-a-message.md, steps 1, 2 and the last
 */
#ifndef DAEMON_MAILBOX_H
#define DAEMON_MAILBOX_H

#include "daemon/oauth.h"
#include "daemon/settings.h"
#include "spool/db.h"

typedef struct {
    const DaemonMailbox *mailbox;
    const char *password;      /* or NULL for a Maildir; borrowed */
    DaemonTokens *tokens;      /* instead of a password, or NULL */
    const char *node;          /* our name among those that share the spool; NULL: we are alone */
    SpoolDb *db;               /* this process's own connection */
    int doorbell_fd;           /* rung when mails were decided; or -1 */
    int intake_fd;             /* rung by us when mails were stored; or -1 */
    int stop_fd;               /* readable: finish what is at hand and return; or -1 */
    bool once;                 /* return when every mail is stored, decided and moved */
    void (*alive)(void *data); /* called at every step, at least twice a minute; or NULL */
    void *alive_data;
} DaemonMailboxWork;

/* Run the role until told to stop, or (once) until nothing is left to do.
 *
 * Connections that fail are made again for ever; each failure is logged once.  With once, a few
 * failures in a row end it.
 *
 * Errors: SPOOL_ERROR_CORRUPT, _SCHEMA, _KEY and the like: the supervisor decides;
 *         with once, why the mailbox could not be finished. */
bool daemon_mailbox_run(const DaemonMailboxWork *work, GError **error);

#endif
