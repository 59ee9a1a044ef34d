/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/oauth-expiry.c - how long a certificate or a secret still lasts, and what to say of it.
 *
 * Runs in:  mailbox, courier (log); staff pages and command line (health).
 * Source:   doc/exchange-online.md, "Renewing the proof"
 */
#include "config.h"

#include "daemon/log.h"
#include "daemon/oauth-expiry.h"

#define DAY (G_GINT64_CONSTANT(86400) * G_USEC_PER_SEC)
#define LOOK (42 * DAY)
#define BAD (7 * DAY)

const char *
daemon_oauth_expiry_proof(const DaemonOauth *oauth)
{
    return oauth->key_file != NULL ? "certificate" : "secret";
}

DaemonHealthState
daemon_oauth_expiry_judge(const DaemonOauth *oauth, gint64 ends, gint64 now, char **out_says)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(ends / G_USEC_PER_SEC);
    g_autofree char *day = time != NULL ? g_date_time_format(time, "%Y-%m-%d") : g_strdup("?");
    const char *proof = daemon_oauth_expiry_proof(oauth);
    gint64 left = ends - now;

    if (left <= 0)
        *out_says = g_strdup_printf("%s ended on %s: renew it", proof, day);
    else if (left < DAY)
        *out_says = g_strdup_printf("%s ends within a day (%s): renew it", proof, day);
    else if (left < LOOK)
        *out_says = g_strdup_printf("%s ends in %d day%s (%s): renew it", proof, (int)(left / DAY),
                                    left < 2 * DAY ? "" : "s", day);
    else
        *out_says = g_strdup_printf("%s is good until %s", proof, day);
    if (left < BAD)
        return DAEMON_HEALTH_BAD;
    return left < LOOK ? DAEMON_HEALTH_LOOK : DAEMON_HEALTH_GOOD;
}

void
daemon_oauth_expiry_warn(const DaemonOauth *oauth, gint64 ends, gint64 now)
{
    g_autofree char *says = NULL;
    DaemonHealthState state = daemon_oauth_expiry_judge(oauth, ends, now, &says);

    if (ends != 0 && state != DAEMON_HEALTH_GOOD)
        daemon_log(state == DAEMON_HEALTH_BAD ? DAEMON_LOG_ERROR : DAEMON_LOG_WARNING, "-",
                   "[oauth %s]: its %s", oauth->name, says);
}
