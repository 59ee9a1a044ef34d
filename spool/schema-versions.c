/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/schema-versions.c - the tables, as one script for each version of them.
 *
 * A script that has been released is never changed: the next one is.
 *
 * Runs in:  every role, when it opens the spool.
 * Source:   doc/spool.md, "The tables"
 */
#include "config.h"

#include "spool/private.h"

/* Times are microseconds since 1970 UTC; "sealed" columns open with the mail's key only. */
static const char *const version_1 =
    /* One row for each mail, whatever the number of its copies. */
    "CREATE TABLE mail ("
    " id @ID@,"
    " state TEXT NOT NULL,"
    " content @BLOB@ NOT NULL UNIQUE,"
    " mailbox TEXT NOT NULL,"
    " received BIGINT NOT NULL,"
    " stored BIGINT NOT NULL,"
    " size BIGINT NOT NULL,"
    " chunks BIGINT NOT NULL,"
    " unread BIGINT NOT NULL,"
    " attempts BIGINT NOT NULL DEFAULT 0,"
    " token BIGINT NOT NULL DEFAULT 0,"
    " owner TEXT,"
    " lease BIGINT,"
    " action TEXT,"
    " decided BIGINT);"
    "CREATE INDEX mail_waiting ON mail (received, id) WHERE state = 'received';"
    "CREATE INDEX mail_lease ON mail (lease) WHERE state = 'reading';"
    "CREATE INDEX mail_by_mailbox ON mail (mailbox, id);"
    "CREATE INDEX mail_by_action ON mail (action, id);"
    "CREATE INDEX mail_by_both ON mail (mailbox, action, id);"

    "CREATE TABLE mail_key ("
    " mail_id BIGINT PRIMARY KEY REFERENCES mail (id),"
    " wrapped @BLOB@ NOT NULL);"

    "CREATE TABLE chunk ("
    " mail_id BIGINT NOT NULL REFERENCES mail (id),"
    " number BIGINT NOT NULL,"
    " sealed @BLOB@ NOT NULL);"
    "CREATE UNIQUE INDEX chunk_place ON chunk (mail_id, number);"

    /* One row for each appearance of a mail in a mailbox.
     * place: inbox (undecided), due (to be moved), moved, gone, kept (too large), renumbered. */
    "CREATE TABLE arrival ("
    " id @ID@,"
    " mail_id BIGINT NOT NULL REFERENCES mail (id),"
    " mailbox TEXT NOT NULL,"
    " uidvalidity BIGINT NOT NULL,"
    " uid BIGINT NOT NULL,"
    " received BIGINT NOT NULL,"
    " stored BIGINT NOT NULL,"
    " place TEXT NOT NULL);"
    "CREATE UNIQUE INDEX arrival_uid ON arrival (mailbox, uidvalidity, uid);"
    "CREATE INDEX arrival_mail ON arrival (mail_id, place);"
    "CREATE INDEX arrival_due ON arrival (mailbox, uidvalidity, uid) WHERE place = 'due';"

    "CREATE TABLE mailbox_cursor ("
    " mailbox TEXT PRIMARY KEY,"
    " uidvalidity BIGINT NOT NULL,"
    " next_uid BIGINT NOT NULL);"

    /* One row for each decided mail.  code: the reference's eight characters. */
    "CREATE TABLE record ("
    " id @ID@,"
    " mail_id BIGINT NOT NULL UNIQUE REFERENCES mail (id),"
    " reference TEXT,"
    " code TEXT UNIQUE,"
    " attached_to BIGINT REFERENCES record (id),"
    " action TEXT NOT NULL,"
    " reply TEXT NOT NULL,"
    " kind TEXT NOT NULL,"
    " sender TEXT NOT NULL,"
    " urgent BIGINT NOT NULL,"
    " form TEXT,"
    " message_id @BLOB@,"
    " address @BLOB@,"
    " fingerprint @BLOB@,"
    " at BIGINT NOT NULL,"
    " sealed @BLOB@ NOT NULL);" /* reasons, findings */
    "CREATE INDEX record_message_id ON record (message_id, id) WHERE message_id IS NOT NULL;"
    "CREATE INDEX record_fingerprint ON record (fingerprint, id) WHERE fingerprint IS NOT NULL;"
    "CREATE INDEX record_attached ON record (attached_to, id) WHERE attached_to IS NOT NULL;"

    "CREATE TABLE form ("
    " record_id BIGINT NOT NULL REFERENCES record (id),"
    " number BIGINT NOT NULL,"
    " form TEXT NOT NULL,"
    " format TEXT NOT NULL,"
    " blank BIGINT NOT NULL,"
    " sealed @BLOB@ NOT NULL);" /* source, missing */
    "CREATE UNIQUE INDEX form_place ON form (record_id, number);"

    /* A correction adds a version; nothing is overwritten. */
    "CREATE TABLE field ("
    " record_id BIGINT NOT NULL REFERENCES record (id),"
    " form BIGINT NOT NULL,"
    " number BIGINT NOT NULL,"
    " version BIGINT NOT NULL,"
    " key TEXT NOT NULL,"
    " confidence @REAL@ NOT NULL,"
    " author TEXT NOT NULL,"
    " at BIGINT NOT NULL,"
    " sealed @BLOB@ NOT NULL);" /* value, raw, place, reason of a correction */
    "CREATE UNIQUE INDEX field_place ON field (record_id, form, number, version);"

    /* due: when it must be looked at next: its turn, or the end of a lease; NULL for never.
     * unsure: how often it may have left without our knowing. */
    "CREATE TABLE outbox ("
    " id @ID@,"
    " record_id BIGINT NOT NULL REFERENCES record (id),"
    " mail_id BIGINT NOT NULL REFERENCES mail (id),"
    " generation BIGINT NOT NULL,"
    " state TEXT NOT NULL,"
    " due BIGINT,"
    " queued BIGINT NOT NULL,"
    " updated BIGINT NOT NULL,"
    " attempts BIGINT NOT NULL DEFAULT 0,"
    " unsure BIGINT NOT NULL DEFAULT 0,"
    " token BIGINT NOT NULL DEFAULT 0,"
    " owner TEXT,"
    " template TEXT NOT NULL,"
    " message_id TEXT NOT NULL UNIQUE,"
    " address @BLOB@ NOT NULL,"
    " sealed @BLOB@ NOT NULL," /* to, in_reply_to, params */
    " response @BLOB@,"        /* sealed */
    " sent @BLOB@);"           /* sealed */
    "CREATE UNIQUE INDEX outbox_generation ON outbox (record_id, generation);"
    "CREATE INDEX outbox_mail ON outbox (mail_id, id);"
    "CREATE INDEX outbox_due ON outbox (due, id) WHERE due IS NOT NULL;"
    "CREATE INDEX outbox_address ON outbox (address, queued);"

    "CREATE TABLE audit ("
    " id BIGINT PRIMARY KEY,"
    " at BIGINT NOT NULL,"
    " actor TEXT NOT NULL,"
    " act TEXT NOT NULL,"
    " object TEXT NOT NULL,"
    " detail TEXT,"
    " hash @BLOB@ NOT NULL);"
    /* The last entry, under a keyed hash: what was cut off at the end is missed. */
    "CREATE TABLE audit_head ("
    " id BIGINT PRIMARY KEY,"
    " entry BIGINT NOT NULL,"
    " hash @BLOB@ NOT NULL);";

