/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/backoff.c - how long to wait before trying a server again.
 *
 * Runs in:  mailbox, courier.
 * Source:   doc/architecture.md
 */
#include "config.h"

#include "daemon/backoff.h"

guint
daemon_backoff_fail(DaemonBackoff *backoff)
{
    guint64 whole_ms = (guint64)MAX(backoff->min_s, 1) * 1000;
    guint64 limit_ms = (guint64)MAX(backoff->max_s, 1) * 1000;

    for (guint i = 0; i < backoff->failures && whole_ms < limit_ms; i++)
        whole_ms *= 2;
    if (backoff->failures < G_MAXUINT)
        backoff->failures++;
    whole_ms = MIN(whole_ms, limit_ms);
    return (guint)g_random_int_range((gint32)(whole_ms / 2), (gint32)MIN(whole_ms + 1, G_MAXINT32));
}

void
daemon_backoff_reset(DaemonBackoff *backoff)
{
    backoff->failures = 0;
}
