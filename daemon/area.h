/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/area.h - whether a matter belongs to a council next door, by home and by workplace.
 *
 * The Front Door follows the child's home, the LADO follows the workplace.
 *
 * Runs in:  intake, command line.
 * Source:   doc/deciding.md, "Where"
 */
#ifndef DAEMON_AREA_H
#define DAEMON_AREA_H

#include "daemon/case.h"

/* Names of areas of areas.json, or NULL: ours, or unknown; borrowed from the settings. */
typedef struct {
    const char *home;  /* of a child; of who wrote when no child's is given */
    const char *work;  /* of the adult */
    const char *words; /* named in what was written freely; NULL when home or work is known */
} DaemonArea;

/* Look where a matter belongs.  The borders are irregular: this flags, it never redirects. */
DaemonArea daemon_area_of(const DaemonCase *mail);

#endif
