/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli-spool.c - "postern list", "show", "raw", "outbox" and "audit".
 *
 * Runs in:  command line, as an account that may read the spool and its key.
 * Source:   the contract, "Commands"
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "daemon/cli.h"
#include "daemon/record-json.h"
#include "spool/audit.h"
#include "spool/outbox.h"
#include "spool/record.h"

#define LIST_MAX 100000

/* NULL becomes JSON null. */
static json_t *
text_or_null(const char *text)
{
    return text != NULL ? json_string(text) : json_null();
}

/* The rule that decided: the first reason. */
static const char *
first_rule(const json_t *listing)
{
    const char *rule = json_string_value(
        json_object_get(json_array_get(json_object_get(listing, "reasons"), 0), "rule"));

    return rule != NULL ? rule : "-";
}

static void
print_listing(const SpoolListing *row)
{
    g_autoptr(json_t) json = daemon_record_json_listing(row);
    g_autofree char *received = daemon_cli_time(row->received);

    printf("%6" G_GINT64_FORMAT "  %-14s  %s  %-13s %-8s %-15s %-9s %s%s\n", row->id,
           row->reference != NULL ? row->reference : "-", received, row->mailbox,
           row->action != NULL ? row->action : "waiting", row->reply != NULL ? row->reply : "-",
           row->reply_state != NULL ? row->reply_state : "-", first_rule(json),
           row->urgent ? "  URGENT" : "");
}

int
daemon_cli_list(const DaemonCliOptions *options)
{
    g_autoptr(DaemonSettings) settings = NULL;
    g_autoptr(SpoolDb) db = NULL;
    g_autoptr(GPtrArray) rows = NULL;
    g_autoptr(GError) error = NULL;

    if (!daemon_cli_open(options, &settings, &db, &error) ||
        !spool_record_list(db, options->action, options->mailbox, LIST_MAX, &rows, &error))
        return daemon_cli_fail(error);
    for (guint i = 0; i < rows->len; i++) {
        if (options->json)
            daemon_cli_print_json(daemon_record_json_listing(rows->pdata[i]));
        else
            print_listing(rows->pdata[i]);
    }
    return DAEMON_CLI_DONE;
}

/* A mail filed with the record, with a warning when somebody else wrote it. */
static void
print_attached(const SpoolListing *row)
{
    print_listing(row);
    if (row->reasons_json != NULL && strstr(row->reasons_json, "\"from-somebody-else\"") != NULL)
        puts("        WARNING: not from the address that sent the first mail");
}

static void
print_record(const SpoolRecord *record)
{
    g_autoptr(json_t) json = daemon_record_json_listing(record->listing);
    const json_t *reasons = json_object_get(json, "reasons");

    print_listing(record->listing);
    for (gsize i = 0; i < json_array_size(reasons); i++) {
        const json_t *reason = json_array_get(reasons, i);
        g_autofree char *evidence =
            daemon_cli_plain(json_string_value(json_object_get(reason, "evidence")));

        printf("  because %s: %s\n", json_string_value(json_object_get(reason, "rule")), evidence);
    }
    for (guint i = 0; i < record->fields->len; i++) {
        const SpoolField *field = record->fields->pdata[i];
        g_autofree char *value = daemon_cli_plain(field->value);
        g_autofree char *place = daemon_cli_plain(field->place);

        printf("  %-28s %s   (%s, %.0f %%%s)\n", field->key, value, place, field->confidence * 100,
               field->version > 1 ? ", corrected" : "");
    }
    for (guint i = 0; i < record->attached->len; i++)
        print_attached(record->attached->pdata[i]);
}

int
daemon_cli_show(const DaemonCliOptions *options)
{
    g_autoptr(DaemonSettings) settings = NULL;
    g_autoptr(SpoolDb) db = NULL;
    g_autoptr(SpoolRecord) record = NULL;
    g_autoptr(GError) error = NULL;

    if (!daemon_cli_open(options, &settings, &db, &error) ||
        !spool_record_get(db, options->names[0], &record, &error))
        return daemon_cli_fail(error);
    if (options->json)
        daemon_cli_print_json(daemon_record_json(record));
    else
        print_record(record);
    return DAEMON_CLI_DONE;
}

/* The mail as JSON can carry it, with what tells that it came through whole. */
static json_t *
raw_json(const SpoolListing *listing, GBytes *raw)
{
    gsize size = 0;
    const guchar *data = g_bytes_get_data(raw, &size);
    g_autofree char *base64 = g_base64_encode(data, size);
    g_autofree char *sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, raw);

    return json_pack("{s:I, s:o, s:I, s:s, s:s}", "id", (json_int_t)listing->id, "reference",
                     text_or_null(listing->reference), "size", (json_int_t)size, "sha256", sha256,
                     "base64", base64);
}

