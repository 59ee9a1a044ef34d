/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/postern.c - the command line: one table of commands.
 *
 * Runs in:  command line, as the person who calls it.
 * Source:   the contract, "Commands"; postern(1)
 */
#include "config.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "daemon/cli.h"
#include "daemon/log.h"

/* clang-format off */
static const struct {
    const char *name;
    DaemonCliRun *run;
    guint min_names, max_names;
    const char *arguments;
    const char *meaning;
} commands[] = {
    { "examine",      daemon_cli_examine,      0, G_MAXUINT, "FILE.eml...", "say what would be done with each mail and why; changes nothing" },
    { "list",         daemon_cli_list,         0, 0, "",          "list the mails in the spool, newest first" },
    { "show",         daemon_cli_show,         1, 1, "REF",       "show one record with its answers and where they were read" },
    { "explain",      daemon_cli_explain,      1, 1, "REF",       "say in plain words why a mail was treated and answered as it was" },
    { "raw",          daemon_cli_raw,          1, 1, "REF",       "write the mail as it was received to standard output" },
    { "pdf",          daemon_cli_pdf,          1, 1, "REF",       "write the record as PDF (--output FILE, else standard output)" },
    { "outbox",       daemon_cli_outbox,       0, 0, "",          "list the replies and what became of them" },
    { "preview",      daemon_cli_preview,      1, 1, "TEMPLATE",  "show a reply as somebody would get it (--at TIME, --html)" },
    { "replay",       daemon_cli_replay,       0, 0, "",          "compare what was done with what would be done now (--since DATE)" },
    { "consultation", daemon_cli_consultation, 1, 2, "new|list|show REF", "enter a No Named consultation from standard input; list or show them" },
    { "tasks",        daemon_cli_tasks,        0, 0, "",          "list what only a person can put right (--done ID --reason TEXT closes one)" },
    { "health",       daemon_cli_health,       0, 0, "",          "exit 0 if everything goes as it should; else 1, and what does not" },
    { "audit",        daemon_cli_audit,        0, 0, "--verify",  "check that the audit log is whole" },
    { "account",      daemon_cli_account,      1, 2, "list|new|...", "who may use the staff pages: list; new, password, reset, unlock, change, disable NAME" },
    { "forms",        daemon_cli_forms,        1, G_MAXUINT, "check|try|blank", "look over a form's definition, try it on documents, make a blank form" },
    { "check-config", daemon_cli_check_config, 0, 0, "",          "exit 0 if posternd would start with these settings" },
    { "settings",     daemon_cli_settings,     0, 0, "",          "print the reference of all settings" },
    { "make-key",     daemon_cli_make_key,     1, 1, "FILE",      "make a new master key" },
};
/* clang-format on */

static const char exits[] = "Exit codes: 0 done; 1 the answer is no; 2 wrong use; 3 could not be "
                            "done, with the reason.";

static void
usage(FILE *out)
{
    fputs("Usage: postern COMMAND [OPTION...] [ARGUMENT...]\n\nCommands:\n", out);
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
        fprintf(out, "  %-13s %-12s %s\n", commands[i].name, commands[i].arguments,
                commands[i].meaning);
    fprintf(out, "\n\"postern COMMAND --help\" tells the options of a command.\n%s\n", exits);
}

static gsize
find_command(const char *name)
{
    gsize i = 0;

    while (i < G_N_ELEMENTS(commands) && !g_str_equal(commands[i].name, name))
        i++;
    return i;
}

