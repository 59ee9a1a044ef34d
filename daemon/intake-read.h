/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/intake-read.h - reading a mail in the cage, as intake and the dry run both do.
 *
 * Runs in:  intake, command line.
 * Source:   doc/life-of-a-message.md, "Read"
 */
#ifndef DAEMON_INTAKE_READ_H
#define DAEMON_INTAKE_READ_H

#include "daemon/parser.h"
#include "daemon/settings.h"

/* A parser with the definitions and limits of the settings; its process starts with the first mail.
 */
bool daemon_intake_parser_new(const DaemonSettings *settings, DaemonParser **out_parser,
                              GError **error);

/* Read one mail, twice if need be.  A mail that kills or outruns its parser is read again with its
 * attachments left unopened; if even that fails, the findings say so.  Either way it is held.
 * Errors: DAEMON_ERROR_SYSTEM, no parser can be started at all. */
bool daemon_intake_read(DaemonParser *parser, GBytes *raw, ParsersFindings **out_findings,
                        GError **error);

/* Say in the findings of the second reading that the first one failed: the mail is then held. */
void daemon_intake_note_death(ParsersFindings *findings, const char *reason);

/* Findings for a mail that could not be read, with the reason for staff; the caller frees. */
ParsersFindings *daemon_intake_unreadable(const char *reason);

#endif
