/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier-pace.c - how many replies may leave now: the relay's limit, and its bad moments.
 *
 * Runs in:  courier.
 * Source:   doc/replies.md, "Sending"
 */
#include "config.h"

#include "daemon/courier-pace.h"
#include "daemon/settings-url.h"

#define PAUSE_MAX_S 300 /* one connection in five minutes is no burden to a relay that is ill */
#define EXCHANGE_RATE 30
#define MINUTE_US (60.0 * G_USEC_PER_SEC)

guint
daemon_courier_pace_rate(const DaemonSettings *settings)
{
    const char *host = settings->smtp.host;

    if (settings->smtp_rate != 0 || host == NULL)
        return settings->smtp_rate;
    return daemon_settings_url_is_exchange(host) ? EXCHANGE_RATE : 0;
}

void
daemon_courier_pace_init(DaemonCourierPace *pace, const DaemonSettings *settings, gint64 now)
{
    guint rate = daemon_courier_pace_rate(settings);

    *pace = (DaemonCourierPace){.filled = now};
    pace->backoff.min_s = settings->smtp_retry_min;
    pace->backoff.max_s = MAX(settings->smtp_retry_min, MIN(settings->smtp_retry_max, PAUSE_MAX_S));
    if (rate == 0)
        return;
    /* A full bucket and what flows in during a minute are the rate together. */
    pace->most = MAX(1, rate / 6);
    pace->per_us = MAX(rate - pace->most, rate * 0.5) / MINUTE_US;
    /* Whoever restarts often does not send more for that. */
    pace->tokens = 1;
}

static void
refill(DaemonCourierPace *pace, gint64 now)
{
    pace->tokens = MIN(pace->most, pace->tokens + (double)(now - pace->filled) * pace->per_us);
    pace->filled = now;
}

guint
daemon_courier_pace_allow(DaemonCourierPace *pace, gint64 now, guint wanted)
{
    if (now < pace->until)
        return 0;
    if (pace->per_us <= 0)
        return wanted;
    refill(pace, now);
    return pace->tokens < 1 ? 0 : MIN(wanted, (guint)pace->tokens);
}

void
daemon_courier_pace_spend(DaemonCourierPace *pace, int count)
{
    if (pace->per_us > 0)
        pace->tokens -= count;
}

void
daemon_courier_pace_trouble(DaemonCourierPace *pace, gint64 now)
{
    /* Several connections may find out about the same trouble. */
    if (now >= pace->until)
        pace->until = now + (gint64)daemon_backoff_fail(&pace->backoff) * 1000;
}

void
daemon_courier_pace_fine(DaemonCourierPace *pace)
{
    daemon_backoff_reset(&pace->backoff);
    pace->until = 0;
}

gint64
daemon_courier_pace_wait(DaemonCourierPace *pace, gint64 now)
{
    if (now < pace->until)
        return pace->until - now;
    if (pace->per_us <= 0)
        return 0;
    refill(pace, now);
    return pace->tokens >= 1 ? 0 : (gint64)((1 - pace->tokens) / pace->per_us) + 1;
}
