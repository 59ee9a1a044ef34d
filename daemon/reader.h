/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/reader.h - a mail's way through the programs that read it, as intake and command line go.
 *
 * postern-parser reads every mail.  A mail that kills or outruns it is read again with its
 * attachments left unopened; one with documents that only other programs know is read again with
 * what converters made of them; one that holds pictures is read again by postern-ocr, which is
 * started for that mail and ended when none has come for ten seconds.
 *
 * Runs in:  intake and the command line.
 * Source:   doc/life-of-a-message.md, "Read"; doc/process-model.md
 */
#ifndef DAEMON_READER_H
#define DAEMON_READER_H

#include "daemon/parser.h"
#include "daemon/settings.h"

typedef struct DaemonReader DaemonReader;

/* words:    reads every mail; owned from now on.
 * pictures: reads again what holds pictures, or NULL: they are left to people; owned. */
DaemonReader *daemon_reader_new(DaemonParser *words, DaemonParser *pictures);
void daemon_reader_free(DaemonReader *reader); /* ends its processes */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonReader, daemon_reader_free)

/* A reader with the limits of the settings; its processes start when they are needed.
 *
 * definitions: from daemon_parser_definitions(), or NULL: those of the settings; borrowed.
 *
 * Errors: DAEMON_ERROR_FILE, a form definition cannot be read. */
bool daemon_reader_open(const DaemonSettings *settings, GBytes *definitions,
                        DaemonReader **out_reader, GError **error);

/* Read one mail and wait for it.  What cannot be read is said in the findings, and held.
 *
 * raw:          the mail as received; borrowed.
 * out_findings: set on success; the caller frees.
 *
 * Errors: DAEMON_ERROR_SYSTEM, no parser can be started at all. */
bool daemon_reader_read(DaemonReader *reader, GBytes *raw, ParsersFindings **out_findings,
                        GError **error);

/* The same in steps, for a loop that keeps several readers busy.  Start one mail; wait until
 * daemon_reader_fd() is readable or daemon_reader_deadline() has passed; then go on, until there
 * are findings.
 *
 * mail:         referenced.
 * id:           of the mail, for the log, or NULL: nothing is logged; borrowed until it is read.
 * out_findings: set to the findings, or to NULL while the mail is read once more.
 *
 * Errors: DAEMON_ERROR_SYSTEM, as above; the mail is forgotten. */
bool daemon_reader_start(DaemonReader *reader, const char *id, DaemonMemoryFile *mail,
                         GError **error);
bool daemon_reader_go_on(DaemonReader *reader, ParsersFindings **out_findings, GError **error);
int daemon_reader_fd(const DaemonReader *reader); /* to poll for reading; -1 when idle */
gint64
daemon_reader_deadline(const DaemonReader *reader); /* microseconds, g_get_monotonic_time() */

/* End the program that reads pictures when none has come for some time; for a loop, now and then.
 * now: g_get_monotonic_time(). */
void daemon_reader_rest(DaemonReader *reader, gint64 now);

/* Findings for a mail that could not be read, with the reason for staff; the caller frees. */
ParsersFindings *daemon_reader_unreadable(const char *reason);

#endif
