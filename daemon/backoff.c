/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/backoff.c - how long to wait before trying a server again.
 *
 * Runs in:  mailbox, courier.
 * Source:   doc/architecture.md
 */
#include "config.h"

#include <string.h>

#include "daemon/backoff.h"

#define ASKED_MAX_MS (3600u * 1000) /* a server that asks for more is asked again in an hour */

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

guint
daemon_backoff_asked(const char *text)
{
    static const char words[] = "suggested backoff time:";
    g_autofree char *lower = g_ascii_strdown(text, -1);
    const char *found = strstr(lower, words);
    char *end = NULL;
    guint64 amount;

    if (found == NULL)
        return 0;
    amount = g_ascii_strtoull(found + sizeof words - 1, &end, 10);
    while (*end == ' ')
        end++;
    if (!g_str_has_prefix(end, "ms") && !g_str_has_prefix(end, "milliseconds"))
        amount = MIN(amount, ASKED_MAX_MS) * 1000; /* seconds, then */
    return (guint)MIN(amount, ASKED_MAX_MS);
}

void
daemon_backoff_reset(DaemonBackoff *backoff)
{
    backoff->failures = 0;
}
