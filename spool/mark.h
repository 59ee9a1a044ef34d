/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/mark.h - what proves that a mail, or a bounce address, is one of ours.
 *
 * Nobody without the master key can make either, and neither says anything
 * about a person.
 *
 * Runs in:  intake (reads), courier (makes).
 * Source:   doc/replies.md, "Marks"; RFC 2104
 */
#ifndef SPOOL_MARK_H
#define SPOOL_MARK_H

#include "spool/db.h"

/* The mark of a mail of ours: "v1; " and a keyed hash of its Message-ID.
 *
 * message_id: with or without brackets; borrowed.  The caller frees. */
char *spool_mark_new(SpoolDb *db, const char *message_id);

/* Whether a mark belongs to that Message-ID; takes the same time for any wrong one.
 *
 * mark: as it stands in the mail, so anything at all; borrowed. */
bool spool_mark_is_ours(SpoolDb *db, const char *message_id, const char *mark);

/* What makes a bounce address belong to one reply: "b=", the left side of its Message-ID, "." and a
 * keyed hash of it, in letters that no mail server changes.  At most 64 bytes with what surrounds
 * it, as the left side of an address must be.  The caller frees. */
char *spool_mark_bounce_new(SpoolDb *db, const char *message_id);

/* The left side of the Message-ID of the reply that a bounce address belongs to; NULL when it was
 * not made by spool_mark_bounce_new().  The caller frees. */
char *spool_mark_bounce_open(SpoolDb *db, const char *token);

#endif
