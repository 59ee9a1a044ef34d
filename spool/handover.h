/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/handover.h - records on their way to another system, such as a council's case system.
 *
 * A delivery may be made more than once when we cannot know that it arrived; each
 * attempt carries the same delivery id, by which the other side knows it again.
 *
 * Runs in:  staff pages (queue); courier (claim, finish).
 * Source:   doc/review.md, "Handing over"; Standard Webhooks
 */
#ifndef SPOOL_HANDOVER_H
#define SPOOL_HANDOVER_H

#include "spool/db.h"

/* Queue a record, in the open transaction when there is one.
 *
 * body: what the other system gets, at most SPOOL_HANDOVER_MAX bytes; borrowed.
 * Errors: SPOOL_ERROR_NOT_FOUND, no such record; _TOO_BIG. */
#define SPOOL_HANDOVER_MAX (8u * 1024 * 1024)
bool spool_handover_queue(SpoolDb *db, gint64 record_id, GBytes *body, GError **error);

/* One that was taken for delivery. */
typedef struct {
    gint64 id, token, record_id;
    char *delivery; /* the same at every attempt: "msg_" and 32 letters */
    GBytes *body;
    guint attempts; /* this one included */
    gint64 queued;
} SpoolHandover;
void spool_handover_free(SpoolHandover *handover);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpoolHandover, spool_handover_free)

/* Take the next that is due, or set *out_handover to NULL.  The attempt is committed first; when
 * its lease ends without an outcome it is due again.  owner: who delivers.  Never inside a
 * transaction. */
bool spool_handover_claim(SpoolDb *db, const char *owner, guint lease_s,
                          SpoolHandover **out_handover, GError **error);

/* Make due at once what owner had taken and not finished, and not when its lease ends.  Only for a
 * courier that has just started: no other of that name is there. */
bool spool_handover_reclaim(SpoolDb *db, const char *owner, GError **error);

typedef enum {
    SPOOL_HANDOVER_DONE,   /* the other side has it */
    SPOOL_HANDOVER_AGAIN,  /* try again at retry_at */
    SPOOL_HANDOVER_FAILED, /* never again: becomes a task */
} SpoolHandoverOutcome;

typedef struct {
    SpoolHandoverOutcome outcome;
    const char *response; /* fixed words and codes only: it is stored as it stands */
    gint64 retry_at;      /* microseconds UTC */
} SpoolHandoverResult;

/* Record what happened.  Errors: SPOOL_ERROR_STALE, the lease ended and somebody else has it. */
bool spool_handover_finish(SpoolDb *db, const SpoolHandover *handover,
                           const SpoolHandoverResult *result, GError **error);

/* When the next is due, microseconds UTC; 0 when none waits. */
bool spool_handover_next_due(SpoolDb *db, gint64 *out_at, GError **error);

typedef struct {
    gint64 id, record_id, queued, updated;
    char *reference, *state, *response; /* state: queued sending done failed */
    guint attempts;
} SpoolHandoverRow;
void spool_handover_row_free(SpoolHandoverRow *row);

/* Newest first, without those of restricted items on which account is not named.  out_rows:
 * SpoolHandoverRow; owned. */
bool spool_handover_list_for(SpoolDb *db, gint64 account, guint max, GPtrArray **out_rows,
                             GError **error);

#endif
