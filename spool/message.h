/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/message.h - every mail we have accepted, and where it came from.
 *
 * Runs in:  the mailbox role (put, moves), intake (claims), command line (reads).
 * Source:   doc/spool.md
 */
#ifndef SPOOL_MESSAGE_H
#define SPOOL_MESSAGE_H

#include "spool/stage.h"

#define SPOOL_MESSAGE_MAX (100u * 1024 * 1024)

/* One appearance of a mail in a mailbox. */
typedef struct {
    const char *mailbox; /* its name in the settings */
    guint32 uidvalidity;
    guint32 uid;
    gint64 received; /* server's receipt time (INTERNALDATE), microseconds UTC */
} SpoolArrival;

/* Store one mail so that it survives a power cut.
 *
 * arrival: borrowed.
 * raw:     the mail as received, at most SPOOL_MESSAGE_MAX bytes; borrowed.
 * out_id:  set on success to the mail's id; the first copy's id if we hold these bytes, or this
 *          arrival, already.
 *
 * When this returns true outside a transaction, or once the caller's transaction has committed, the
 * mail is on disk and is ours to lose: only then may it be moved out of the inbox.
 *
 * Errors: SPOOL_ERROR_TOO_BIG  permanent: use spool_message_put_unread()
 *         SPOOL_ERROR_BUSY, _FULL, _IO  try again later
 * Source: RFC 9051 section 2.3.1.1 */
bool spool_message_put(SpoolDb *db, const SpoolArrival *arrival, GBytes *raw, gint64 *out_id,
                       GError **error);

/* The same for a mail that came in piece by piece.  stage: borrowed. */
bool spool_message_put_stage(SpoolDb *db, const SpoolArrival *arrival, SpoolStage *stage,
                             gint64 *out_id, GError **error);

/* Store a row for a mail that is too large to fetch: it stays in the inbox, is held for a person,
 * and its headers (borrowed) are kept. */
bool spool_message_put_unread(SpoolDb *db, const SpoolArrival *arrival, GBytes *headers,
                              guint64 size, gint64 *out_id, GError **error);

/* The bytes as received.  Errors: SPOOL_ERROR_NOT_FOUND, _CORRUPT (they fail authentication). */
bool spool_message_raw(SpoolDb *db, gint64 id, GBytes **out_raw, GError **error);

/* The same, piece by piece, so that nobody needs to hold all of it.  take: is given at most 64 KiB
 * at a time, borrowed, and may fail, which ends it; what it was given before counts for nothing
 * then. */
typedef bool (*SpoolMessageTake)(void *user, const void *data, gsize length, GError **error);
bool spool_message_pieces(SpoolDb *db, gint64 id, SpoolMessageTake take, void *user,
                          GError **error);

/* A received mail taken for reading. */
typedef struct {
    gint64 id;
    gint64 token;   /* fencing token: what commits must show */
    guint attempts; /* this one included; committed before this returns */
    char *mailbox;  /* of its first arrival */
    gint64 received;
    bool unread; /* only headers are held */
} SpoolClaim;
void spool_claim_clear(SpoolClaim *claim);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpoolClaim, spool_claim_clear)

/* Claim up to max received mails for lease_s seconds: of each mailbox in turn, the oldest first.
 * One whose lease has ended comes alone, as it may be what took its reader down.  Counts an attempt
 * on each and commits, so that a mail which kills its reader is known.  Never inside a transaction.
 * out_claims: array of SpoolClaim (g_array with spool_claim_clear), possibly empty; owned. */
bool spool_message_claim(SpoolDb *db, const char *owner, guint max, guint lease_s,
                         GArray **out_claims, GError **error);
/* Give claims back without a decision (the intake stops); the attempt is not counted. */
bool spool_message_release(SpoolDb *db, const SpoolClaim *claim, GError **error);

/* Take back what owner had claimed and not finished, at once and not when its lease ends.  Only for
 * who knows that owner is dead: the supervisor before it starts its first intake.  Attempts stay
 * counted. */
bool spool_message_reclaim(SpoolDb *db, const char *owner, GError **error);

/* An arrival whose mail is decided and that still lies in its inbox. */
typedef struct {
    gint64 mail_id;
    guint32 uid;
    char *action; /* accept redirect hold attach ignore */
} SpoolMove;
void spool_move_clear(SpoolMove *move);
/* Those with a higher UID than after, the lowest first; at most max. */
bool spool_message_moves(SpoolDb *db, const SpoolArrival *after, guint max, GArray **out_moves,
                         GError **error);
/* Record that it was moved, or (gone) that somebody else had taken it from the inbox.  Telling
 * twice is harmless.  Errors: SPOOL_ERROR_STATE when the mail is not decided and not gone;
 * _NOT_FOUND. */
bool spool_message_moved(SpoolDb *db, const char *mailbox, guint32 uidvalidity, guint32 uid,
                         bool gone, GError **error);

/* Where a mailbox has been read up to.  next_uid is the first UID without a row.  Setting another
 * UIDVALIDITY gives up what lay in the inbox under old numbers; it is met again under new ones. */
bool spool_cursor_get(SpoolDb *db, const char *mailbox, guint32 *out_uidvalidity,
                      guint32 *out_next_uid, GError **error); /* both 0 when new */
bool spool_cursor_set(SpoolDb *db, const char *mailbox, guint32 uidvalidity, guint32 next_uid,
                      GError **error);

/* Begin a mailbox in the middle: what lies below next_uid is not ours, and gets no row.  The audit
 * is told why.  why: a fixed word with its value, such as "start-date=2026-09-01". */
bool spool_cursor_start(SpoolDb *db, const SpoolArrival *first, const char *why, GError **error);

/* How many mails are received and not decided (10,000 and more count as 10,000), and the oldest
 * one's receipt time (0 if none). */
bool spool_message_backlog(SpoolDb *db, guint *out_count, gint64 *out_oldest, GError **error);

#endif
