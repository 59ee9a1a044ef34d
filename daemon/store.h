/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/store.h - a mailbox somewhere else: IMAP or Maildir, the same few acts.
 *
 * A store numbers its mails with ascending UIDs that are never used again as long
 * as uidvalidity stays the same.  Reading changes nothing in it.
 *
 * Runs in:  mailbox.
 * Source:   RFC 9051 section 2.3.1.1; doc/life-of-a-message.md
 */
#ifndef DAEMON_STORE_H
#define DAEMON_STORE_H

#include "daemon/settings.h"

/* One mail as the store lists it. */
typedef struct {
    guint32 uid;
    guint64 size;    /* bytes as the store says; servers are known to be wrong by a little */
    gint64 received; /* microseconds UTC; 0 when the store does not say */
} DaemonStoreItem;

typedef enum { DAEMON_STORE_WHOLE, DAEMON_STORE_HEADERS } DaemonStorePart;

/* Where a mail goes that is too large to be held: piece by piece. */
typedef struct {
    bool (*take)(void *user, const void *data, gsize length, GError **error);
    void *user;
} DaemonStoreSink;

typedef struct DaemonStore DaemonStore;

/* What each kind of store brings; see the functions below. */
typedef struct {
    bool (*list)(DaemonStore *store, guint32 next_uid, GArray *items, guint32 *out_next,
                 GError **error);
    bool (*fetch)(DaemonStore *store, const GArray *items, DaemonStorePart part, GPtrArray *bytes,
                  GError **error);
    bool (*stream)(DaemonStore *store, const DaemonStoreItem *item, const DaemonStoreSink *sink,
                   bool *out_given, GError **error);
    bool (*move)(DaemonStore *store, const GArray *uids, const char *action, GArray *gone,
                 GError **error);
    bool (*wait)(DaemonStore *store, int doorbell_fd, guint seconds, GError **error);
    void (*close)(DaemonStore *store);
} DaemonStoreOps;

struct DaemonStore {
    const DaemonStoreOps *ops;
    guint32 uidvalidity;
    guint32 uidnext; /* when it was opened: above every UID given out so far; 0 if not known */
    bool read_only;  /* mails may be read and not moved */
    void (*alive)(void *data); /* called while a long answer comes in; or NULL; set by the owner */
    void *alive_data;
};

/* Open the mailbox of the settings: connect, log in, select.
 *
 * password: NULL for a Maildir; borrowed.
 * stop_fd:  every wait ends when it is readable; or -1.
 *
 * Errors: DAEMON_ERROR_CONNECT, _TIMEOUT, _PROTOCOL  try again with backoff
 *         DAEMON_ERROR_TLS, _AUTH, _MAILBOX, _FILE   try again slowly, alarm */
bool daemon_store_open(const DaemonMailbox *mailbox, const char *password, int stop_fd,
                       DaemonStore **out_store, GError **error);
void daemon_store_close(DaemonStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonStore, daemon_store_close)

/* The next mails with a UID of at least next_uid, oldest first; not always all of them.
 *
 * items:    DaemonStoreItem, appended, ascending by UID.
 * out_next: every mail in [next_uid, out_next) is in items; equal to next_uid when there is nothing
 *           more now. */
bool daemon_store_list(DaemonStore *store, guint32 next_uid, GArray *items, guint32 *out_next,
                       GError **error);

/* Fetch mails without marking them.
 *
 * items: DaemonStoreItem, some of a listing; borrowed.
 * bytes: one GBytes (owned by the array) or NULL for each item, in their order.  NULL: the mail is
 *        no longer there, or the server has it and will not give it; daemon_store_list() tells
 *        which.
 *
 * Errors: DAEMON_ERROR_PROTOCOL also when the server sends much more than it announced. */
bool daemon_store_fetch(DaemonStore *store, const GArray *items, DaemonStorePart part,
                        GPtrArray *bytes, GError **error);

/* Fetch one mail without marking it, piece by piece.
 *
 * out_given: false stands for NULL above; what the sink was given counts for nothing then.
 *
 * Errors: as above, and the sink's own. */
bool daemon_store_stream(DaemonStore *store, const DaemonStoreItem *item,
                         const DaemonStoreSink *sink, bool *out_given, GError **error);

/* Move decided mails to the folder of their action, made when missing.
 *
 * uids:   guint32; borrowed.
 * action: accept redirect hold attach ignore.
 * gone:   guint32, appended: mails that were no longer there.
 *
 * Errors: DAEMON_ERROR_QUOTA    no room there: try again later
 *         DAEMON_ERROR_MAILBOX  the folder cannot be made or written: try again later
 * Never called for a store that is read_only.
 *
 * When this fails some may have been moved; moving again finds them gone. */
bool daemon_store_move(DaemonStore *store, const GArray *uids, const char *action, GArray *gone,
                       GError **error);

/* Wait until there may be new mail, the doorbell rings, or seconds have passed.  Never clears the
 * doorbell. */
bool daemon_store_wait(DaemonStore *store, int doorbell_fd, guint seconds, GError **error);

/* The folder of an action below "Postern", such as "Accepted"; static.  NULL for no action. */
const char *daemon_store_folder(const char *action);

#endif
