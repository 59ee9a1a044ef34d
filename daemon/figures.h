/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/figures.h - what a month came to, in numbers and without names.
 *
 * Runs in:  staff pages.
 * Source:   doc/review.md, "Figures"
 */
#ifndef DAEMON_FIGURES_H
#define DAEMON_FIGURES_H

#include "templates/calendar.h"

/* What a person or the machine made of an item; the order of the columns. */
extern const char *const daemon_figures_outcomes[];
#define DAEMON_FIGURES_OUTCOMES 5u

/* A calendar month. */
typedef struct {
    int year, month; /* 1 to 12 */
} DaemonFiguresMonth;

/* "2026-11"; false when it is no month of 2000 to 2199. */
bool daemon_figures_month_parse(const char *text, DaemonFiguresMonth *out_month);
DaemonFiguresMonth daemon_figures_month_add(DaemonFiguresMonth month, int months);
/* When it begins in a calendar's time zone, microseconds UTC. */
gint64 daemon_figures_month_begins(const TemplatesCalendar *calendar, DaemonFiguresMonth month);

typedef struct {
    char *kind; /* of mail: person, bounce ...; "consultation" for those that staff entered */
    guint all, urgent, outcomes[DAEMON_FIGURES_OUTCOMES];
} DaemonFiguresKind;

/* How long something took, in minutes of working hours. */
typedef struct {
    guint count, median, ninety; /* half, and nine in ten, took no longer */
    guint in_a_day;              /* of count: within one working day */
} DaemonFiguresTimes;

typedef struct {
    GPtrArray *kinds; /* DaemonFiguresKind, by name */
    guint all;
    DaemonFiguresTimes view, decision; /* of mails that people wrote to us */
} DaemonFigures;
void daemon_figures_clear(DaemonFigures *figures);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DaemonFigures, daemon_figures_clear)

/* Reckon up.  rows: SpoolFigure; borrowed. */
void daemon_figures_make(const GPtrArray *rows, const TemplatesCalendar *calendar,
                         DaemonFigures *out_figures);

/* The value that so many in a hundred do not exceed, by nearest rank; minutes: guint, sorted here;
 * 0 for none. */
guint daemon_figures_percentile(GArray *minutes, guint percent);

/* The figures of a month as a CSV file; the caller frees. */
char *daemon_figures_csv(const DaemonFigures *figures, DaemonFiguresMonth month);

#endif
