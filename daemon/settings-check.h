/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/settings-check.h - settings that are right or wrong only together with others.
 *
 * Runs in:  every role, when the settings are read.
 * Source:   doc/settings.md
 */
#ifndef DAEMON_SETTINGS_CHECK_H
#define DAEMON_SETTINGS_CHECK_H

#include "daemon/settings.h"

/* Check language, consultation-hours, duty-address and the staff pages, and read the areas of the
 * template folder into settings.
 *
 * path: of the settings file, for errors; borrowed.
 *
 * Errors: DAEMON_ERROR_SETTINGS; those of templates_areas_load() and templates_domains_load(). */
bool daemon_settings_check(const char *path, DaemonSettings *settings, GError **error);

/* What only the daemon needs; "examine" works without.  Errors: DAEMON_ERROR_SETTINGS. */
bool daemon_settings_check_complete(const char *path, const DaemonSettings *settings,
                                    GError **error);

/* Whether a mailbox or the relay takes its tokens from the group [oauth name]. */
bool daemon_settings_uses_oauth(const DaemonSettings *settings, const char *name);

#endif