int
daemon_cli_raw(const DaemonCliOptions *options)
{
    g_autoptr(DaemonSettings) settings = NULL;
    g_autoptr(SpoolDb) db = NULL;
    g_autoptr(SpoolRecord) record = NULL;
    g_autoptr(GBytes) raw = NULL;
    g_autoptr(GError) error = NULL;
    gsize size = 0;
    gconstpointer data;

    if (!daemon_cli_open(options, &settings, &db, &error) ||
        !spool_record_get(db, options->names[0], &record, &error) ||
        !spool_message_raw(db, record->listing->id, &raw, &error))
        return daemon_cli_fail(error);
    if (options->json) {
        daemon_cli_print_json(raw_json(record->listing, raw));
        return DAEMON_CLI_DONE;
    }
    data = g_bytes_get_data(raw, &size);
    if (fwrite(data, 1, size, stdout) != size || fflush(stdout) != 0) {
        fputs("postern: standard output could not be written\n", stderr);
        return DAEMON_CLI_FAILED;
    }
    return DAEMON_CLI_DONE;
}

static json_t *
outbox_json(const SpoolOutboxRow *row)
{
    g_autofree char *queued = daemon_cli_time(row->queued);
    g_autofree char *updated = daemon_cli_time(row->updated);
    json_t *object = json_object();

    json_object_set_new(object, "id", json_integer(row->id));
    json_object_set_new(object, "reference", text_or_null(row->reference));
    json_object_set_new(object, "to", text_or_null(row->to));
    json_object_set_new(object, "template", text_or_null(row->template));
    json_object_set_new(object, "state", text_or_null(row->state));
    json_object_set_new(object, "attempts", json_integer(row->attempts));
    json_object_set_new(object, "message_id", text_or_null(row->message_id));
    json_object_set_new(object, "response", text_or_null(row->response));
    json_object_set_new(object, "bounce", text_or_null(row->bounce));
    json_object_set_new(object, "queued", json_string(queued));
    json_object_set_new(object, "updated", json_string(updated));
    return object;
}

static void
print_outbox(const SpoolOutboxRow *row)
{
    g_autofree char *to = daemon_cli_plain(row->to);
    g_autofree char *response = daemon_cli_plain(row->response != NULL ? row->response : "");

    printf("%-14s  %-15s %-9s %2u attempts  %s  %s\n",
           row->reference != NULL ? row->reference : "-", row->template, row->state, row->attempts,
           to, response);
}

int
daemon_cli_outbox(const DaemonCliOptions *options)
{
    g_autoptr(DaemonSettings) settings = NULL;
    g_autoptr(SpoolDb) db = NULL;
    g_autoptr(GPtrArray) rows = NULL;
    g_autoptr(GError) error = NULL;

    if (!daemon_cli_open(options, &settings, &db, &error) ||
        !spool_outbox_list(db, LIST_MAX, &rows, &error))
        return daemon_cli_fail(error);
    for (guint i = 0; i < rows->len; i++) {
        if (options->json)
            daemon_cli_print_json(outbox_json(rows->pdata[i]));
        else
            print_outbox(rows->pdata[i]);
    }
    return DAEMON_CLI_DONE;
}

int
daemon_cli_audit(const DaemonCliOptions *options)
{
    g_autoptr(DaemonSettings) settings = NULL;
    g_autoptr(SpoolDb) db = NULL;
    g_autoptr(GError) error = NULL;
    guint64 count = 0;

    if (!options->verify) {
        fputs("postern audit: say: postern audit --verify\n", stderr);
        return DAEMON_CLI_USAGE;
    }
    if (!daemon_cli_open(options, &settings, &db, &error))
        return daemon_cli_fail(error);
    if (!spool_audit_verify(db, &count, &error)) {
        daemon_cli_fail(error);
        return g_error_matches(error, SPOOL_ERROR, SPOOL_ERROR_AUDIT) ? DAEMON_CLI_NO
                                                                      : DAEMON_CLI_FAILED;
    }
    if (options->json)
        daemon_cli_print_json(json_pack("{s:b, s:I}", "whole", 1, "entries", (json_int_t)count));
    else
        printf("whole: %" G_GUINT64_FORMAT " entries\n", count);
    return DAEMON_CLI_DONE;
}
