/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli.c - what the commands of "postern" share.
 *
 * Runs in:  command line.
 * Source:   the contract, "Commands"; postern(1)
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "daemon/cli.h"
#include "daemon/record-json.h"
#include "daemon/safe-text.h"
#include "daemon/spool-account.h"

#define DEFAULT_CONFIG "/etc/postern/postern.conf"

int
daemon_cli_fail(const GError *error)
{
    g_autofree char *text = daemon_cli_plain(error->message);

    fprintf(stderr, "postern: %s\n", text);
    if (g_error_matches(error, SPOOL_ERROR, SPOOL_ERROR_NOT_FOUND))
        return DAEMON_CLI_NO;
    return DAEMON_CLI_FAILED;
}

void
daemon_cli_print_json(json_t *json)
{
    /* ASCII: a letter that turns the line round or hides in it must not reach a terminal. */
    char *line = json_dumps(json, JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_ENSURE_ASCII);

    puts(line);
    free(line);
    json_decref(json);
}

bool
daemon_cli_settings_load(const DaemonCliOptions *options, bool for_daemon,
                         DaemonSettings **out_settings, GError **error)
{
    const char *path = options->config != NULL ? options->config : DEFAULT_CONFIG;

    return daemon_settings_load(path, for_daemon, out_settings, error);
}

bool
daemon_cli_settings_or_embedded(const DaemonCliOptions *options, DaemonSettings **out_settings,
                                GError **error)
{
    if (options->config != NULL)
        return daemon_settings_load(options->config, false, out_settings, error);
    *out_settings = daemon_settings_embedded();
    return true;
}

bool
daemon_cli_open(const DaemonCliOptions *options, DaemonSettings **out_settings, SpoolDb **out_db,
                GError **error)
{
    g_autoptr(DaemonSettings) settings = NULL;

    if (!daemon_cli_settings_load(options, true, &settings, error) ||
        !daemon_spool_account_open(settings, out_db, error))
        return false;
    *out_settings = g_steal_pointer(&settings);
    return true;
}

char *
daemon_cli_plain(const char *text)
{
    return daemon_safe_line(text, G_MAXUINT);
}

char *
daemon_cli_time(gint64 at)
{
    return daemon_record_json_time(at);
}

bool
daemon_cli_time_parse(const char *text, gint64 *out_at, GError **error)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) time = text != NULL ? g_date_time_new_from_iso8601(text, utc) : NULL;

    if (text == NULL)
        *out_at = g_get_real_time();
    else if (time == NULL)
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "\"%s\" is not a time such as 2024-03-05T10:00:00Z", text);
    else
        *out_at = g_date_time_to_unix(time) * G_USEC_PER_SEC + g_date_time_get_microsecond(time);
    return true;
}
