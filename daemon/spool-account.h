/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/spool-account.h - whoever runs a command, the spool's files are of one account.
 *
 * It is the account that the roles run as (daemon_privilege_account()).
 *
 * Runs in:  command line; supervisor.
 * Source:   doc/spool.md, "Whose the files are"
 */
#ifndef DAEMON_SPOOL_ACCOUNT_H
#define DAEMON_SPOOL_ACCOUNT_H

#include <sys/types.h>

#include "daemon/settings.h"
#include "spool/db.h"

/* Root in the guise of that account: what it may open, and whose what it makes is, is for the
 * kernel to say as if the account had asked.  All zeros: as one is. */
typedef struct {
    bool on;
    gid_t group, *groups; /* root's own */
    int n_groups;
} DaemonSpoolAccount;

/* Put on the guise, until the end of the block at the latest; nothing where we are not root, where
 * the account is root, and where the spool is no file.
 * Errors: DAEMON_ERROR_SETTINGS: there is no such account; _SYSTEM: it was refused. */
bool daemon_spool_account_enter(DaemonSpoolAccount *out_guise, const DaemonSettings *settings,
                                GError **error);
void daemon_spool_account_leave(DaemonSpoolAccount *guise);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DaemonSpoolAccount, daemon_spool_account_leave)

/* Open the spool of the settings with their master key; its files are made in that guise.
 * Errors: as spool_db_open(); DAEMON_ERROR_FILE: the key cannot be read, or the spool is another
 * account's, and nothing was made. */
bool daemon_spool_account_open(const DaemonSettings *settings, SpoolDb **out_db, GError **error);

/* Whether posternd could work on the files of the spool that are there.  Changes nothing.
 * Errors: the same. */
bool daemon_spool_account_check(const DaemonSettings *settings, GError **error);

/* Path of the file by which one posternd keeps another away; NULL where there is none.  The caller
 * frees. */
char *daemon_spool_account_lock_path(const DaemonSettings *settings);

#endif
