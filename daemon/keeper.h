/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/keeper.h - the keeper role: says that this node is alive, and sees which others are not.
 *
 * Runs in:  keeper; one process a node, where nodes share a spool.
 * Source:   doc/spool.md, "Nodes"
 */
#ifndef DAEMON_KEEPER_H
#define DAEMON_KEEPER_H

#include "daemon/settings.h"
#include "spool/db.h"

/* A node that has not been heard of for so long is taken over. */
#define DAEMON_KEEPER_LEASE_S 15

typedef struct {
    const DaemonSettings *settings;
    SpoolDb *db;   /* this process's own connection */
    int intake_fd; /* doorbells */
    int courier_fd;
    const int *mailbox_fds; /* one for each mailbox of the settings */
    int stop_fd;
    void (*alive)(void *data); /* called at every step; or NULL */
    void *alive_data;
} DaemonKeeperWork;

/* Renew, take over, and ring for what other nodes have left to do, until told to stop.  A database
 * that does not answer is asked again every second.
 *
 * Errors: DAEMON_ERROR_SETTINGS: another posternd has this node's name; SPOOL_ERROR_*: stop. */
bool daemon_keeper_run(const DaemonKeeperWork *work, GError **error);

#endif
