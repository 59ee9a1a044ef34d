/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/mailbox-state.c - what the parts of the mailbox role share.
 *
 * Runs in:  mailbox.
 * Source:   doc/life-of-a-message.md
 */
#include "config.h"

#include "daemon/mailbox-state.h"

#include "daemon/doorbell.h"
#include "daemon/log.h"
#include "daemon/trouble.h"

bool
daemon_mailbox_state_stopped(const DaemonMailboxState *role)
{
    return daemon_doorbell_wait(role->work->stop_fd, -1, 0);
}

guint
daemon_mailbox_state_trouble(const DaemonMailboxState *role, const char *what)
{
    guint times = 0;

    (void)spool_trouble_note(role->work->db, role->work->mailbox->name, what, &times, NULL);
    return times;
}

void
daemon_mailbox_state_mended(const DaemonMailboxState *role, const char *what)
{
    bool had = false;

    if (spool_trouble_clear(role->work->db, role->work->mailbox->name, what, &had, NULL) && had)
        daemon_log(DAEMON_LOG_NOTICE, role->id, "right-again trouble=%s", what);
}

void
daemon_mailbox_state_alive(const DaemonMailboxState *role)
{
    if (role->work->alive != NULL)
        role->work->alive(role->work->alive_data);
}
