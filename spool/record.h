/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/record.h - the decision about a mail and everything it causes, in one commit.
 *
 * Runs in:  intake (commit), command line and staff pages (reads).
 * Source:   doc/spool.md
 */
#ifndef SPOOL_RECORD_H
#define SPOOL_RECORD_H

#include "spool/message.h"

typedef struct {
    char *key, *value, *raw, *place;
    double confidence;
    guint form;    /* index into the record's forms, from 0 */
    guint version; /* 1 as read; higher when a person corrected it */
    char *author;  /* "machine" or who corrected it */
    gint64 at;
} SpoolField;

typedef struct {
    char *form, *source, *format;
    bool blank;
    char *missing; /* keys joined by "; " */
} SpoolForm;

/* What intake decided.  All text borrowed by commit, all of it encrypted at rest except the fixed
 * words (action, reply, kind, sender, reference, rule names). */
typedef struct {
    const char *action; /* accept redirect hold attach ignore */
    const char *reply;  /* acknowledgement redirection holding none */
    const char *kind;
    const char *sender; /* parent professional public unknown */
    bool urgent;
    const char *prefix; /* of the reference to make: "LADO" ... ; NULL for none (attach, ignore) */
    gint64 attach_to;   /* record that an attached mail belongs to, or 0 */
    const char *reasons_json;  /* [{"rule","evidence"}] */
    const char *findings_json; /* whole examine object, for show and explain */
    GPtrArray *forms;          /* SpoolForm */
    GPtrArray *fields;         /* SpoolField */
    /* Keys by which later mails find this one; hashed with a key before they are stored. */
    const char *message_id;
    const char *from_address;
    const char *fingerprint; /* of the answers: the same form sent again is known; or NULL */
    /* What lists of the staff pages show. */
    const char *shown_from, *subject;
    /* The reply to queue when reply is not none. */
    const char *reply_domain;   /* organisation of reply_to, "school.example"; limits count it */
    const char *reply_to;       /* the sender's own address */
    const char *reply_template; /* acknowledgement redirection holding ... */
    const char
        *reply_params_json;  /* what the template needs besides the record, no personal data */
    const char *in_reply_to; /* the mail's Message-ID without brackets, or "" */
    const char *message_id_domain;
    /* Whom to alert besides, whatever the reply; NULL: nobody.  Needs a reference. */
    const char *alert_to;
    guint alert_limit; /* alerts in an hour, beyond which one digest stands for all */
} SpoolDecision;

/* Commit a decision: the record, its forms and fields, the queued reply and alert with their
 * Message-IDs, the state and the audit entry, all or nothing.
 *
 * out_reference: the reference made, such as LADO-7K3M-Q9TR, or the one attached to, or NULL; the
 *                caller frees.
 * Errors: SPOOL_ERROR_STALE, another node took the mail: drop the work. */
bool spool_record_commit(SpoolDb *db, const SpoolClaim *claim, const SpoolDecision *decision,
                         char **out_reference, GError **error);

/* What earlier mails say about a new one. */
typedef struct {
    gint64 record_by_reply;       /* it answers or returns an outgoing Message-ID of this record */
    gint64 record_by_reference;   /* a reference it quotes belongs to this record */
    gint64 record_by_message_id;  /* a mail with the same Message-ID and another body */
    gint64 record_by_fingerprint; /* the same answers came before */
    gint64 record_locked;         /* the one mail of this sender in a week that was locked */
    gint64 record;                /* the first of the above that is set; or 0 */
    char *reference;              /* of record, or NULL */
    bool same_sender;             /* and it came from that record's sender */
    guint replies_to_sender_day;  /* replies sent or queued to this address in the last 24 hours */
    guint replies_to_domain_hour, replies_hour; /* to keys.domain, and to anybody */
    bool breaker;                               /* an open task stops replies for this hour */
    bool bounced_before;    /* a reply came back in 60 days, and its task is still open */
    gint64 last_sent;       /* when a reply last left for this address, in 24 hours; or 0 */
    bool own_mark;          /* it is a mail of ours, proved by its mark */
    bool by_bounce_address; /* record_by_reply is proved by the address it came to */
    gint64 reply_id;        /* of record_by_reply, else the last of record_by_reference; or 0 */
} SpoolHistory;
void spool_history_clear(SpoolHistory *history);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpoolHistory, spool_history_clear)

/* What a mail can be known by; all borrowed. */
typedef struct {
    gint64 mail_id; /* itself, which is not its own history */
    const char *message_id, *from_address, *fingerprint;
    const GPtrArray *ids;        /* char*: message ids it refers to; or NULL */
    const GPtrArray *references; /* char*: canonical references it quotes; or NULL */
    const char *mark;    /* as it stands in the mail: not believed before it is checked; or NULL */
    const char *domain;  /* organisation of from_address; or NULL */
    const char *bounced; /* our Message-ID that spool_mark_bounce_open() proved; or NULL */
    bool password;       /* it tells a password: record_locked is looked for */
} SpoolHistoryKeys;

/* Look up what earlier mails say. */
bool spool_record_history(SpoolDb *db, const SpoolHistoryKeys *keys, SpoolHistory *out_history,
                          GError **error);

/* One row of a listing.  Not decided yet: action and what follows from it is NULL, reply_state is
 * "none", state tells more. */
typedef struct {
    gint64 id; /* of the mail */
    char *reference, *mailbox, *action, *reply, *reply_state, *kind, *sender, *form, *reasons_json;
    char *state;
    gint64 received, decided;
    bool urgent;
    bool damaged; /* its reasons fail authentication: restore it from a backup */
} SpoolListing;
void spool_listing_free(SpoolListing *listing);

/* action, mailbox: filters or NULL.  out_rows: SpoolListing, newest first; owned.  A damaged row is
 * marked and does not hide the others. */
bool spool_record_list(SpoolDb *db, const char *action, const char *mailbox, guint max,
                       GPtrArray **out_rows, GError **error);

typedef struct {
    SpoolListing *listing;
    gint64 record_id;
    char *findings_json;
    GPtrArray *forms;    /* SpoolForm */
    GPtrArray *fields;   /* SpoolField, newest version of each */
    GPtrArray *attached; /* SpoolListing: mails filed with it */
} SpoolRecord;
void spool_record_free(SpoolRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpoolRecord, spool_record_free)

/* ref: a reference in any spelling, or a mail id in digits.  Errors: SPOOL_ERROR_NOT_FOUND. */
bool spool_record_get(SpoolDb *db, const char *ref, SpoolRecord **out_record, GError **error);

/* What a person says a field should be, and why; all borrowed. */
typedef struct {
    gint64 record_id;
    guint form; /* the record's forms, counted from 0 */
    const char *key, *value, *author, *reason;
    const SpoolField *before; /* the answer that it puts right, for where that was read; or NULL */
} SpoolCorrection;

/* A person corrects a field: a new version, the old one kept, the audit told. */
bool spool_record_correct(SpoolDb *db, const SpoolCorrection *correction, GError **error);

#endif
