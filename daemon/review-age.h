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

/* Minutes of office hours between two moments (microseconds UTC), at most a year's. */
guint daemon_review_age(const TemplatesCalendar *calendar, gint64 from, gint64 to);

/* "3 hours", "1 working day", "2 working days"; the caller frees. */
char *daemon_review_age_text(guint minutes);

#endif
