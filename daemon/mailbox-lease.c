/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/mailbox-lease.c - one node at a time looks after a mailbox.
 *
 * Runs in:  mailbox.
 * Source:   doc/spool.md, "Nodes"
 */
#include "config.h"

#include "daemon/mailbox-lease.h"

#include "daemon/doorbell.h"
#include "daemon/log.h"
#include "spool/lease.h"

#define LOOK_MS 2000 /* how soon the mailbox of a node that stopped is noticed */

typedef DaemonMailboxState Role;

bool
daemon_mailbox_lease_take(Role *role, GError **error)
{
    const DaemonMailboxWork *work = role->work;
    bool told = false;

    role->lease = 0;
    while (work->node != NULL && !daemon_mailbox_state_stopped(role)) {
        daemon_mailbox_state_alive(role);
        if (!spool_lease_take(work->db, work->mailbox->name, work->node, &role->lease, error))
            return false;
        if (role->lease != 0)
            return true;
        if (!told)
            daemon_log(DAEMON_LOG_NOTICE, role->id, "another node looks after it");
        told = true;
        if (work->once)
            break;
        daemon_doorbell_wait(work->stop_fd, -1, LOOK_MS);
    }
    role->finished = work->node != NULL;
    return true;
}

bool
daemon_mailbox_lease_check(const Role *role, GError **error)
{
    return role->work->node == NULL ||
           spool_lease_check(role->work->db, role->work->mailbox->name, role->lease, error);
}

void
daemon_mailbox_lease_give(const Role *role)
{
    if (role->lease != 0)
        spool_lease_give(role->work->db, role->work->mailbox->name, role->lease, NULL);
}
