/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/intake.h - the intake role: reads stored mails in the cage, decides, commits.
 *
 * Has no network.
 *
 * Runs in:  intake; one process.
 * Source:   doc/life-of-a-message.md, "Read" and "Decide"
 */
#ifndef DAEMON_INTAKE_H
#define DAEMON_INTAKE_H

#include "daemon/settings.h"
#include "spool/db.h"

typedef struct {
    const DaemonSettings *settings;
    SpoolDb *db;            /* this process's own connection */
    int doorbell_fd;        /* rung when mails were stored; or -1 */
    int courier_fd;         /* rung by us when a reply was queued; or -1 */
    const int *mailbox_fds; /* rung by us when mails were decided */
    guint n_mailboxes;
    int stop_fd;               /* readable: finish what is at hand and return; or -1 */
    bool once;                 /* return when no received mail is left */
    void (*alive)(void *data); /* called at every step, at least twice a minute; or NULL */
    void *alive_data;
} DaemonIntakeWork;

/* Run the role until told to stop, or (once) until every stored mail is decided.
 * Errors: SPOOL_ERROR_*, DAEMON_ERROR_SYSTEM: the supervisor decides. */
bool daemon_intake_run(const DaemonIntakeWork *work, GError **error);

#endif
