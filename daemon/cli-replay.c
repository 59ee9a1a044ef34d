/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli-replay.c - "postern replay": what this version and these settings would do otherwise.
 *
 * Stored mails are read and decided again, as by "postern examine", and compared
 * with what was done.  Nothing is written, moved or sent.  A decision that hung
 * on earlier mails is not compared, as the spool now knows later ones too.
 *
 * Runs in:  command line, as an account that may read the spool and its key.
 * Source:   doc/deciding.md
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "daemon/cli.h"
#include "daemon/reader.h"
#include "spool/message.h"
#include "spool/record.h"

#define LIST_MAX 100000
#define DATE_LENGTH 10 /* 2024-03-05 */

typedef struct {
    DaemonSettings *settings;
    SpoolDb *db;
    DaemonReader *reader;
    bool json;
    guint read, differ, left_out, failed;
} Replay;

/* What was done, or would be. */
typedef struct {
    const char *action, *reply, *rule;
} Outcome;

static bool
since(const DaemonCliOptions *options, gint64 *out_at, GError **error)
{
    g_autofree char *midnight = NULL;

    if (options->since == NULL)
        return daemon_throw(error, DAEMON_ERROR_SETTINGS, "say: postern replay --since 2024-03-05");
    if (strlen(options->since) == DATE_LENGTH)
        midnight = g_strconcat(options->since, "T00:00:00Z", NULL);
    return daemon_cli_time_parse(midnight != NULL ? midnight : options->since, out_at, error);
}

/* Did earlier mails have a say in it? */
static bool
hung_on_others(const SpoolListing *row, const json_t *reasons)
{
    static const char *const names[] = {"own-mail-back",
                                        "reply-just-answered",
                                        "reply-too-many",
                                        "reply-too-many-domain",
                                        "reply-breaker",
                                        "reply-bounced-before",
                                        NULL};

    if (g_str_equal(row->action, daemon_action_name(DAEMON_ATTACH)))
        return true;
    for (gsize i = 0; i < json_array_size(reasons); i++) {
        const char *rule = json_string_value(json_object_get(json_array_get(reasons, i), "rule"));

        if (rule != NULL && g_strv_contains(names, rule))
            return true;
    }
    return false;
}

static json_t *
outcome_json(const Outcome *outcome)
{
    return json_pack("{s:s, s:s, s:s}", "action", outcome->action, "reply", outcome->reply, "rule",
                     outcome->rule);
}

static void
print_difference(const Replay *replay, const SpoolListing *row, const Outcome *was,
                 const Outcome *now)
{
    g_autofree char *received = daemon_cli_time(row->received);

    if (replay->json)
        daemon_cli_print_json(json_pack("{s:I, s:s?, s:s, s:o, s:o}", "id", (json_int_t)row->id,
                                        "reference", row->reference, "received", received, "was",
                                        outcome_json(was), "now", outcome_json(now)));
    else
        printf("%6" G_GINT64_FORMAT "  %-14s  %s  %s %s %s -> %s %s %s\n", row->id,
               row->reference != NULL ? row->reference : "-", received, was->action, was->reply,
               was->rule, now->action, now->reply, now->rule);
}

static void
compare(Replay *replay, const SpoolListing *row, const char *rule, const DaemonDecision *decision)
{
    const DaemonReason *first = decision->reasons->pdata[0];
    const Outcome was = {row->action, row->reply, rule};
    const Outcome now = {daemon_action_name(decision->action), daemon_reply_name(decision->reply),
                         first->rule};

    replay->read++;
    if (g_str_equal(was.action, now.action) && g_str_equal(was.reply, now.reply) &&
        g_str_equal(was.rule, now.rule))
        return;
    replay->differ++;
    print_difference(replay, row, &was, &now);
}

static bool
replay_one(Replay *replay, const SpoolListing *row, GError **error)
{
    g_autoptr(GBytes) raw = NULL;
    g_autoptr(ParsersFindings) findings = NULL;
    g_auto(DaemonDecision) decision = {0};
    g_autoptr(json_t) reasons =
        row->reasons_json != NULL ? json_loads(row->reasons_json, 0, NULL) : NULL;
    const char *rule = json_string_value(json_object_get(json_array_get(reasons, 0), "rule"));
    DaemonCase mail = {.settings = replay->settings, .received = row->received};

    mail.mailbox = daemon_settings_mailbox(replay->settings, row->mailbox);
    if (row->action == NULL || row->reply == NULL || rule == NULL || mail.mailbox == NULL ||
        hung_on_others(row, reasons)) {
        replay->left_out++;
        return true;
    }
    if (!spool_message_raw(replay->db, row->id, &raw, error) ||
        !daemon_reader_read(replay->reader, raw, &findings, error))
        return false;
    mail.findings = findings;
    daemon_policy_decide(&mail, &decision);
    compare(replay, row, rule, &decision);
    return true;
}

static void
print_sum(const Replay *replay)
{
    if (replay->json)
        daemon_cli_print_json(json_pack("{s:i, s:i, s:i, s:i}", "read", (int)replay->read, "differ",
                                        (int)replay->differ, "not_compared", (int)replay->left_out,
                                        "failed", (int)replay->failed));
    else
        printf("%u mails read again: %u would be treated otherwise; %u not compared, %u not "
               "readable\n",
               replay->read, replay->differ, replay->left_out, replay->failed);
}

static bool
replay_all(Replay *replay, gint64 from, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;

    if (!spool_record_list(replay->db, NULL, NULL, LIST_MAX, &rows, error))
        return false;
    for (guint i = 0; i < rows->len; i++) {
        const SpoolListing *row = rows->pdata[i];
        g_autoptr(GError) problem = NULL;

        if (row->received < from || replay_one(replay, row, &problem))
            continue;
        replay->failed++;
        daemon_cli_fail(problem);
    }
    print_sum(replay);
    return true;
}

int
daemon_cli_replay(const DaemonCliOptions *options)
{
    Replay replay = {.json = options->json};
    g_autoptr(GError) error = NULL;
    gint64 from = 0;
    int code = DAEMON_CLI_DONE;

    if (!since(options, &from, &error)) {
        daemon_cli_fail(error);
        return DAEMON_CLI_USAGE;
    }
    if (!daemon_cli_open(options, &replay.settings, &replay.db, &error) ||
        !daemon_reader_open(replay.settings, NULL, &replay.reader, &error) ||
        !replay_all(&replay, from, &error))
        code = daemon_cli_fail(error);
    else if (replay.failed > 0)
        code = DAEMON_CLI_FAILED;
    else if (replay.differ > 0)
        code = DAEMON_CLI_NO;
    g_clear_pointer(&replay.reader, daemon_reader_free);
    g_clear_pointer(&replay.db, spool_db_close);
    g_clear_pointer(&replay.settings, daemon_settings_free);
    return code;
}
