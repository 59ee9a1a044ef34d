/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-age.c - how long something has waited, in the hours in which people work.
 *
 * Runs in:  review.
 * Source:   doc/review.md; Working Together 2023 (one working day)
 */
#include "config.h"

#include "daemon/review-age.h"

#define MINUTE (60 * G_USEC_PER_SEC)
#define CLOSES_HOUR 17

/* When the office closes on the local day of a moment. */
static gint64
closing(const TemplatesCalendar *calendar, gint64 at)
{
    g_autoptr(GDateTime) local = templates_calendar_local(calendar, at);
    g_autoptr(GDateTime) close = g_date_time_new(
        g_date_time_get_timezone(local), g_date_time_get_year(local), g_date_time_get_month(local),
        g_date_time_get_day_of_month(local), CLOSES_HOUR, 0, 0);

    return g_date_time_to_unix(close) * G_USEC_PER_SEC;
}

guint
daemon_review_age(const TemplatesCalendar *calendar, gint64 from, gint64 to)
{
    gint64 total = 0;

    for (guint day = 0; day < DAEMON_REVIEW_DAYS_MAX && from < to; day++) {
        if (!templates_calendar_in_hours(calendar, from))
            from = templates_calendar_next_opening(calendar, from);
        if (from < to)
            total += MIN(to, closing(calendar, from)) - from;
        from = closing(calendar, from);
    }
    return (guint)(total / MINUTE);
}

char *
daemon_review_age_text(guint minutes)
{
    guint days = minutes / DAEMON_REVIEW_DAY_MINUTES, hours = minutes / 60;

    if (days >= DAEMON_REVIEW_DAYS_MAX - 1)
        return g_strdup_printf("over %u working days", days);
    if (days > 0)
        return g_strdup_printf("%u working day%s", days, days > 1 ? "s" : "");
    if (hours > 0)
        return g_strdup_printf("%u hour%s", hours, hours > 1 ? "s" : "");
    if (minutes == 0)
        return g_strdup("under a minute");
    return g_strdup_printf("%u minute%s", minutes, minutes == 1 ? "" : "s");
}
