/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/expiry.h - when what the roles log in with ends: the days, never the secrets.
 *
 * Runs in:  mailbox, courier (note); staff pages and command line (read).
 * Source:   doc/exchange-online.md, "Renewing the proof"
 */
#ifndef SPOOL_EXPIRY_H
#define SPOOL_EXPIRY_H

#include "spool/db.h"

/* A row that its holder has not noted anew for so long is forgotten: the holder is gone. */
#define SPOOL_EXPIRY_STALE (G_GINT64_CONSTANT(3) * 3600 * G_USEC_PER_SEC)

/* Note what a role holds now; what others hold for the same login, and have not said for long, is
 * forgotten.
 * login: what it is for.  holder: the role and its node.  ends, now: microseconds UTC. */
typedef struct {
    const char *login, *holder;
    gint64 ends, now;
} SpoolExpiry;
bool spool_expiry_note(SpoolDb *db, const SpoolExpiry *expiry, GError **error);

/* When the first of what is held for a login ends.  out_ends: 0 when nobody has said. */
bool spool_expiry_get(SpoolDb *db, const char *login, gint64 *out_ends, GError **error);

#endif
