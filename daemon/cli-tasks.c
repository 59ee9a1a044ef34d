/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli-tasks.c - "postern tasks": what only a person can put right.
 *
 * Runs in:  command line, as an account that may read the spool and its key.
 * Source:   doc/replies.md, "When a reply does not arrive"
 */
#include "config.h"

#include <stdio.h>

#include "daemon/cli.h"
#include "daemon/start.h"
#include "daemon/trouble.h"
#include "spool/task.h"
#include "templates/calendar.h"

#define LIST_MAX 100000

/* clang-format off */
static const struct {
    const char *what;
    const char *meaning;
} meanings[] = {
    { SPOOL_TASK_NOT_TOLD, "the person who wrote has not been told: ring or write to them" },
    { SPOOL_TASK_DUTY_NOT_TOLD, "the alert did not reach whoever is on duty: look at this mail now" },
    { SPOOL_TASK_NOT_EXPORTED, "the case system has not got the record: enter it there by hand, or hand it over again" },
    { SPOOL_TASK_BREAKER,  "too many replies in an hour: those with reply-breaker in postern list were not answered" },
    { "holidays-end",      "the list of bank holidays ends: replace holidays.json" },
};
/* clang-format on */

static const char *
meaning_of(const char *what)
{
    for (gsize i = 0; i < G_N_ELEMENTS(meanings); i++)
        if (g_str_equal(meanings[i].what, what))
            return meanings[i].meaning;
    return "";
}

static void
print_task(const SpoolTask *task, bool json)
{
    g_autofree char *opened = task->opened != 0 ? daemon_cli_time(task->opened) : NULL;
    g_autofree char *number =
        task->id != 0 ? g_strdup_printf("%" G_GINT64_FORMAT, task->id) : g_strdup("-");

    if (!json) {
        printf("%6s  %-14s  %-12s %s%s%s%s\n", number,
               task->reference != NULL ? task->reference : "-", task->what, meaning_of(task->what),
               task->detail[0] != '\0' ? " (" : "", task->detail,
               task->detail[0] != '\0' ? ")" : "");
        return;
    }
    json_t *object = json_pack("{s:s, s:s, s:s, s:s?, s:s?}", "what", task->what, "meaning",
                               meaning_of(task->what), "detail", task->detail, "reference",
                               task->reference, "opened", opened);

    json_object_set_new(object, "id", task->id != 0 ? json_integer(task->id) : json_null());
    json_object_set_new(object, "mail",
                        task->mail_id != 0 ? json_integer(task->mail_id) : json_null());
    json_object_set_new(object, "reply",
                        task->reply_id != 0 ? json_integer(task->reply_id) : json_null());
    daemon_cli_print_json(object);
}

/* What is wrong with a mailbox goes by itself when it is mended. */
static bool
print_troubles(const DaemonSettings *settings, SpoolDb *db, bool json, GError **error)
{
    for (guint m = 0; m < settings->mailboxes->len; m++) {
        const DaemonMailbox *mailbox = settings->mailboxes->pdata[m];
        g_autoptr(GPtrArray) troubles = NULL;

        if (!spool_trouble_list(db, mailbox->name, &troubles, error))
            return false;
        for (guint i = 0; i < troubles->len; i++) {
            const SpoolTrouble *trouble = troubles->pdata[i];
            const char *says = NULL;
            g_autofree char *detail = NULL;

            if (daemon_trouble_judge(trouble, &says) == DAEMON_HEALTH_GOOD)
                continue;
            detail = g_strdup_printf("mailbox %s: %s", mailbox->name, says);
            print_task(
                &(SpoolTask){.what = trouble->what, .detail = detail, .opened = trouble->since},
                json);
        }
    }
    return true;
}

/* Not kept in the spool: it is there as long as the file ends soon. */
static bool
print_holidays(const DaemonSettings *settings, bool json, GError **error)
{
    g_autoptr(TemplatesCalendar) calendar = NULL;
    gint64 ends;

    if (!templates_calendar_load(settings->templates, settings->timezone,
                                 (const char *const *)settings->closures, &calendar, error))
        return false;
    ends = templates_calendar_ends(calendar);
    if (ends > spool_now() + DAEMON_START_HOLIDAYS_WARN)
        return true;
    g_autofree char *detail = daemon_cli_time(ends);
    const SpoolTask task = {.what = (char *)"holidays-end", .detail = detail};

    print_task(&task, json);
    return true;
}

static int
close_task(const DaemonCliOptions *options, SpoolDb *db)
{
    g_autoptr(GError) error = NULL;
    guint64 id = 0;

    if (!g_ascii_string_to_unsigned(options->done, 10, 1, G_MAXINT64, &id, NULL) ||
        options->reason == NULL) {
        fputs("postern tasks: say: postern tasks --done ID --reason \"what was done\"\n", stderr);
        return DAEMON_CLI_USAGE;
    }
    if (!spool_task_close(db, (gint64)id, g_get_user_name(), options->reason, &error))
        return daemon_cli_fail(error);
    return DAEMON_CLI_DONE;
}

int
daemon_cli_tasks(const DaemonCliOptions *options)
{
    g_autoptr(DaemonSettings) settings = NULL;
    g_autoptr(SpoolDb) db = NULL;
    g_autoptr(GPtrArray) tasks = NULL;
    g_autoptr(GError) error = NULL;

    if (!daemon_cli_open(options, &settings, &db, &error))
        return daemon_cli_fail(error);
    if (options->done != NULL)
        return close_task(options, db);
    if (!spool_task_list(db, LIST_MAX, &tasks, &error))
        return daemon_cli_fail(error);
    for (guint i = 0; i < tasks->len; i++)
        print_task(tasks->pdata[i], options->json);
    if (!print_troubles(settings, db, options->json, &error) ||
        !print_holidays(settings, options->json, &error))
        return daemon_cli_fail(error);
    return DAEMON_CLI_DONE;
}
