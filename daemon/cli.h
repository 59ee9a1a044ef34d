/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli.h - the commands of "postern", and what they share.
 *
 * Exit codes: 0 done; 1 the answer is no; 2 wrong use; 3 could not be done.
 *
 * Runs in:  command line.
 * Source:   the contract, "Commands"; postern(1)
 */
#ifndef DAEMON_CLI_H
#define DAEMON_CLI_H

#include "daemon/explain.h"
#include "spool/db.h"

enum { DAEMON_CLI_DONE = 0, DAEMON_CLI_NO = 1, DAEMON_CLI_USAGE = 2, DAEMON_CLI_FAILED = 3 };

/* What every command may be told; filled in from its arguments. */
typedef struct {
    char *config;
    char *mailbox;
    char *received;
    char *at;
    char *area;
    char *since;
    char *list;
    char *action;
    char *output;
    char *done;   /* a task's id */
    char *reason; /* what was done */
    char *format;
    char *roles; /* of an account */
    char *shown; /* its name as colleagues know it */
    bool json;
    bool verify;
    bool html;
    bool yes;     /* go on in spite of warnings */
    char **names; /* the arguments that are no options; NULL-terminated */
} DaemonCliOptions;

typedef int DaemonCliRun(const DaemonCliOptions *options);

/* One function for each command; each is in the file that its name says. */
DaemonCliRun daemon_cli_account;
DaemonCliRun daemon_cli_consultation;
DaemonCliRun daemon_cli_examine;
DaemonCliRun daemon_cli_explain;
DaemonCliRun daemon_cli_list;
DaemonCliRun daemon_cli_replay;
DaemonCliRun daemon_cli_show;
DaemonCliRun daemon_cli_raw;
DaemonCliRun daemon_cli_pdf;
DaemonCliRun daemon_cli_outbox;
DaemonCliRun daemon_cli_preview;
DaemonCliRun daemon_cli_tasks;
DaemonCliRun daemon_cli_audit;
DaemonCliRun daemon_cli_health;
DaemonCliRun daemon_cli_check_config;
DaemonCliRun daemon_cli_settings;
DaemonCliRun daemon_cli_make_key;
DaemonCliRun daemon_cli_forms;

/* Say what went wrong on standard error and give the exit code for it. */
int daemon_cli_fail(const GError *error);

/* One JSON object on a line of standard output; takes the reference. */
void daemon_cli_print_json(json_t *json);

/* The settings named by --config, else /etc/postern/postern.conf. */
bool daemon_cli_settings_load(const DaemonCliOptions *options, bool for_daemon,
                              DaemonSettings **out_settings, GError **error);

/* The settings named by --config, else the built-in ones; what only the daemon needs may lack. */
bool daemon_cli_settings_or_embedded(const DaemonCliOptions *options, DaemonSettings **out_settings,
                                     GError **error);

/* The spool of the settings, opened with their master key. */
bool daemon_cli_open(const DaemonCliOptions *options, DaemonSettings **out_settings,
                     SpoolDb **out_db, GError **error);

/* A stranger's text made safe for a terminal: control characters, escape sequences and marks that
 * change the direction of writing become visible.  The caller frees. */
char *daemon_cli_plain(const char *text);

/* A moment as RFC 3339 UTC; the caller frees. */
char *daemon_cli_time(gint64 at);

/* Such a moment from a text, microseconds UTC; now when text is NULL.
 * Errors: DAEMON_ERROR_SETTINGS, it is no time. */
bool daemon_cli_time_parse(const char *text, gint64 *out_at, GError **error);

#endif
