/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/trouble.h - the words for what can be wrong with a mailbox, and how bad each is.
 *
 * Runs in:  mailbox, courier, intake (note), staff pages and command line (tell).
 * Source:   doc/imap.md, "What is told to people"
 */
#ifndef DAEMON_TROUBLE_H
#define DAEMON_TROUBLE_H

#include "daemon/health.h"
#include "spool/trouble.h"

#define DAEMON_TROUBLE_READ_ONLY "read-only"
#define DAEMON_TROUBLE_QUOTA "quota"
#define DAEMON_TROUBLE_MOVE "move"
#define DAEMON_TROUBLE_CANARY "canary"
#define DAEMON_TROUBLE_CANARY_JUNK "canary-junk"

/* The word for a failed connection; static. */
const char *daemon_trouble_word(const GError *failure);

/* Words that the next good look at the mailbox makes untrue; ends with NULL; static. */
const char *const *daemon_trouble_of_connection(void);

/* What to tell people.  out_says: what it means and what to do; static.
 * Returns DAEMON_HEALTH_GOOD while it has not happened often enough to be told. */
DaemonHealthState daemon_trouble_judge(const SpoolTrouble *trouble, const char **out_says);

/* After how many times it is told; at least 1. */
guint daemon_trouble_patience(const char *what);

#endif
