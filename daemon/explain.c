/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/explain.c - findings and decision as the JSON of the contract.
 *
 * Runs in:  intake (kept with the record), command line (printed).
 * Source:   the contract, "Dry run"
 */
#include "config.h"

#include "daemon/explain.h"

static json_t *
strings(const GPtrArray *texts)
{
    json_t *array = json_array();

    for (guint i = 0; i < texts->len; i++)
        json_array_append_new(array, json_string(texts->pdata[i]));
    return array;
}

static json_t *
fields_by_key(const GPtrArray *fields)
{
    json_t *object = json_object();

    for (guint i = 0; i < fields->len; i++) {
        const ParsersField *field = fields->pdata[i];

        json_object_set_new(object, field->key, json_string(field->value));
    }
    return object;
}

/* Where each answer stood and how sure it is; keys beyond the contract's. */
static json_t *
places_by_key(const GPtrArray *fields)
{
    json_t *object = json_object();

    for (guint i = 0; i < fields->len; i++) {
        const ParsersField *field = fields->pdata[i];

        json_object_set_new(object, field->key,
                            json_pack("{s:s, s:s, s:f}", "place", field->place, "raw", field->raw,
                                      "confidence", field->confidence));
    }
    return object;
}

static json_t *
form_json(const ParsersForm *form)
{
    return json_pack("{s:s, s:s, s:s, s:b, s:o, s:o, s:o, s:o}", "form", form->form, "source",
                     form->source, "format", form->format, "blank", form->blank, "fields",
                     fields_by_key(form->fields), "missing", strings(form->missing), "places",
                     places_by_key(form->fields), "others", fields_by_key(form->others));
}

static const char *
part_state_name(ParsersPartState state)
{
    static const char *const names[] = {"read",    "evidence",    "decoration", "locked",
                                        "damaged", "unsupported", "limit"};

    return names[state];
}

static json_t *
part_json(const ParsersPart *part)
{
    return json_pack("{s:s, s:s, s:I, s:s, s:s, s:s}", "name", part->name, "type", part->type,
                     "size", (json_int_t)MIN(part->size, (guint64)G_MAXINT64), "sha256",
                     part->sha256, "state", part_state_name(part->state), "problem", part->problem);
}

static json_t *
signals_json(const GPtrArray *signals)
{
    json_t *array = json_array();

    for (guint i = 0; i < signals->len; i++) {
        const ParsersSignal *signal = signals->pdata[i];

        json_array_append_new(
            array, json_pack("{s:s, s:s}", "signal", signal->name, "evidence", signal->evidence));
    }
    return array;
}

json_t *
daemon_explain_reasons(const DaemonDecision *decision)
{
    json_t *array = json_array();

    for (guint i = 0; i < decision->reasons->len; i++) {
        const DaemonReason *reason = decision->reasons->pdata[i];

        json_array_append_new(
            array, json_pack("{s:s, s:s}", "rule", reason->rule, "evidence", reason->evidence));
    }
    return array;
}

static json_t *
optional(const char *text)
{
    return text != NULL ? json_string(text) : json_null();
}

json_t *
daemon_explain_json(const char *file, const ParsersFindings *findings,
                    const DaemonDecision *decision)
{
    json_t *object = json_object();
    json_t *forms = json_array(), *parts = json_array();

    for (guint i = 0; i < findings->forms->len; i++)
        json_array_append_new(forms, form_json(findings->forms->pdata[i]));
    for (guint i = 0; i < findings->parts->len; i++)
        json_array_append_new(parts, part_json(findings->parts->pdata[i]));
    if (file != NULL)
        json_object_set_new(object, "file", json_string(file));
    json_object_set_new(object, "action", json_string(daemon_action_name(decision->action)));
    json_object_set_new(object, "reply", json_string(daemon_reply_name(decision->reply)));
    json_object_set_new(object, "kind", json_string(parsers_kind_name(findings->kind)));
    json_object_set_new(object, "sender", json_string(daemon_writer_name(decision->sender)));
    json_object_set_new(object, "urgent", json_boolean(decision->urgent));
    json_object_set_new(object, "alert", json_boolean(decision->alert));
    json_object_set_new(object, "variant", optional(decision->variant));
    json_object_set_new(object, "home_area", optional(decision->area.home));
    json_object_set_new(object, "work_area", optional(decision->area.work));
    json_object_set_new(object, "reasons", daemon_explain_reasons(decision));
    json_object_set_new(object, "signals", signals_json(findings->signals));
    json_object_set_new(object, "forms", forms);
    json_object_set_new(object, "parts", parts);
    json_object_set_new(object, "warnings", strings(findings->warnings));
    return object;
}

char *
daemon_explain_dump(const json_t *json)
{
    return json_dumps(json, JSON_COMPACT | JSON_PRESERVE_ORDER);
}
