/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/privilege.h - each role keeps only what it needs.
 *
 * Runs in:  every role, before its work starts.
 * Source:   doc/process-model.md; doc/SECURITY.md
 */
#ifndef DAEMON_PRIVILEGE_H
#define DAEMON_PRIVILEGE_H

#include "daemon/settings.h"

/* The account that roles run as when started as root: the one in the settings, else the owner of
 * the folder that holds the spool.
 * Errors: DAEMON_ERROR_SETTINGS: there is no such account. */
typedef struct {
    guint uid, gid;
    char *name;
} DaemonAccount;
bool daemon_privilege_account(const DaemonSettings *settings, DaemonAccount *out_account,
                              GError **error);

/* What a role may still do. */
typedef enum {
    DAEMON_MAY_CONNECT = 1 << 0, /* sockets of the Internet */
    DAEMON_MAY_EXECUTE = 1 << 1, /* start postern-parser, and converters in a cage of their own */
    DAEMON_MAY_SHOW = 1 << 2,    /* start postern-view, and nothing else */
} DaemonMay;

/* Become account (when root), give up all privileges, dump no core, and filter system calls.
 * Errors: DAEMON_ERROR_SYSTEM: the role must not start. */
bool daemon_privilege_drop(const DaemonAccount *account, guint may, GError **error);

/* Let this process and its children start this program alone (and the loader that it needs), where
 * the kernel knows Landlock; without it nothing changes.  Needs no_new_privs.
 * Errors: DAEMON_ERROR_SYSTEM. */
bool daemon_privilege_execute_only(const char *program, GError **error);

/* The filter of system calls for a converter in its cage, as a memory file for bwrap(1); -1 and
 * errno on failure.  The caller closes it. */
int daemon_privilege_converter_filter(void);

#endif
