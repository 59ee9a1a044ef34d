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

/* Whether a node that is alive, and not we, has the mailbox.  node: our name; borrowed. */
bool spool_lease_is_elsewhere(SpoolDb *db, const char *mailbox, const char *node, bool *out_is,
                              GError **error);

/* Look after a mailbox from now on, unless another node does that is alive.
 *
 * node:      our name, under which we have joined (spool/node.h); borrowed.
 * yield:     leave one that nobody has to a node that has fewer mailboxes than we.
 * out_token: larger than every token before; 0 when we do not have the mailbox. */
bool spool_lease_take(SpoolDb *db, const char *mailbox, const char *node, bool yield,
                      gint64 *out_token, GError **error);

/* A mailbox that we have and that another node should: one that is alive has less than all of ours
 * but one.  out_mailbox: owned; NULL when all is fair. */
bool spool_lease_surplus(SpoolDb *db, const char *node, char **out_mailbox, GError **error);

/* In the transaction that changes something about the mailbox: that it is still ours.
 * Errors: SPOOL_ERROR_STALE: another node has it; drop the work. */
bool spool_lease_check(SpoolDb *db, const char *mailbox, gint64 token, GError **error);

/* Let another node have it at once; nothing when it has it already. */
bool spool_lease_give(SpoolDb *db, const char *mailbox, gint64 token, GError **error);

#endif