/* Limits on replies, bounces of them, and tasks for people. */
static const char *const version_2 =
    "ALTER TABLE outbox ADD COLUMN domain @BLOB@;" /* hash of the organisation written to */
    "ALTER TABLE outbox ADD COLUMN bounce TEXT;"   /* status code of RFC 3463, or '' */
    "CREATE INDEX outbox_queued ON outbox (queued, id);"
    "CREATE INDEX outbox_domain ON outbox (domain, queued) WHERE domain IS NOT NULL;"

    /* closed: NULL while it is open.  sealed: what was done, under the key of mail_id. */
    "CREATE TABLE task ("
    " id @ID@,"
    " what TEXT NOT NULL,"
    " mail_id BIGINT NOT NULL REFERENCES mail (id),"
    " reply_id BIGINT REFERENCES outbox (id),"
    " detail TEXT NOT NULL,"
    " opened BIGINT NOT NULL,"
    " closed BIGINT,"
    " author TEXT,"
    " sealed @BLOB@);"
    "CREATE INDEX task_open ON task (id) WHERE closed IS NULL;"
    "CREATE UNIQUE INDEX task_reply ON task (reply_id) WHERE closed IS NULL;"
    "CREATE INDEX task_what ON task (what, opened);";

/* The staff desk (doc/review.md): items, acts, accounts, and what is found by keyed hashes. */
static const char *const version_3 =
    "CREATE TABLE account ("
    " id @ID@,"
    " name TEXT NOT NULL UNIQUE,"
    " shown TEXT NOT NULL," /* as colleagues know them */
    " roles TEXT NOT NULL," /* joined by spaces */
    " password TEXT,"       /* scrypt, or NULL: signs in elsewhere, or not yet */
    " second @BLOB@,"       /* sealed secret of the second factor, or NULL: not set up */
    " last_step BIGINT NOT NULL DEFAULT 0," /* of the last code used, so that none is used twice */
    " failures BIGINT NOT NULL DEFAULT 0,"
    " locked BIGINT NOT NULL DEFAULT 0," /* until when */
    " disabled BIGINT NOT NULL DEFAULT 0,"
    " made BIGINT NOT NULL);"

    /* token: a keyed hash; who holds the token itself is signed in. */
    "CREATE TABLE session ("
    " token @BLOB@ PRIMARY KEY,"
    " account_id BIGINT NOT NULL REFERENCES account (id),"
    " stage TEXT NOT NULL," /* password: the second factor is still owed; full */
    " started BIGINT NOT NULL,"
    " seen BIGINT NOT NULL);"
    "CREATE INDEX session_seen ON session (seen);"
    "CREATE INDEX session_account ON session (account_id);"

    /* What people do with a decided mail; the machine's decision stays in record. */
    "CREATE TABLE item ("
    " record_id BIGINT PRIMARY KEY REFERENCES record (id),"
    " mailbox TEXT NOT NULL,"
    " received BIGINT NOT NULL,"
    " urgent BIGINT NOT NULL,"
    " outcome TEXT NOT NULL,"
    " state TEXT NOT NULL," /* new open waiting closed */
    " version BIGINT NOT NULL DEFAULT 1,"
    " news BIGINT NOT NULL DEFAULT 0," /* a mail was filed with it since somebody looked */
    " holder BIGINT REFERENCES account (id),"
    " restricted BIGINT NOT NULL DEFAULT 0,"
    " viewed BIGINT,"
    " settled BIGINT," /* when a person first decided */
    " closed BIGINT,"
    " sealed @BLOB@);" /* from, subject, adult: what a list shows; NULL in rows made by migration */
    /* All that a list filters by lies in its index: a rare match costs no visit of each row. */
    "CREATE INDEX item_queue ON item (urgent DESC, received, record_id, state, mailbox, outcome,"
    " holder, restricted) WHERE state <> 'closed';"
    "CREATE INDEX item_newest ON item (received DESC, record_id DESC, urgent, state, mailbox,"
    " outcome, holder, restricted);"
    "INSERT INTO item (record_id, mailbox, received, urgent, outcome, state)"
    " SELECT r.id, m.mailbox, m.received, r.urgent, r.action,"
    " CASE WHEN r.urgent = 1 OR r.action IN ('accept', 'hold') THEN 'new' ELSE 'closed' END"
    " FROM record r JOIN mail m ON m.id = r.mail_id;"

    /* Who may see a restricted item. */
    "CREATE TABLE item_reader ("
    " record_id BIGINT NOT NULL REFERENCES item (record_id),"
    " account_id BIGINT NOT NULL REFERENCES account (id));"
    "CREATE UNIQUE INDEX item_reader_row ON item_reader (record_id, account_id);"

    "CREATE TABLE item_link ("
    " record_id BIGINT NOT NULL REFERENCES item (record_id),"
    " other_id BIGINT NOT NULL REFERENCES item (record_id),"
    " at BIGINT NOT NULL);"
    "CREATE UNIQUE INDEX item_link_row ON item_link (record_id, other_id);"

    /* What a person did; never changed. */
    "CREATE TABLE act ("
    " id @ID@,"
    " record_id BIGINT NOT NULL REFERENCES item (record_id),"
    " account_id BIGINT NOT NULL REFERENCES account (id),"
    " act TEXT NOT NULL,"
    " detail TEXT NOT NULL," /* fixed words and numbers */
    " at BIGINT NOT NULL,"
    " sealed @BLOB@ NOT NULL);" /* reason or note */
    "CREATE INDEX act_record ON act (record_id, id);"

    "CREATE TABLE draft ("
    " record_id BIGINT NOT NULL REFERENCES item (record_id),"
    " account_id BIGINT NOT NULL REFERENCES account (id),"
    " act TEXT NOT NULL,"
    " at BIGINT NOT NULL,"
    " sealed @BLOB@ NOT NULL);"
    "CREATE UNIQUE INDEX draft_row ON draft (record_id, account_id, act);"

    /* hash: eight bytes of a keyed hash of what is looked for. */
    "CREATE TABLE word ("
    " hash BIGINT NOT NULL,"
    " record_id BIGINT NOT NULL REFERENCES record (id),"
    " role BIGINT NOT NULL," /* SpoolSearchRole */
    " how BIGINT NOT NULL);" /* SpoolSearchHow */
    "CREATE INDEX word_hash ON word (hash, record_id, role);"

    /* What leaves for another system. */
    "CREATE TABLE handover ("
    " id @ID@,"
    " record_id BIGINT NOT NULL REFERENCES record (id),"
    " delivery TEXT NOT NULL UNIQUE," /* the same at every attempt */
    " state TEXT NOT NULL,"           /* queued sending done failed */
    " due BIGINT,"
    " queued BIGINT NOT NULL,"
    " updated BIGINT NOT NULL,"
    " attempts BIGINT NOT NULL DEFAULT 0,"
    " token BIGINT NOT NULL DEFAULT 0,"
    " sealed @BLOB@ NOT NULL," /* the body */
    " response TEXT);"
    "CREATE INDEX handover_due ON handover (due, id) WHERE due IS NOT NULL;"
    "CREATE INDEX handover_record ON handover (record_id, id);";

