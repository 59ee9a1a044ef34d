/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/canary.h - the mail to ourselves that proves a mailbox's way in and out.
 *
 * Nobody without the master key can make one, and none becomes a record or an answer.
 *
 * Runs in:  courier (sends, raises the alarm), intake (sees it come back).
 * Source:   doc/imap.md, "The canary"
 */
#ifndef DAEMON_CANARY_H
#define DAEMON_CANARY_H

#include "daemon/settings.h"
#include "spool/db.h"

/* Give one mail to the relay.  to, mail: borrowed. */
typedef bool DaemonCanarySend(gpointer data, const char *to, GBytes *mail, GError **error);

typedef struct {
    const DaemonSettings *settings;
    SpoolDb *db;
    DaemonCanarySend *send;
    gpointer data;
    gint64 since;     /* microseconds UTC: before it we could not have seen one come back */
    gint64 look_at;   /* monotonic: when to look again */
    GHashTable *told; /* mailbox name -> Message-ID of the canary whose loss was told; owned */
    GHashTable *next; /* mailbox name -> gint64: when to try again to send it; owned */
} DaemonCanary;

/* Everything borrowed; send and data are set by the caller. */
void daemon_canary_init(DaemonCanary *canary, const DaemonSettings *settings, SpoolDb *db);
void daemon_canary_clear(DaemonCanary *canary);

/* Send those that are due, and tell of those that did not come back.  Cheap when called often.
 * A relay that does not take one is tried again, and is no error here.  Errors: of the spool. */
bool daemon_canary_look(DaemonCanary *canary, GError **error);

/* A mail with a canary's Message-ID and our mark was read: it is back, or lay in Junk.
 * mailbox: where it was found.  In the open transaction. */
bool daemon_canary_back(SpoolDb *db, const DaemonMailbox *mailbox, const char *message_id,
                        GError **error);

#endif
