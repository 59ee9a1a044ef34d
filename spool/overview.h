/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/overview.h - how much waits, and for how long.
 *
 * Runs in:  staff pages, command line.
 * Source:   doc/review.md, "Health"
 */
#ifndef SPOOL_OVERVIEW_H
#define SPOOL_OVERVIEW_H

#include "spool/db.h"

/* For whom is counted: an account, which learns nothing of restricted items on which it is not
 * named; or the command line, where all count. */
#define SPOOL_OVERVIEW_ALL ((gint64)-1)

/* At most 10,000 of each are counted; times are microseconds UTC, 0 when nothing waits. */
typedef struct {
    guint undecided; /* mails */
    gint64 oldest_undecided;
    guint replies; /* that wait to be sent */
    gint64 oldest_reply;
    guint tasks;
    guint handovers, handovers_failed;
} SpoolOverview;
bool spool_overview_get(SpoolDb *db, gint64 account, SpoolOverview *out_overview, GError **error);

/* Items received from a moment on and before another, as account counts them. */
typedef struct {
    gint64 account; /* or SPOOL_OVERVIEW_ALL */
    gint64 from, before;
} SpoolOverviewSpan;

/* When the items of a span were received that are not closed, the oldest first, at
 * most max.  out_received: gint64; owned. */
bool spool_overview_open_items(SpoolDb *db, const SpoolOverviewSpan *span, guint max,
                               GArray **out_received, GError **error);

/* One item as figures count it. */
typedef struct {
    char *mailbox, *kind, *outcome;
    gint64 received, viewed, settled, closed; /* 0 when it has not happened */
    bool urgent;
} SpoolFigure;
void spool_figure_free(SpoolFigure *figure);

/* The items of a span, in no order.  out_figures: SpoolFigure; owned. */
bool spool_overview_figures(SpoolDb *db, const SpoolOverviewSpan *span, GPtrArray **out_figures,
                            GError **error);

#endif
