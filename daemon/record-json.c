/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/record-json.c - a record as JSON, the same wherever it goes.
 *
 * Runs in:  command line, staff pages.
 * Source:   postern(1); doc/review.md, "Getting it out"
 */
#include "config.h"

#include "daemon/record-json.h"

char *
daemon_record_json_time(gint64 at)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);

    return time != NULL ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup("");
}

/* NULL becomes JSON null. */
static json_t *
text_or_null(const char *text)
{
    return text != NULL ? json_string(text) : json_null();
}

json_t *
daemon_record_json_listing(const SpoolListing *row)
{
    g_autofree char *received = daemon_record_json_time(row->received);
    g_autofree char *decided = row->decided != 0 ? daemon_record_json_time(row->decided) : NULL;
    json_t *reasons = row->reasons_json != NULL ? json_loads(row->reasons_json, 0, NULL) : NULL;
    json_t *object = json_object();

    json_object_set_new(object, "id", json_integer(row->id));
    json_object_set_new(object, "reference", text_or_null(row->reference));
    json_object_set_new(object, "mailbox", text_or_null(row->mailbox));
    json_object_set_new(object, "received", json_string(received));
    json_object_set_new(object, "decided", text_or_null(decided));
    json_object_set_new(object, "state", text_or_null(row->state));
    json_object_set_new(object, "action", text_or_null(row->action));
    json_object_set_new(object, "reply", text_or_null(row->reply));
    json_object_set_new(object, "reply_state",
                        json_string(row->reply_state != NULL ? row->reply_state : "none"));
    json_object_set_new(object, "kind", text_or_null(row->kind));
    json_object_set_new(object, "sender", text_or_null(row->sender));
    json_object_set_new(object, "form", text_or_null(row->form));
    json_object_set_new(object, "urgent", json_boolean(row->urgent));
    json_object_set_new(object, "reasons", reasons != NULL ? reasons : json_array());
    return object;
}

static json_t *
field_json(const SpoolField *field)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:f, s:i, s:s, s:i}", "key", field->key, "value",
                     field->value, "raw", field->raw, "place", field->place, "confidence",
                     field->confidence, "version", (int)field->version, "author", field->author,
                     "form", (int)field->form);
}

static json_t *
form_json(const SpoolForm *form)
{
    return json_pack("{s:s, s:s, s:s, s:b, s:s}", "form", form->form, "source", form->source,
                     "format", form->format, "blank", form->blank, "missing", form->missing);
}

json_t *
daemon_record_json(const SpoolRecord *record)
{
    json_t *object = daemon_record_json_listing(record->listing);
    json_t *fields = json_array(), *forms = json_array(), *attached = json_array();
    json_t *examined =
        record->findings_json != NULL ? json_loads(record->findings_json, 0, NULL) : NULL;

    for (guint i = 0; i < record->forms->len; i++)
        json_array_append_new(forms, form_json(record->forms->pdata[i]));
    for (guint i = 0; i < record->fields->len; i++)
        json_array_append_new(fields, field_json(record->fields->pdata[i]));
    for (guint i = 0; i < record->attached->len; i++)
        json_array_append_new(attached, daemon_record_json_listing(record->attached->pdata[i]));
    json_object_set_new(object, "forms", forms);
    json_object_set_new(object, "fields", fields);
    json_object_set_new(object, "attached", attached);
    json_object_set_new(object, "examined", examined != NULL ? examined : json_null());
    return object;
}
