/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/outbox.h - replies waiting to be sent, and what became of them.
 *
 * Runs in:  courier; command line and staff pages (reads).
 * Source:   doc/spool.md; RFC 1047 (a lost final answer is "uncertain")
 */
#ifndef SPOOL_OUTBOX_H
#define SPOOL_OUTBOX_H

#include "spool/crypt.h"
#include "spool/db.h"

/* The template of a mail to whoever is on duty: it answers nobody, and no limit counts it. */
#define SPOOL_OUTBOX_ALERT "alert"

/* A mail of ours to be queued; all borrowed. */
typedef struct {
    gint64 record_id;      /* what it is about: a record with a reference of its own */
    gint64 mail_id;        /* the mail it answers, whose key seals it */
    const char *reference; /* of the record */
    const char *word;      /* in its Message-ID, such as "ack" */
    const char *template;
    const char *to;
    const char *domain;      /* organisation of to, which limits count; or NULL */
    const char *in_reply_to; /* without brackets, or "" */
    const char *params_json; /* what the template needs besides the record, nothing personal */
    const char *message_id_domain;
    bool urgent;             /* it leaves before all that are not */
    gint64 due;              /* not before this, microseconds UTC; 0: at once */
    const SpoolMailKey *key; /* of mail_id, where it is at hand; or NULL */
    bool is_first;           /* nothing was sent about the record yet */
} SpoolLetter;

/* Queue a mail, in the open transaction when there is one.  Its Message-ID is made here and stays.
 * out_id: of the row; or NULL.
 * Errors: SPOOL_ERROR_STATE, there is no reference. */
bool spool_outbox_queue(SpoolDb *db, const SpoolLetter *letter, gint64 *out_id, GError **error);

/* The word of the Message-IDs of a reply as the contract calls it: "ack" for "acknowledgement";
 * static.  NULL: no such reply. */
const char *spool_outbox_word(const char *reply);

/* A queued reply taken for sending. */
typedef struct {
    gint64 id;
    gint64 token;
    gint64 mail_id;
    char *reference; /* or NULL */
    char *to;
    char *template;
    char *params_json;
    char *in_reply_to; /* without brackets, or "" */
    char *message_id;  /* fixed when it was queued, without brackets */
    guint attempts;    /* this one included */
    bool was_uncertain;
    gint64 received; /* when the mail being answered was received */
    gint64 queued;   /* when the reply was */
} SpoolReply;
void spool_reply_free(SpoolReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpoolReply, spool_reply_free)

/* Take the next reply that is due, or set *out_reply to NULL; then, when the relay waits for it,
 * start it.  Whoever dies before that has sent nothing, and the reply is simply taken again;
 * whoever dies after it may have sent it: it becomes uncertain, and is sent once more.
 *
 * Both may be part of an open transaction, so that one commit serves several replies: a mail may
 * leave only once the commit that holds its start has succeeded. */
bool spool_outbox_take(SpoolDb *db, const char *owner, guint lease_s, SpoolReply **out_reply,
                       GError **error);
bool spool_outbox_start(SpoolDb *db, const SpoolReply *reply, GError **error);
/* Both steps at once, where a connection waits for it. */
bool spool_outbox_take_started(SpoolDb *db, const char *owner, guint lease_s,
                               SpoolReply **out_reply, GError **error);
/* Give back what was taken and has not left, to be taken again at once; the attempt is not counted.
 */
bool spool_outbox_release(SpoolDb *db, const SpoolReply *reply, GError **error);
/* Give up all that are waiting since before a time, each with a task.  For a relay that is away so
 * long that they are not even tried. */
bool spool_outbox_expire(SpoolDb *db, gint64 before, guint *out_expired, GError **error);
/* Put back what a dead owner held, at once and not when its lease ends: to where its notes leave
 * it. Should the owner be only asleep, it gets SPOOL_ERROR_STALE for all of them.  Before this,
 * nothing is noted here (spool/outbox-mend.h).
 *
 * owner: NULL is whoever held any, where there can be but one courier. */
bool spool_outbox_reclaim(SpoolDb *db, const char *owner, GError **error);

typedef enum {
    SPOOL_REPLY_SENT,      /* the server took it */
    SPOOL_REPLY_DEFERRED,  /* try again at retry_at */
    SPOOL_REPLY_FAILED,    /* will never be sent: staff must tell the person */
    SPOOL_REPLY_UNCERTAIN, /* the final answer was lost: may have been sent; re-sent at most once */
} SpoolReplyOutcome;

/* What an attempt came to; all borrowed. */
typedef struct {
    SpoolReplyOutcome outcome;
    const char *response; /* the server's answer */
    GBytes *sent;         /* the mail as it left, to be kept (encrypted); or NULL */
    gint64 retry_at;      /* microseconds UTC; for DEFERRED always, for UNCERTAIN 0 means never */
} SpoolReplyResult;

/* Record what happened.  DEFERRED and FAILED may follow a take, SENT and UNCERTAIN only a start.
 * Errors: SPOOL_ERROR_STALE, the lease ended and another courier has it: nothing is changed. */
bool spool_outbox_finish(SpoolDb *db, const SpoolReply *reply, const SpoolReplyResult *result,
                         GError **error);

/* A bounce says that a reply did not arrive: its reader has not been told, which becomes a task.  A
 * reply that has not left, has failed, or has bounced before is left as it is.
 *
 * status: as in RFC 3463 section 2, such as "5.1.1"; anything else counts as ""; borrowed. */
bool spool_outbox_bounced(SpoolDb *db, gint64 reply_id, const char *status, GError **error);

/* When the next reply is due, microseconds UTC; 0 when none is waiting. */
bool spool_outbox_next_due(SpoolDb *db, gint64 *out_at, GError **error);

typedef struct {
    gint64 id, record_id;
    char *reference, *to, *template, *state, *message_id, *response;
    char *bounce; /* status code of the bounce, such as "5.1.1" or "", or NULL when none came */
    guint attempts;
    gint64 queued, updated;
    GBytes *sent; /* only from spool_outbox_get(), and NULL until it is sent */
} SpoolOutboxRow;
void spool_outbox_row_free(SpoolOutboxRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpoolOutboxRow, spool_outbox_row_free)

/* Newest first; state is queued, sent, deferred, failed, uncertain or bounced.  out_rows:
 * SpoolOutboxRow; owned. */
bool spool_outbox_list(SpoolDb *db, guint max, GPtrArray **out_rows, GError **error);
/* What the staff pages show of them. */
typedef struct {
    gint64
        account; /* who looks: what belongs to restricted items is left out unless they are named */
    bool trouble;  /* those that failed, came back or may not have arrived; else all others */
    gint64 before; /* only rows made before this id; 0 for the newest */
    guint max;
} SpoolOutboxFilter;
/* Newest first; as above. */
bool spool_outbox_list_for(SpoolDb *db, const SpoolOutboxFilter *filter, GPtrArray **out_rows,
                           GError **error);
/* The replies to one mail, oldest first; as above. */
bool spool_outbox_of_mail(SpoolDb *db, gint64 mail_id, GPtrArray **out_rows, GError **error);
/* Errors: SPOOL_ERROR_NOT_FOUND. */
bool spool_outbox_get(SpoolDb *db, gint64 id, SpoolOutboxRow **out_row, GError **error);

#endif
