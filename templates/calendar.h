/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/calendar.h - when the office is open, and when it next will be.
 *
 * Open from 08:30:00 until before 17:00:00 local time, Monday to Friday,
 * except on bank holidays of England and Wales and on days the council closes.
 *
 * Runs in:  courier, staff pages, command line.
 * Source:   https://www.gov.uk/bank-holidays.json; Banking and Financial Dealings Act 1971
 */
#ifndef TEMPLATES_CALENDAR_H
#define TEMPLATES_CALENDAR_H

#include "templates/error.h"

typedef struct TemplatesCalendar TemplatesCalendar;

/* From when to when somebody is there on a working day: minutes after local midnight, the first
 * that is open and the first that is not. */
typedef struct {
    int opens, shuts;
} TemplatesHours;

/* The No Named consultation's.  Source: the Front Door Service's consultation process, 2024 */
#define TEMPLATES_CALENDAR_CONSULTATION ((TemplatesHours){10 * 60, 16 * 60})

/* "10:00-16:00" as hours; false when it is nothing of the kind, or shuts before it opens. */
bool templates_calendar_hours(const char *text, TemplatesHours *out_hours);

/* Whether somebody is there at a moment, and the next time after a moment when somebody comes, by
 * other hours than the office's; moments are microseconds UTC. */
bool templates_calendar_open(const TemplatesCalendar *calendar, const TemplatesHours *hours,
                             gint64 at);
gint64 templates_calendar_opens(const TemplatesCalendar *calendar, const TemplatesHours *hours,
                                gint64 after);

/* Read holidays.json (a council's own, or the embedded one) and make a calendar of it.
 *
 * folder:    a council's own template folder, or NULL; borrowed.
 * zone_name: such as "Europe/London"; borrowed.
 * closures:  further days on which nobody works, "2026-12-29", NULL-terminated; or NULL; borrowed.
 *
 * A year of which the file knows fewer than eight holidays is computed: a holiday by royal
 * proclamation is then unknown, so replace the file before templates_calendar_ends().
 *
 * Errors: TEMPLATES_ERROR_SYNTAX   the file is not as GOV.UK writes it, or a closure is no date
 *         TEMPLATES_ERROR_MISSING  there is no such time zone or file */
bool templates_calendar_load(const char *folder, const char *zone_name, const char *const *closures,
                             TemplatesCalendar **out_calendar, GError **error);
void templates_calendar_free(TemplatesCalendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TemplatesCalendar, templates_calendar_free)

/* Whether the office is open at a moment, microseconds UTC. */
bool templates_calendar_in_hours(const TemplatesCalendar *calendar, gint64 at);

/* Whether the office opens at all on the local day of a moment. */
bool templates_calendar_working_day(const TemplatesCalendar *calendar, gint64 at);

/* Whether the local day of a moment is a bank holiday of a Monday to Friday. */
bool templates_calendar_holiday(const TemplatesCalendar *calendar, gint64 at);

/* The next time the office opens after a moment; both microseconds UTC. */
gint64 templates_calendar_next_opening(const TemplatesCalendar *calendar, gint64 after);

/* The local midnight that ends the last year whose holidays the file knows, microseconds UTC; warn
 * when it is less than 60 days away.  0 if the file knows no year. */
gint64 templates_calendar_ends(const TemplatesCalendar *calendar);

/* A moment in the calendar's time zone; the caller unrefs. */
GDateTime *templates_calendar_local(const TemplatesCalendar *calendar, gint64 at);

#endif
