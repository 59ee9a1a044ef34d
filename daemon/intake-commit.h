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

/* Look up what came before, decide, and commit record, reply, state and audit as one.
 * Errors: SPOOL_ERROR_STALE  another node has the mail: drop it.  Others of spool/error.h. */
bool daemon_intake_commit(const DaemonSettings *settings, SpoolDb *db, const SpoolClaim *claim,
                          const ParsersFindings *findings, GError **error);

#endif
