/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli-health.c - "postern health": whether everything goes as it should.
 *
 * Runs in:  command line, as an account that may read the spool and its key.
 * Source:   doc/review.md, "Health"
 */
#include "config.h"

#include <stdio.h>

#include "daemon/cli.h"
#include "daemon/health.h"

static void
print_row(const DaemonHealthRow *row, bool json)
{
    if (json)
        daemon_cli_print_json(json_pack("{s:s, s:s, s:s}", "check", row->what, "state",
                                        daemon_health_word(row->state), "says", row->says));
    else
        printf("%-8s %s: %s\n", daemon_health_word(row->state), row->what, row->says);
}

int
daemon_cli_health(const DaemonCliOptions *options)
{
    g_autoptr(DaemonSettings) settings = NULL;
    g_autoptr(SpoolDb) db = NULL;
    g_autoptr(TemplatesCalendar) calendar = NULL;
    g_autoptr(GPtrArray) rows = NULL;
    g_autoptr(GError) error = NULL;
    DaemonHealthState worst = DAEMON_HEALTH_GOOD;

    if (!daemon_cli_open(options, &settings, &db, &error) ||
        !templates_calendar_load(settings->templates, settings->timezone,
                                 (const char *const *)settings->closures, &calendar, &error) ||
        !daemon_health_get(&(const DaemonHealthWith){settings, db, calendar, SPOOL_OVERVIEW_ALL},
                           &rows, &error))
        return daemon_cli_fail(error);
    for (guint i = 0; i < rows->len; i++) {
        const DaemonHealthRow *row = rows->pdata[i];

        print_row(row, options->json);
        worst = MAX(worst, row->state);
    }
    return worst >= DAEMON_HEALTH_LOOK ? DAEMON_CLI_NO : DAEMON_CLI_DONE;
}