/* What the staff pages say about health, and what they list first. */
static const char *const version_4 =
    "CREATE TABLE contact ("
    " mailbox TEXT PRIMARY KEY,"
    " at BIGINT NOT NULL);" /* when its server last answered all that we asked */
    "CREATE INDEX outbox_trouble ON outbox (id)"
    " WHERE state IN ('failed', 'uncertain', 'bounced');";

/* Office files of mails as pages (spool/printed.h): small, and made again when they are gone. */
static const char *const version_5 =
    "CREATE TABLE printed ("
    " mail_id BIGINT NOT NULL REFERENCES mail (id),"
    " part BIGINT NOT NULL,"
    " state TEXT NOT NULL," /* wanted making made failed */
    " at BIGINT NOT NULL,"
    " sealed @BLOB@);"
    "CREATE UNIQUE INDEX printed_place ON printed (mail_id, part);"
    "CREATE INDEX printed_open ON printed (state, at, mail_id, part) WHERE state <> 'made';"
    "CREATE INDEX printed_at ON printed (at);";

/* What is wrong with a mailbox, and the mail that proves its way in and out. */
static const char *const version_6 =
    /* times: how often since then; gone once it is right again. */
    "CREATE TABLE trouble ("
    " mailbox TEXT NOT NULL,"
    " what TEXT NOT NULL,"
    " since BIGINT NOT NULL,"
    " last BIGINT NOT NULL,"
    " times BIGINT NOT NULL,"
    " PRIMARY KEY (mailbox, what));"
    /* began: when this canary was due first.  sent, back: 0 until it was. */
    "CREATE TABLE canary ("
    " mailbox TEXT PRIMARY KEY,"
    " message_id TEXT NOT NULL,"
    " began BIGINT NOT NULL,"
    " sent BIGINT NOT NULL,"
    " back BIGINT NOT NULL);";

