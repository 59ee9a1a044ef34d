/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli-explain.c - "postern explain": why a mail was treated as it was, in plain words.
 *
 * Told from what was stored with the decision: nothing is decided or read anew.
 *
 * Runs in:  command line, as an account that may read the spool and its key.
 * Source:   doc/deciding.md
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "daemon/cli.h"
#include "daemon/explain-words.h"
#include "spool/outbox.h"
#include "spool/record.h"

static json_t *
reasons_of(const SpoolListing *listing)
{
    json_t *stored =
        listing->reasons_json != NULL ? json_loads(listing->reasons_json, 0, NULL) : NULL;

    return stored != NULL ? stored : json_array();
}

/* The stored reasons, each with its sentence. */
static json_t *
why_json(const SpoolListing *listing)
{
    g_autoptr(json_t) stored = reasons_of(listing);
    json_t *why = json_array();

    for (gsize i = 0; i < json_array_size(stored); i++) {
        const json_t *reason = json_array_get(stored, i);
        const char *rule = json_string_value(json_object_get(reason, "rule"));
        const char *words = daemon_explain_words_rule(rule);
        json_t *evidence = json_object_get(reason, "evidence");

        json_array_append_new(
            why, json_pack("{s:s?, s:s, s:O?}", "rule", rule, "words",
                           words != NULL ? words : "A rule that this version does not know.",
                           "evidence", evidence));
    }
    return why;
}

static json_t *
reply_json(const SpoolOutboxRow *row)
{
    g_autofree char *queued = daemon_cli_time(row->queued);
    g_autofree char *updated = daemon_cli_time(row->updated);

    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s?}", "template", row->template, "queued", queued,
                     "state", row->state, "updated", updated, "words",
                     daemon_explain_words_reply(row->state), "bounce", row->bounce);
}

static json_t *
attached_json(const SpoolListing *listing)
{
    g_autofree char *received = daemon_cli_time(listing->received);

    return json_pack("{s:I, s:s, s:o}", "id", (json_int_t)listing->id, "received", received, "why",
                     why_json(listing));
}

static json_t *
explain_json(const SpoolRecord *record, const GPtrArray *replies)
{
    const SpoolListing *listing = record->listing;
    g_autofree char *received = daemon_cli_time(listing->received);
    g_autofree char *decided = listing->decided != 0 ? daemon_cli_time(listing->decided) : NULL;
    json_t *sent = json_array(), *attached = json_array();

    for (guint i = 0; i < replies->len; i++)
        json_array_append_new(sent, reply_json(replies->pdata[i]));
    for (guint i = 0; i < record->attached->len; i++)
        json_array_append_new(attached, attached_json(record->attached->pdata[i]));
    return json_pack("{s:I, s:s?, s:s?, s:s, s:s?, s:s?, s:s, s:s, s:o, s:o, s:o}", "id",
                     (json_int_t)listing->id, "reference", listing->reference, "mailbox",
                     listing->mailbox, "received", received, "decided", decided, "action",
                     listing->action, "outcome", daemon_explain_words_action(listing->action),
                     "writer", daemon_explain_words_sender(listing->sender), "why",
                     why_json(listing), "replies", sent, "attached", attached);
}

static const char *
text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text != NULL ? text : "";
}

static void
print_why(const json_t *why, const char *indent)
{
    for (gsize i = 0; i < json_array_size(why); i++) {
        const json_t *reason = json_array_get(why, i);
        g_autofree char *evidence = daemon_cli_plain(text_at(reason, "evidence"));

        printf("%s- %s [%s%s%s]\n", indent, text_at(reason, "words"), text_at(reason, "rule"),
               evidence[0] != '\0' ? ": " : "", evidence);
    }
}

static void
print_replies(const json_t *replies)
{
    puts(json_array_size(replies) > 0 ? "\nReplies:" : "\nNo reply was sent to it.");
    for (gsize i = 0; i < json_array_size(replies); i++) {
        const json_t *reply = json_array_get(replies, i);

        if (g_str_equal(text_at(reply, "template"), SPOOL_OUTBOX_ALERT))
            printf("  - An alert to whoever is on duty was queued on %s. %s (%s)\n",
                   text_at(reply, "queued"), text_at(reply, "words"), text_at(reply, "updated"));
        else
            printf("  - The %s reply was queued on %s. %s (%s)\n", text_at(reply, "template"),
                   text_at(reply, "queued"), text_at(reply, "words"), text_at(reply, "updated"));
    }
}

static void
print_attached(const json_t *attached)
{
    if (json_array_size(attached) > 0)
        puts("\nFiled with it later:");
    for (gsize i = 0; i < json_array_size(attached); i++) {
        const json_t *mail = json_array_get(attached, i);

        printf("  Mail %" JSON_INTEGER_FORMAT ", received on %s:\n",
               json_integer_value(json_object_get(mail, "id")), text_at(mail, "received"));
        print_why(json_object_get(mail, "why"), "    ");
    }
}

static void
print_plainly(const json_t *told)
{
    const char *reference = text_at(told, "reference");

    printf("Mail %" JSON_INTEGER_FORMAT "%s%s came to the mailbox %s on %s.\n%s",
           json_integer_value(json_object_get(told, "id")), reference[0] != '\0' ? ", " : "",
           reference, text_at(told, "mailbox"), text_at(told, "received"),
           text_at(told, "outcome"));
    if (json_is_string(json_object_get(told, "action"))) {
        printf(" %s (%s)\n\nWhy:\n", text_at(told, "writer"), text_at(told, "decided"));
        print_why(json_object_get(told, "why"), "  ");
    } else {
        putchar('\n');
    }
    print_replies(json_object_get(told, "replies"));
    print_attached(json_object_get(told, "attached"));
}

int
daemon_cli_explain(const DaemonCliOptions *options)
{
    g_autoptr(DaemonSettings) settings = NULL;
    g_autoptr(SpoolDb) db = NULL;
    g_autoptr(SpoolRecord) record = NULL;
    g_autoptr(GPtrArray) replies = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(json_t) told = NULL;

    if (!daemon_cli_open(options, &settings, &db, &error) ||
        !spool_record_get(db, options->names[0], &record, &error) ||
        !spool_outbox_of_mail(db, record->listing->id, &replies, &error))
        return daemon_cli_fail(error);
    told = explain_json(record, replies);
    g_assert(told != NULL);
    if (options->json)
        daemon_cli_print_json(json_incref(told));
    else
        print_plainly(told);
    return DAEMON_CLI_DONE;
}
