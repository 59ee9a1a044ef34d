/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/health.h - whether everything goes as it should, and what cannot be known.
 *
 * Runs in:  staff pages, command line.
 * Source:   doc/review.md, "Health"
 */
#ifndef DAEMON_HEALTH_H
#define DAEMON_HEALTH_H

#include "daemon/settings.h"
#include "spool/overview.h"
#include "templates/calendar.h"

typedef enum {
    DAEMON_HEALTH_GOOD,
    DAEMON_HEALTH_UNKNOWN, /* Postern cannot know it */
    DAEMON_HEALTH_LOOK,    /* somebody has something to do */
    DAEMON_HEALTH_BAD,     /* something does not work */
    DAEMON_N_HEALTH
} DaemonHealthState;

/* "good", "unknown", "look", "bad"; static. */
const char *daemon_health_word(DaemonHealthState state);

typedef struct {
    DaemonHealthState state;
    char *what, *says;
} DaemonHealthRow;
void daemon_health_row_free(DaemonHealthRow *row);

typedef struct {
    const DaemonSettings *settings;
    SpoolDb *db;
    const TemplatesCalendar *calendar;
    gint64
        account; /* who asks, and learns nothing of items they may not see; or SPOOL_OVERVIEW_ALL */
} DaemonHealthWith;

/* Look at everything.  out_rows: DaemonHealthRow; owned.
 * Errors: those of the spool, which is then what is wrong. */
bool daemon_health_get(const DaemonHealthWith *with, GPtrArray **out_rows, GError **error);

/* How full a disk may be: the state for so many free bytes of so many. */
DaemonHealthState daemon_health_disk(guint64 free_bytes, guint64 all_bytes);

#endif
