/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/rules.h - the table of rules that decide about a mail, in three parts.
 *
 * Runs in:  intake, command line.
 * Source:   the contract, "Actions"; doc/deciding.md
 */
#ifndef DAEMON_RULES_H
#define DAEMON_RULES_H

#include "daemon/policy.h"

/* What a rule looks at; borrowed. */
typedef struct {
    const DaemonCase *mail;
    const DaemonWriter *writer;
    DaemonArea area;
} DaemonLook;

typedef struct {
    const char *name; /* appears in the audit, the dry run and the staff page */
    char *(*matches)(const DaemonLook *look); /* evidence, owned; NULL when it does not match */
    DaemonAction action;
    DaemonReply reply;
} DaemonRule;

/* In the order in which they are asked; each ends with a rule without a name. */
extern const DaemonRule daemon_rules_machine[];
extern const DaemonRule daemon_rules_referral[];
extern const DaemonRule daemon_rules_rest[];

/* The evidence of a signal, or NULL: borrowed, or copied for the caller to free. */
const char *daemon_rule_signal(const DaemonLook *look, const char *name);
char *daemon_rule_copy(const DaemonLook *look, const char *name);
/* A form of that definition, filled in or blank. */
bool daemon_rule_any_form(const DaemonLook *look, const char *name);
/* It tells a password and little else: no form, nothing locked, few words. */
bool daemon_rule_is_password(const DaemonLook *look);
/* A form that is meant for another service than the LADO, or NULL; borrowed. */
const ParsersForm *daemon_rule_other_form(const DaemonLook *look);

#endif
