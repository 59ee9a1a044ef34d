/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli-admin.c - "postern check-config", "settings" and "make-key".
 *
 * Runs in:  command line.
 * Source:   the contract, "Commands"
 */
#include "config.h"

#include <stdio.h>

#include "daemon/cli.h"
#include "daemon/secret.h"
#include "daemon/settings-table.h"
#include "daemon/start.h"
#include "templates/file.h"

/* Not refused: they are right for one council. */
static void
warn_of_contacts(const DaemonSettings *settings)
{
    static const char path[] = "mails/contacts.json";
    g_autoptr(GBytes) built_in = NULL, used = NULL;

    if (!g_hash_table_contains(settings->contacts, "lado-phone") &&
        templates_file_get(NULL, path, &built_in, NULL) &&
        templates_file_get(settings->templates, path, &used, NULL) && g_bytes_equal(built_in, used))
        fputs("postern: replies name the telephone numbers that are built in, which are Kent's: "
              "name your own in [contacts]\n",
              stderr);
}

int
daemon_cli_check_config(const DaemonCliOptions *options)
{
    g_autoptr(DaemonSettings) settings = NULL;
    g_autoptr(GError) error = NULL;

    if (!daemon_cli_settings_load(options, true, &settings, &error) ||
        !daemon_start_check(settings, &error)) {
        daemon_cli_fail(error);
        return DAEMON_CLI_NO;
    }
    warn_of_contacts(settings);
    if (options->json)
        daemon_cli_print_json(
            json_pack("{s:b, s:i}", "good", 1, "mailboxes", (int)settings->mailboxes->len));
    else
        printf("good: %u mailboxes\n", settings->mailboxes->len);
    return DAEMON_CLI_DONE;
}

static json_t *
row_json(const DaemonSettingRow *row)
{
    json_t *object = json_pack("{s:s, s:s, s:s?, s:s, s:s}", "group", row->group, "key", row->key,
                               "default", row->preset, "unit", row->unit, "meaning", row->meaning);

    if (row->max > 0) {
        json_object_set_new(object, "min", json_integer(row->min));
        json_object_set_new(object, "max", json_integer(row->max));
    }
    return object;
}

int
daemon_cli_settings(const DaemonCliOptions *options)
{
    g_autofree char *text = daemon_settings_reference();

    if (!options->json)
        fputs(text, stdout);
    for (gsize i = 0; options->json && i < daemon_n_setting_rows; i++)
        daemon_cli_print_json(row_json(&daemon_setting_rows[i]));
    return DAEMON_CLI_DONE;
}

int
daemon_cli_make_key(const DaemonCliOptions *options)
{
    g_autoptr(GError) error = NULL;

    if (!daemon_secret_make_key(options->names[0], &error))
        return daemon_cli_fail(error);
    if (options->json)
        daemon_cli_print_json(json_pack("{s:s}", "made", options->names[0]));
    else
        printf("%s: made; keep a copy away from the spool's backups: without it nothing can be "
               "read\n",
               options->names[0]);
    return DAEMON_CLI_DONE;
}
