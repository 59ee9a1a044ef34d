/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/policy.h - what to do with a mail: findings, settings, history in; decision, reasons out.
 *
 * A pure function: no clock, no file, no database.
 *
 * Runs in:  intake, command line.
 * Source:   the contract, "Actions"; doc/deciding.md
 */
#ifndef DAEMON_POLICY_H
#define DAEMON_POLICY_H

#include "daemon/area.h"
#include "daemon/writer.h"

typedef enum {
    DAEMON_ACCEPT,
    DAEMON_REDIRECT,
    DAEMON_HOLD,
    DAEMON_ATTACH,
    DAEMON_IGNORE,
    DAEMON_N_ACTIONS
} DaemonAction;

typedef enum {
    DAEMON_REPLY_NONE,
    DAEMON_REPLY_ACKNOWLEDGEMENT,
    DAEMON_REPLY_HOLDING,
    DAEMON_REPLY_REDIRECTION,
} DaemonReply;

typedef struct {
    DaemonAction action;
    DaemonReply reply;
    DaemonWriterKind sender;
    bool urgent;
    bool alert;          /* somebody on duty is told at once */
    const char *variant; /* of the holding reply's words: unopened, blank; or NULL; static */
    DaemonArea area;
    const char *prefix; /* of the reference; static */
    GPtrArray *reasons; /* DaemonReason: the rule that decided first, then the evidence */
} DaemonDecision;

/* Decide.  Never fails: whatever no rule is sure of is held.  The caller clears *out_decision. */
void daemon_policy_decide(const DaemonCase *mail, DaemonDecision *out_decision);
void daemon_decision_clear(DaemonDecision *decision);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DaemonDecision, daemon_decision_clear)

/* The words of the contract; static. */
const char *daemon_action_name(DaemonAction action);
const char *daemon_reply_name(DaemonReply reply);

#endif
