/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/conversion.h - all the documents of one mail that must be converted to be read.
 *
 * Runs in:  intake and the command line.
 * Source:   doc/process-model.md, "Converters"
 */
#ifndef DAEMON_CONVERSION_H
#define DAEMON_CONVERSION_H

#include "daemon/parser.h"
#include "parsers/findings.h"

typedef struct DaemonConversion DaemonConversion;

/* Start with what the findings ask for; NULL when they ask for nothing.  The caller frees.
 *
 * findings: of the first reading; taken.  allowed: the settings let documents be converted.
 * pictures: somebody reads pictures; otherwise there is no use in converting them. */
DaemonConversion *daemon_conversion_new(ParsersFindings **findings, bool allowed, bool pictures);
void daemon_conversion_free(DaemonConversion *conversion); /* ends a converter that still runs */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonConversion, daemon_conversion_free)

/* Go on.  True when all is done; else wait until the descriptor is readable or the deadline
 * (microseconds of g_get_monotonic_time()) has passed, and call it again. */
bool daemon_conversion_step(DaemonConversion *conversion);
int daemon_conversion_fd(const DaemonConversion *conversion);
gint64 daemon_conversion_deadline(const DaemonConversion *conversion);

/* Did the first reading find pictures that it could not read? */
bool daemon_conversion_saw_pictures(const DaemonConversion *conversion);

/* For daemon_parser_set_converted(); NULL when nothing was converted.  The caller unrefs. */
GBytes *daemon_conversion_packed(const DaemonConversion *conversion);

/* The findings of the first reading, for when there is no second one, or it failed for that reason
 * (NULL: none), which is then why nothing was converted.  The caller frees. */
ParsersFindings *daemon_conversion_first(DaemonConversion *conversion, const char *failure);

/* Say in findings, for each document that was not converted, why. */
void daemon_conversion_note(const DaemonConversion *conversion, ParsersFindings *findings);

#endif
