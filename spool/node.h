/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/node.h - which posterns share the spool, and who of them is alive.
 *
 * Times are those of the database's own clock, so that the nodes' clocks may differ.
 *
 * Runs in:  supervisor (join), keeper (all else).
 * Source:   doc/spool.md, "Nodes"
 */
#ifndef SPOOL_NODE_H
#define SPOOL_NODE_H

#include "spool/db.h"

/* Count as alive for lease_s seconds from now.  Who joined before under the same name is replaced.
 *
 * name:      as in the settings; borrowed.
 * out_token: what spool_node_renew() must show; or NULL. */
bool spool_node_join(SpoolDb *db, const char *name, guint lease_s, gint64 *out_token,
                     GError **error);

/* Be alive for lease_s seconds more, also after the others have taken over what we had.
 * Errors: SPOOL_ERROR_STALE: another posternd has joined under this name since. */
bool spool_node_renew(SpoolDb *db, const char *name, gint64 token, guint lease_s, GError **error);

/* Give back what nodes had claimed that are alive no longer, so that it can be claimed at once;
 * their own commits are then refused.  out_names: owned; empty when all are alive. */
bool spool_node_take_over(SpoolDb *db, GPtrArray **out_names, GError **error);

/* What waits, whoever has brought it. */
typedef struct {
    bool mails;           /* to be read */
    bool replies;         /* to be sent, now; or records to be handed over */
    GPtrArray *mailboxes; /* names of those held by this node out of which mails must be moved */
} SpoolNodeWork;
void spool_node_work_clear(SpoolNodeWork *work);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpoolNodeWork, spool_node_work_clear)
bool spool_node_work(SpoolDb *db, const char *name, SpoolNodeWork *out_work, GError **error);

#endif
