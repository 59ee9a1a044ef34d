/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/tries.h - how often an address has tried to sign in, and a browser was wrong.
 *
 * Counted in the spool: more workers, or more nodes, give nobody more guesses.
 *
 * Runs in:  staff pages.
 * Source:   doc/review.md, "Safe pages"; NIST SP 800-63B section 5.2.2
 */
#ifndef SPOOL_TRIES_H
#define SPOOL_TRIES_H

#include "spool/db.h"

/* Count one more try, unless there were enough already.
 *
 * client:   an address, however written; kept as eight bytes of a keyed hash.
 * most:     tries that one address has within a minute of the clock.
 * *out_may: false when this one is one too many. */
bool spool_tries_count(SpoolDb *db, const char *client, guint most, bool *out_may, GError **error);

/* How often a browser (spool/device.h) was wrong on this day (UTC), and once more: the latter
 * within a transaction of the caller's. */
bool spool_tries_of_device(SpoolDb *db, const char *device, gint64 *out_number, GError **error);
bool spool_tries_count_device(SpoolDb *db, const char *device, GError **error);

#endif
