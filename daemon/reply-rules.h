/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/reply-rules.h - whether a mail may be answered at all.
 *
 * One table; the first rule that refuses is recorded with the mail.
 *
 * Runs in:  intake, command line.
 * Source:   RFC 3834 section 2; RFC 5230 section 4.6; RFC 8601; doc/deciding.md, "May we answer?"
 */
#ifndef DAEMON_REPLY_RULES_H
#define DAEMON_REPLY_RULES_H

#include "daemon/case.h"

/* True when the sender's own address may get an automatic reply.  Otherwise *out_rule (static) and
 * *out_evidence (the caller frees) say why not. */
bool daemon_reply_rules_allow(const DaemonCase *mail, const char **out_rule, char **out_evidence);

/* True when our own gateway says that the From address is forged: verdicts are taken only from its
 * Authentication-Results; where it writes no name, only from the topmost field of the mail. */
bool daemon_reply_rules_forged(const DaemonCase *mail);

#endif
