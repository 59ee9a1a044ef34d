/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/case.h - what a decision is made from.
 *
 * Runs in:  intake, command line.
 * Source:   doc/deciding.md
 */
#ifndef DAEMON_CASE_H
#define DAEMON_CASE_H

#include "daemon/settings.h"
#include "parsers/findings.h"
#include "spool/record.h"

/* All borrowed. */
typedef struct {
    const ParsersFindings *findings;
    const DaemonSettings *settings;
    const DaemonMailbox *mailbox;
    gint64 received; /* server's receipt time, microseconds UTC */
    const SpoolHistory
        *history; /* NULL in a dry run: an id or reference of our shape is taken as ours */
} DaemonCase;

/* Why something was decided: a fixed name, and what in the mail made it so. */
typedef struct {
    const char *rule; /* static */
    char *evidence;
} DaemonReason;
void daemon_reason_free(gpointer reason);
void daemon_reason_add(GPtrArray *reasons, const char *rule, const char *evidence);

/* Questions that several rules ask. */

/* True for an address of one of our mailboxes or of our replies. */
bool daemon_case_is_own_address(const DaemonSettings *settings, const char *address);
/* The first message id of the list that is one of our own mails', or NULL; borrowed. */
const char *daemon_case_own_id(const DaemonSettings *settings, const GPtrArray *ids);
/* The first valid reference that the mail quotes in its canonical form, or NULL; the caller frees.
 */
char *daemon_case_reference(const ParsersFindings *findings);
/* A form of that name that is filled in (or blank), or NULL; borrowed. */
const ParsersForm *daemon_case_form(const ParsersFindings *findings, const char *name, bool blank);
/* A value of that key in any form that is filled in, or NULL; borrowed. */
const char *daemon_case_value(const ParsersFindings *findings, const char *key);
/* A mail inside the mail: somebody else may have written it. */
bool daemon_case_holds_a_mail(const ParsersFindings *findings);
/* Parts in that state. */
guint daemon_case_count_parts(const ParsersFindings *findings, ParsersPartState state);

#endif
