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

bool
daemon_mailbox_state_stopped(const DaemonMailboxState *role)
{
    return daemon_doorbell_wait(role->work->stop_fd, -1, 0);
}

void
daemon_mailbox_state_alive(const DaemonMailboxState *role)
{
    if (role->work->alive != NULL)
        role->work->alive(role->work->alive_data);
}
