/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli-examine.c - "postern examine": what would be done with a mail, and why.
 *
 * Needs no spool, no key and no password, and changes nothing.  The mail is read
 * in the same cage as the daemon's.
 *
 * Runs in:  command line.
 * Source:   the contract, "Dry run"
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "daemon/cli.h"
#include "daemon/reader.h"
#include "spool/message.h"

typedef struct {
    DaemonSettings *settings;
    DaemonReader *reader;
    bool json;
} Examiner;

typedef struct {
    const char *shown; /* as it is named in the output */
    const char *path;
    const char *mailbox;  /* or NULL: the first */
    const char *received; /* RFC 3339, or NULL: now */
} Item;

static bool
find_mailbox(const Examiner *examiner, const char *name, const DaemonMailbox **out_mailbox,
             GError **error)
{
    if (name == NULL && examiner->settings->mailboxes->len > 0)
        *out_mailbox = examiner->settings->mailboxes->pdata[0];
    else
        *out_mailbox = name != NULL ? daemon_settings_mailbox(examiner->settings, name) : NULL;
    if (*out_mailbox == NULL)
        return daemon_throw(error, DAEMON_ERROR_SETTINGS, "the settings name no mailbox \"%s\"",
                            name != NULL ? name : "");
    return true;
}

static bool
load_mail(const char *path, GBytes **out_raw, GError **error)
{
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, error);

    if (file == NULL)
        return false;
    if (g_mapped_file_get_length(file) > SPOOL_MESSAGE_MAX)
        return daemon_throw(error, DAEMON_ERROR_FILE, "%s is larger than %u MiB", path,
                            SPOOL_MESSAGE_MAX >> 20);
    *out_raw = g_mapped_file_get_bytes(file);
    return true;
}

static void
print_plainly(const char *file, const ParsersFindings *findings, const DaemonDecision *decision)
{
    g_autofree char *name = daemon_cli_plain(file);

    printf("%s: %s, reply %s, %s, from %s%s\n", name, daemon_action_name(decision->action),
           daemon_reply_name(decision->reply), parsers_kind_name(findings->kind),
           daemon_writer_name(decision->sender), decision->urgent ? ", URGENT" : "");
    for (guint i = 0; i < decision->reasons->len; i++) {
        const DaemonReason *reason = decision->reasons->pdata[i];
        g_autofree char *evidence = daemon_cli_plain(reason->evidence);

        printf("  because %s: %s\n", reason->rule, evidence);
    }
    for (guint i = 0; i < findings->forms->len; i++) {
        const ParsersForm *form = findings->forms->pdata[i];

        printf("  form %s (%s)%s, %u answers\n", form->form, form->format,
               form->blank ? ", blank" : "", form->fields->len);
        for (guint f = 0; f < form->fields->len; f++) {
            const ParsersField *field = form->fields->pdata[f];
            g_autofree char *value = daemon_cli_plain(field->value);

            printf("    %-28s %s\n", field->key, value);
        }
    }
}

static bool
examine_one(const Examiner *examiner, const Item *item, GError **error)
{
    g_autoptr(GBytes) raw = NULL;
    g_autoptr(ParsersFindings) findings = NULL;
    g_auto(DaemonDecision) decision = {0};
    DaemonCase mail = {.settings = examiner->settings};

    if (!find_mailbox(examiner, item->mailbox, &mail.mailbox, error) ||
        !daemon_cli_time_parse(item->received, &mail.received, error) ||
        !load_mail(item->path, &raw, error) ||
        !daemon_reader_read(examiner->reader, raw, &findings, error))
        return false;
    mail.findings = findings;
    daemon_policy_decide(&mail, &decision);
    if (examiner->json)
        daemon_cli_print_json(daemon_explain_json(item->shown, findings, &decision));
    else
        print_plainly(item->shown, findings, &decision);
    fflush(stdout);
    return true;
}

/* One line of a --list file. */
static bool
examine_line(const Examiner *examiner, const char *folder, const char *line, GError **error)
{
    g_autoptr(json_t) object = json_loads(line, 0, NULL);
    const char *file = json_string_value(json_object_get(object, "file"));
    g_autofree char *path = NULL;
    Item item = {0};

    if (file == NULL)
        return daemon_throw(error, DAEMON_ERROR_FILE, "a line of the list names no \"file\"");
    path = g_path_is_absolute(file) ? g_strdup(file) : g_build_filename(folder, file, NULL);
    item = (Item){file, path, json_string_value(json_object_get(object, "mailbox")),
                  json_string_value(json_object_get(object, "received"))};
    return examine_one(examiner, &item, error);
}

/* A mail that cannot be examined is said on standard error; the others are still examined. */
static int
say(int code, bool good, GError **error)
{
    if (good)
        return code;
    code = daemon_cli_fail(*error);
    g_clear_error(error);
    return code;
}

static int
examine_list(const Examiner *examiner, const char *list)
{
    g_autofree char *text = NULL;
    g_autofree char *folder = g_path_get_dirname(list);
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) lines = NULL;
    int code = DAEMON_CLI_DONE;

    if (!g_file_get_contents(list, &text, NULL, &error))
        return daemon_cli_fail(error);
    lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++)
        if (g_strstrip(lines[i])[0] != '\0')
            code = say(code, examine_line(examiner, folder, lines[i], &error), &error);
    return code;
}

static int
examine_names(const Examiner *examiner, const DaemonCliOptions *options)
{
    g_autoptr(GError) error = NULL;
    int code = DAEMON_CLI_DONE;

    for (guint i = 0; options->names != NULL && options->names[i] != NULL; i++) {
        Item item = {options->names[i], options->names[i], options->mailbox, options->received};

        code = say(code, examine_one(examiner, &item, &error), &error);
    }
    return code;
}

static bool
prepare(const DaemonCliOptions *options, Examiner *examiner, GError **error)
{
    if (!daemon_cli_settings_or_embedded(options, &examiner->settings, error))
        return false;
    examiner->json = options->json;
    return daemon_reader_open(examiner->settings, NULL, &examiner->reader, error);
}

int
daemon_cli_examine(const DaemonCliOptions *options)
{
    Examiner examiner = {0};
    g_autoptr(GError) error = NULL;
    int code;

    if (options->names == NULL && options->list == NULL) {
        fputs("postern examine: name at least one mail, or --list LIST\n", stderr);
        return DAEMON_CLI_USAGE;
    }
    if (!prepare(options, &examiner, &error))
        code = daemon_cli_fail(error);
    else if (options->list != NULL)
        code = examine_list(&examiner, options->list);
    else
        code = examine_names(&examiner, options);
    g_clear_pointer(&examiner.reader, daemon_reader_free);
    g_clear_pointer(&examiner.settings, daemon_settings_free);
    return code;
}
