/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/start.h - everything that must be right before the first mail is touched.
 *
 * Runs in:  the supervisor at start; the command line's check-config.
 * Source:   doc/architecture.md
 */
#ifndef DAEMON_START_H
#define DAEMON_START_H

#include "daemon/settings.h"
#include "parsers/definition.h"

/* Warn when the holiday file ends in less than this, microseconds. */
#define DAEMON_START_HOLIDAYS_WARN (G_GINT64_CONSTANT(60) * 86400 * G_USEC_PER_SEC)

/* Check keys, passwords, certificates' files, templates, form definitions and the parser program.
 * What is only unwise is logged as a warning: a secret that others may read, holidays that end.
 * Errors: of any domain; the text names what is wrong and what to do. */
bool daemon_start_check(const DaemonSettings *settings, GError **error);

/* Load and check all form definitions.  Errors: PARSERS_ERROR_DEFINITION with file and line. */
bool daemon_start_definitions(const DaemonSettings *settings, ParsersDefinitions **out_definitions,
                              GError **error);

#endif