/* Mails are claimed from each mailbox in turn. */
static const char *const version_7 =
    "CREATE INDEX mail_waiting_in ON mail (mailbox, received, id) WHERE state = 'received';";

/* Who delivers: what a courier had at hand when it died is its own to take up again. */
static const char *const version_8 = "ALTER TABLE handover ADD COLUMN owner TEXT;";

/* Several posternd on one database (spool/node.h, spool/lease.h). */
static const char *const version_9 =
    "CREATE TABLE node ("
    " name TEXT PRIMARY KEY,"
    " token BIGINT NOT NULL,"
    " until BIGINT NOT NULL);" /* alive until then; 0: what it had was taken over */
    "CREATE TABLE mailbox_lease ("
    " mailbox TEXT PRIMARY KEY,"
    " node TEXT NOT NULL," /* '' when it was given back */
    " token BIGINT NOT NULL);";

/* Replies that leave before all others. */
static const char *const version_10 =
    "ALTER TABLE outbox ADD COLUMN urgent BIGINT NOT NULL DEFAULT 0;"
    "UPDATE outbox SET urgent = 1 WHERE template = 'alert';"
    "CREATE INDEX outbox_urgent ON outbox (due, id) WHERE urgent = 1 AND due IS NOT NULL;";

/* Who tries to sign in how often (spool/tries.h). */
static const char *const version_11 =
    "CREATE TABLE tries ("
    " minute BIGINT NOT NULL,"
    " client BIGINT NOT NULL," /* eight bytes of a keyed hash of an address */
    " number BIGINT NOT NULL,"
    " PRIMARY KEY (minute, client));";

/* Replies that the relay has taken, until that is committed: where there is no file for notes. */
static const char *const version_12 = "CREATE TABLE outbox_note ("
                                      " reply_id BIGINT PRIMARY KEY,"
                                      " token BIGINT NOT NULL);";

/* What was read in a mail, sealed together; NULL in older rows, whose answers lie in field. */
static const char *const version_13 = "ALTER TABLE record ADD COLUMN answers @BLOB@;";

/* When what the roles log in with ends (spool/expiry.h). */
static const char *const version_14 = "CREATE TABLE expiry ("
                                      " login TEXT NOT NULL,"
                                      " holder TEXT NOT NULL," /* a role and its node */
                                      " ends BIGINT NOT NULL,"
                                      " at BIGINT NOT NULL," /* when the holder said so */
                                      " PRIMARY KEY (login, holder));";

const char *const spool_schema_versions[] = {
    version_1, version_2, version_3,  version_4,  version_5,  version_6,  version_7,
    version_8, version_9, version_10, version_11, version_12, version_13, version_14,
};
G_STATIC_ASSERT(G_N_ELEMENTS(spool_schema_versions) == SPOOL_SCHEMA_VERSION);