static bool
parse_options(gsize command, int argc, char **argv, DaemonCliOptions *options, GError **error)
{
    gboolean json = FALSE, verify = FALSE, html = FALSE, yes = FALSE;
    const GOptionEntry entries[] = {
        {"config", 'c', 0, G_OPTION_ARG_FILENAME, &options->config, "settings file", "FILE"},
        {"json", 'j', 0, G_OPTION_ARG_NONE, &json, "print JSON, one object a line", NULL},
        {"mailbox", 'm', 0, G_OPTION_ARG_STRING, &options->mailbox, "only, or as in, this mailbox",
         "NAME"},
        {"received", 0, 0, G_OPTION_ARG_STRING, &options->received,
         "examine: when the server received it (RFC 3339)", "TIME"},
        {"at", 0, 0, G_OPTION_ARG_STRING, &options->at, "preview: when it is sent (RFC 3339)",
         "TIME"},
        {"area", 0, 0, G_OPTION_ARG_STRING, &options->area,
         "preview: as if home and workplace were there (areas.json)", "NAME"},
        {"since", 0, 0, G_OPTION_ARG_STRING, &options->since, "replay: mails received from then",
         "DATE"},
        {"html", 0, 0, G_OPTION_ARG_NONE, &html, "preview: the HTML part", NULL},
        {"list", 0, 0, G_OPTION_ARG_FILENAME, &options->list,
         "examine: a JSON Lines file of {\"file\", \"mailbox\", \"received\"}", "LIST"},
        {"action", 'a', 0, G_OPTION_ARG_STRING, &options->action, "list: only this action",
         "ACTION"},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
         "pdf, preview, forms blank: write here", "FILE"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &options->format, "forms blank: docx, pdf or txt",
         "FORMAT"},
        {"done", 0, 0, G_OPTION_ARG_STRING, &options->done, "tasks: close this one", "ID"},
        {"reason", 0, 0, G_OPTION_ARG_STRING, &options->reason, "tasks: what was done", "TEXT"},
        {"roles", 0, 0, G_OPTION_ARG_STRING, &options->roles,
         "account: reviewer, manager, auditor, administrator", "ROLES"},
        {"shown", 0, 0, G_OPTION_ARG_STRING, &options->shown, "account: as colleagues know them",
         "NAME"},
        {"yes", 'y', 0, G_OPTION_ARG_NONE, &yes,
         "consultation new: enter it though it seems to name somebody", NULL},
        {"verify", 0, 0, G_OPTION_ARG_NONE, &verify, "audit: walk the whole chain", NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->names, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autofree char *title =
        g_strdup_printf("%s - %s", commands[command].arguments, commands[command].meaning);
    g_autofree char *program = g_strdup_printf("postern %s", commands[command].name);
    GOptionContext *context = g_option_context_new(title);
    bool good;

    g_set_prgname(program);
    g_option_context_add_main_entries(context, entries, NULL);
    g_option_context_set_description(context, exits);
    good = g_option_context_parse(context, &argc, &argv, error);
    g_option_context_free(context);
    options->json = json;
    options->verify = verify;
    options->html = html;
    options->yes = yes;
    return good;
}

static void
clear_options(DaemonCliOptions *options)
{
    g_free(options->config);
    g_free(options->mailbox);
    g_free(options->received);
    g_free(options->at);
    g_free(options->area);
    g_free(options->since);
    g_free(options->list);
    g_free(options->action);
    g_free(options->output);
    g_free(options->done);
    g_free(options->reason);
    g_free(options->format);
    g_free(options->roles);
    g_free(options->shown);
    g_strfreev(options->names);
}

static int
run_command(gsize command, int argc, char **argv)
{
    DaemonCliOptions options = {0};
    g_autoptr(GError) error = NULL;
    guint names;
    int code = DAEMON_CLI_USAGE;

    if (!parse_options(command, argc, argv, &options, &error)) {
        fprintf(stderr, "postern %s: %s\n", commands[command].name, error->message);
        clear_options(&options);
        return code;
    }
    names = options.names != NULL ? g_strv_length(options.names) : 0;
    if (names < commands[command].min_names || names > commands[command].max_names)
        fprintf(stderr, "postern %s: say: postern %s %s\n", commands[command].name,
                commands[command].name, commands[command].arguments);
    else
        code = commands[command].run(&options);
    clear_options(&options);
    return code;
}

int
main(int argc, char **argv)
{
    gsize command;

    setlocale(LC_ALL, "");
    daemon_log_role("postern");
    if (argc < 2 || g_str_equal(argv[1], "--help") || g_str_equal(argv[1], "-h")) {
        usage(argc < 2 ? stderr : stdout);
        return argc < 2 ? DAEMON_CLI_USAGE : DAEMON_CLI_DONE;
    }
    if (g_str_equal(argv[1], "--version")) {
        puts(PACKAGE_STRING);
        return DAEMON_CLI_DONE;
    }
    command = find_command(argv[1]);
    if (command == G_N_ELEMENTS(commands)) {
        fprintf(stderr, "postern: there is no command \"%s\"; see postern --help\n", argv[1]);
        return DAEMON_CLI_USAGE;
    }
    return run_command(command, argc - 1, argv + 1);
}
