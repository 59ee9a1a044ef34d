/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/intake-commit.h - from findings to a decision on disk.
 *
 * Runs in:  intake.
 * Source:   doc/life-of-a-message.md, "Decide"
 */
#ifndef DAEMON_INTAKE_COMMIT_H
#define DAEMON_INTAKE_COMMIT_H

#include "daemon/settings.h"
#include "parsers/findings.h"
#include "spool/message.h"

/* A mail on its way through the intake. */
typedef struct {
    SpoolClaim claim;
    ParsersFindings *findings; /* NULL until it was read */
} DaemonIntakeMail;
DaemonIntakeMail *daemon_intake_mail_new(SpoolClaim *claim); /* takes what claim owns */
void daemon_intake_mail_free(DaemonIntakeMail *mail);

typedef struct {
    const DaemonSettings *settings;
    SpoolDb *db;
    void (*between)(void *data); /* called after each mail of several, so that nobody waits for all
                                  * of them; may read the spool, not write it; or NULL */
    void *data;
} DaemonIntakeDesk;

/* For each mail: look up what came before, decide, and write record, reply, state and audit; then
 * commit all as one.  Whatever hinders one of them undoes all, and each is committed by itself.
 *
 * mails: DaemonIntakeMail, read; those that are done with are removed: their decisions are on disk,
 *        or another node has them.  On failure the first one left is what failed, and the others
 *        were not looked at.
 *
 * Errors: those of spool/error.h. */
bool daemon_intake_commit(const DaemonIntakeDesk *desk, GPtrArray *mails, GError **error);

#endif
