/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-age.h - how long something has waited, in the hours in which people work.
 *
 * Runs in:  review.
 * Source:   doc/review.md; Working Together 2023 (one working day)
 */
#ifndef DAEMON_REVIEW_AGE_H
#define DAEMON_REVIEW_AGE_H

#include "templates/calendar.h"

#define DAEMON_REVIEW_DAY_MINUTES 510u /* 08:30 to 17:00 */

/* Working days looked at: each costs, fifty items to a page, and what waited for longer is late
 * whatever the number. */
#define DAEMON_REVIEW_DAYS_MAX 41u

/* Minutes of office hours between two moments (microseconds UTC), of DAEMON_REVIEW_DAYS_MAX days at
 * most. */
guint daemon_review_age(const TemplatesCalendar *calendar, gint64 from, gint64 to);

/* "3 hours", "1 working day", "2 working days", "over 40 working days"; the caller frees. */
char *daemon_review_age_text(guint minutes);

#endif
