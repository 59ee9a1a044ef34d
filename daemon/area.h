/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/area.h - whether a place is in Medway, next door.
 *
 * Runs in:  intake, command line.
 * Source:   doc/deciding.md, "Where"
 */
#ifndef DAEMON_AREA_H
#define DAEMON_AREA_H

#include <stdbool.h>

/* True when an address or post code (either may be NULL) is probably in Medway: by district first,
 * by town when there is no post code.  The border is irregular: this flags, it never redirects. */
bool daemon_area_is_medway(const char *address, const char *postcode);

#endif
