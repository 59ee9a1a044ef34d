/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/maildir-uids.h - which UID each file of a Maildir has, kept across restarts.
 *
 * The list is one file in the Maildir, replaced as a whole.  Losing it costs a new
 * uidvalidity: every mail is read again and found to be known already.
 *
 * Runs in:  mailbox.
 * Source:   doc/life-of-a-message.md
 */
#ifndef DAEMON_MAILDIR_UIDS_H
#define DAEMON_MAILDIR_UIDS_H

#include "daemon/error.h"

typedef struct {
    char *path;
    guint32 uidvalidity;
    guint32 next_uid;
    GHashTable *by_name; /* unique part of a file's name -> UID */
    bool changed;
} DaemonMaildirUids;

/* Read the list of a Maildir, or begin a new one.  Errors: DAEMON_ERROR_MAILBOX. */
bool daemon_maildir_uids_load(const char *maildir, DaemonMaildirUids **out_uids, GError **error);
void daemon_maildir_uids_free(DaemonMaildirUids *uids);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonMaildirUids, daemon_maildir_uids_free)

/* The UID of a name, given out now if it has none. */
guint32 daemon_maildir_uids_of(DaemonMaildirUids *uids, const char *name);

/* Forget names that are not keys of names; they were moved or taken away. */
void daemon_maildir_uids_keep(DaemonMaildirUids *uids, GHashTable *names);

/* Write the list if it changed; before this returns true no new UID may be used. */
bool daemon_maildir_uids_save(DaemonMaildirUids *uids, GError **error);

#endif
