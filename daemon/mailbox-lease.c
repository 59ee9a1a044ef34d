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
/* Looks for which a mailbox that nobody has is left to a node that has fewer; if that cannot, or
 * has none of this name, any takes it. */
#define YIELD_LOOKS 5
#define SHARE_S 2

typedef DaemonMailboxState Role;

bool
daemon_mailbox_lease_take(Role *role, GError **error)
{
    const DaemonMailboxWork *work = role->work;
    bool told = false;

    role->lease = 0;
    for (guint free = 0; work->node != NULL && !daemon_mailbox_state_stopped(role); free++) {
        bool elsewhere = false;

        daemon_mailbox_state_alive(role);
        if (!spool_lease_is_elsewhere(work->db, work->mailbox->name, work->node, &elsewhere,
                                      error) ||
            !spool_lease_take(work->db, work->mailbox->name, work->node, free < YIELD_LOOKS,
                              &role->lease, error))
            return false;
        free = elsewhere ? 0 : free;
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
daemon_mailbox_lease_share(Role *role, bool *out_given, GError **error)
{
    const DaemonMailboxWork *work = role->work;
    g_autofree char *surplus = NULL;
    gint64 now = g_get_monotonic_time();

    *out_given = false;
    if (work->node == NULL || work->once || now < role->share_after)
        return true;
    role->share_after = now + SHARE_S * G_USEC_PER_SEC;
    if (!spool_lease_surplus(work->db, work->node, &surplus, error))
        return false;
    if (g_strcmp0(surplus, work->mailbox->name) != 0)
        return true;
    if (!spool_lease_give(work->db, work->mailbox->name, role->lease, error))
        return false;
    daemon_log(DAEMON_LOG_NOTICE, role->id, "given to a node that has less to do");
    *out_given = true;
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
