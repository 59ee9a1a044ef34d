/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/private.h - what the files of spool/ share and nobody else includes.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md
 */
#ifndef SPOOL_PRIVATE_H
#define SPOOL_PRIVATE_H

#include "spool/crypt.h"
#include "spool/entry.h"
#include "spool/outbox.h"
#include "spool/record.h"
#include "spool/search-words.h"
#include "spool/sql.h"
#include "spool/state.h"

#define SPOOL_SECOND G_GINT64_CONSTANT(1000000)

#define SPOOL_AUDIT_HASH_LENGTH 32
/* Where the audit chain ends, as far as the transaction that writes has looked. */
typedef struct {
    bool known;
    bool longer; /* than when it began: spool_audit_seal() is owed */
    gint64 id;   /* of the last entry; 0: there is none */
    guint8 hash[SPOOL_AUDIT_HASH_LENGTH];
} SpoolAuditEnd;

struct SpoolDb {
    SpoolSql *sql;
    SpoolKeys *keys;
    guint depth;       /* transactions open, one inside the other */
    bool doomed;       /* an inner one failed after it had written: the outer one cannot commit */
    char *notes;       /* path of the notes (spool/outbox-note.c), or NULL */
    int notes_fd;      /* -1: not open */
    bool notes_before; /* those found there tell what was not given */
    bool notes_whole;  /* and ours do */
    char *served;      /* mailbox from which a mail was claimed last, or NULL */
    SpoolAuditEnd audit;
};

/* spool/db.c: a transaction that only reads, and sees one moment; joins an open one. */
bool spool_txn_begin_reading(SpoolTxn *txn, SpoolDb *db, GError **error);

/* spool/audit.c: note where the chain ends, before a transaction commits. */
bool spool_audit_seal(SpoolDb *db, GError **error);

/* spool/schema.c: make or migrate the tables; check the master key and derive the others. */
bool spool_schema_open(SpoolSql *sql, GBytes *master_key, SpoolKeys **out_keys, GError **error);
#define SPOOL_SCHEMA_VERSION 14
/* spool/schema-versions.c: what makes each version of the one before it. */
extern const char *const spool_schema_versions[SPOOL_SCHEMA_VERSION];

/* SQL: true for a row that belongs to a restricted item on which account $1 is not named.  which:
 * what its record is, such as "= o.record_id". */
#define SPOOL_HIDDEN(which)                                                                        \
    "EXISTS (SELECT 1 FROM item h WHERE h.record_id " which                                        \
    " AND h.restricted = 1 AND NOT EXISTS (SELECT 1 FROM item_reader x"                            \
    " WHERE x.record_id = h.record_id AND x.account_id = $1))"

/* SQL: true for an item i that is not restricted, or on which account $1 is named. */
#define SPOOL_MAY_SEE                                                                              \
    "(i.restricted = 0 OR EXISTS (SELECT 1 FROM item_reader x"                                     \
    " WHERE x.record_id = i.record_id AND x.account_id = $1))"

/* spool/message.c: a mail's key and, when its state allows the event, its next state. */
bool spool_message_key(SpoolDb *db, gint64 mail_id, SpoolMailKey *out_key, GError **error);
bool spool_message_step(SpoolDb *db, gint64 mail_id, SpoolMailEvent event, GError **error);

/* spool/message.c: keep an entry as a mail that lies in no inbox, claimed; in an open transaction.
 */
bool spool_message_enter(SpoolDb *db, const SpoolEntry *entry, SpoolClaim *out_claim,
                         GError **error);

/* spool/message-claim.c: says SPOOL_ERROR_STALE, and is false. */
bool spool_message_lost(const SpoolClaim *claim, GError **error);

/* spool/message-move.c: file a decided mail of which no copy is left in an inbox. */
bool spool_message_settle(SpoolDb *db, gint64 mail_id, GError **error);

/* spool/record-field.c: one version of a field where it is kept. */
typedef struct {
    gint64 record_id;
    guint number; /* its place among the record's fields */
    const SpoolField *field;
    const char *reason; /* of a correction */
} SpoolFieldRow;
char *spool_record_field_place(const SpoolFieldRow *row);

/* spool/act.c: the key of the mail that a record came with. */
bool spool_act_key(SpoolDb *db, gint64 record_id, SpoolMailKey *out_key, GError **error);

/* spool/act.c: names what is sealed, so that a reason moved to another act does not open. */
char *spool_act_place(gint64 record_id, gint64 at, const char *act);

/* spool/outbox.c: names a sealed column of a reply. */
char *spool_outbox_place(const char *column, gint64 generation);
/* spool/outbox-read.c: a reply that was taken, opened. */
bool spool_outbox_load(SpoolDb *db, gint64 id, gint64 generation, SpoolReply **out_reply,
                       GError **error);

/* spool/text.c: texts sealed together, in one column.  NULL is kept as "". */
typedef struct {
    const char *const *texts;
    guint count;
} SpoolTexts;
#define SPOOL_TEXTS(...)                                                                           \
    ((SpoolTexts){(const char *const[]){__VA_ARGS__},                                              \
                  sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)})
bool spool_text_seal(const SpoolMailKey *key, const char *place, SpoolTexts texts,
                     GBytes **out_sealed, GError **error);
/* out_texts: exactly count texts; owned.  Errors: SPOOL_ERROR_CORRUPT. */
bool spool_text_open(const SpoolMailKey *key, const char *place, GBytes *sealed, guint count,
                     GStrv *out_texts, GError **error);
/* The same, however many there are. */
bool spool_text_open_all(const SpoolMailKey *key, const char *place, GBytes *sealed,
                         GStrv *out_texts, GError **error);

/* spool/item-make.c: a record's item, made with it. */
typedef struct {
    const SpoolMailKey *key;
    gint64 record_id;
    const char *mailbox;
    gint64 received;
    SpoolSearchWords *words; /* to which whoever sent it is added */
} SpoolItemNew;
bool spool_item_make(SpoolDb *db, const SpoolItemNew *item, const SpoolDecision *decision,
                     GError **error);

/* Keyed hashes for look-ups; NULL for NULL or an empty text.  Message ids lose their brackets,
 * addresses their case. */
GBytes *spool_text_hash_message_id(SpoolDb *db, const char *message_id);
GBytes *spool_text_hash_address(SpoolDb *db, const char *address);
GBytes *spool_text_hash_domain(SpoolDb *db, const char *domain);
GBytes *spool_text_hash_fingerprint(SpoolDb *db, const char *fingerprint);

#endif
