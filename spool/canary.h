/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/canary.h - the mail to ourselves that proves a mailbox's way in and out.
 *
 * One canary a mailbox is under way at a time.
 *
 * Runs in:  courier (sends), intake (sees it come back), staff pages and command line (read).
 * Source:   doc/imap.md, "The canary"
 */
#ifndef SPOOL_CANARY_H
#define SPOOL_CANARY_H

#include "spool/db.h"

/* The last canary of a mailbox.  Times are microseconds UTC. */
typedef struct {
    char *message_id; /* NULL: there never was one */
    gint64 began;     /* when it was to be sent */
    gint64 sent;      /* when the relay took it; 0: not yet */
    gint64 back;      /* when it was read again; 0: not yet */
} SpoolCanary;
void spool_canary_clear(SpoolCanary *canary);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpoolCanary, spool_canary_clear)

/* out_canary: all zero when there never was one; the caller clears it. */
bool spool_canary_get(SpoolDb *db, const char *mailbox, SpoolCanary *out_canary, GError **error);

/* A new canary takes the place of the last one.
 *
 * domain: right side of its Message-ID; last: the Message-ID of the last one, or NULL; borrowed.
 * out_message_id: with brackets; owned.  NULL: another node has meanwhile begun one. */
bool spool_canary_begin(SpoolDb *db, const char *mailbox, const char *domain, const char *last,
                        char **out_message_id, GError **error);

/* The relay took it. */
bool spool_canary_sent(SpoolDb *db, const char *mailbox, GError **error);

/* It was read.  out_known: whether it was the one under way.
 * message_id: with or without brackets, in any case; borrowed. */
bool spool_canary_back(SpoolDb *db, const char *mailbox, const char *message_id, bool *out_known,
                       GError **error);

/* Whether a Message-ID has the shape of a canary's. */
bool spool_canary_is_id(const char *message_id);

#endif
