/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/tries.h - how often one address has tried to sign in within a minute.
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

#endif
