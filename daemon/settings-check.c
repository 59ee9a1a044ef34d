/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/settings-check.c - settings that are right or wrong only together with others.
 *
 * Runs in:  every role, when the settings are read.
 * Source:   doc/settings.md
 */
#include "config.h"

#include <string.h>

#include "daemon/case.h"
#include "daemon/settings-check.h"
#include "templates/reply.h"

/* It becomes the name of a folder and a field of a mail.  Source: RFC 5646 section 2.1 */
static bool
is_language(const char *language)
{
    return g_regex_match_simple("\\A[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\\z", language, 0, 0);
}

/* An alert that came to ourselves would be a mail to decide about. */
static bool
check_duty_address(const char *path, const DaemonSettings *settings, GError **error)
{
    const char *duty = settings->duty_address;

    if (duty == NULL)
        return true;
    if (!templates_reply_address_ok(duty))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "%s: [service] duty-address must be one bare address, such as "
                            "duty@example.org",
                            path);
    if (daemon_case_is_own_address(settings, duty))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "%s: [service] duty-address is one of our own mailboxes: alerts must "
                            "go where a person sees them at once",
                            path);
    return true;
}

bool
daemon_settings_check(const char *path, DaemonSettings *settings, GError **error)
{
    if (!is_language(settings->language))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "%s: [service] language must be the name of a subfolder of mails, such "
                            "as en or cy",
                            path);
    return check_duty_address(path, settings, error) &&
           templates_areas_load(settings->templates, &settings->areas, error);
}
