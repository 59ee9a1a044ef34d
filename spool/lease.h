/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/lease.h - which node looks after a mailbox.
 *
 * Runs in:  the mailbox role.
 * Source:   doc/spool.md, "Nodes"
 */
#ifndef SPOOL_LEASE_H
#define SPOOL_LEASE_H

#include "spool/db.h"

/* Look after a mailbox from now on, unless another node does that is alive.
 *
 * node:      our name, under which we have joined (spool/node.h); borrowed.
 * out_token: larger than every token before; 0 when another node has the mailbox. */
bool spool_lease_take(SpoolDb *db, const char *mailbox, const char *node, gint64 *out_token,
                      GError **error);

/* In the transaction that changes something about the mailbox: that it is still ours.
 * Errors: SPOOL_ERROR_STALE: another node has it; drop the work. */
bool spool_lease_check(SpoolDb *db, const char *mailbox, gint64 token, GError **error);

/* Let another node have it at once; nothing when it has it already. */
bool spool_lease_give(SpoolDb *db, const char *mailbox, gint64 token, GError **error);

#endif
