/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/posternd.c - the daemon's main(): settings, checks, then the supervisor.
 *
 * Runs in:  supervisor.
 * Source:   posternd(8)
 */
#include "config.h"

#include <curl/curl.h>
#include <stdio.h>
#include <sys/stat.h>

#include "daemon/disposition.h"
#include "daemon/log.h"
#include "daemon/start.h"
#include "daemon/supervisor.h"

static char *config;
static gboolean foreground, once, version;

static const GOptionEntry entries[] = {
    {"config", 'c', 0, G_OPTION_ARG_FILENAME, &config,
     "settings file (default /etc/postern/postern.conf)", "FILE"},
    {"foreground", 'f', 0, G_OPTION_ARG_NONE, &foreground,
     "stay in the foreground, as posternd always does", NULL},
    {"once", 0, 0, G_OPTION_ARG_NONE, &once,
     "empty the mailboxes, finish and deliver, then exit: 0 if nothing is left over", NULL},
    {"version", 'V', 0, G_OPTION_ARG_NONE, &version, "print the version", NULL},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static bool
parse(int argc, char **argv)
{
    GOptionContext *context = g_option_context_new("- the mail door of a children's service");
    g_autoptr(GError) error = NULL;
    bool good;

    g_option_context_add_main_entries(context, entries, NULL);
    good = g_option_context_parse(context, &argc, &argv, &error);
    g_option_context_free(context);
    if (!good)
        fprintf(stderr, "posternd: %s\n", error->message);
    else if (argc > 1)
        fprintf(stderr, "posternd: \"%s\" is not understood; see posternd --help\n", argv[1]);
    return good && argc == 1;
}

int
main(int argc, char **argv)
{
    g_autoptr(DaemonSettings) settings = NULL;
    g_autoptr(GError) error = NULL;
    const char *advice = NULL;

    daemon_log_role("posternd");
    if (!parse(argc, argv))
        return 2;
    if (version) {
        puts(PACKAGE_STRING);
        return 0;
    }
    umask(0077);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (!daemon_settings_load(config != NULL ? config : "/etc/postern/postern.conf", true,
                              &settings, &error) ||
        !daemon_start_check(settings, &error)) {
        daemon_disposition(error, &advice);
        daemon_log(DAEMON_LOG_ERROR, "-", "%s", error->message);
        return 3;
    }
    return daemon_supervisor_run(settings, once);
}
