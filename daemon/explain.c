/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/explain.c - findings and decision as the JSON of the contract.
 *
 * Runs in:  intake (kept with the record), command line (printed).
 * Source:   the contract, "Dry run"
 */
#include "config.h"

#include "daemon/explain.h"

#include "daemon/json-text.h"

#define USUAL_LENGTH 8192 /* of most */

static void
add_texts(GString *json, const char *key, const GPtrArray *texts)
{
    daemon_json_text_key(json, key);
    daemon_json_text_open(json, '[');
    for (guint i = 0; i < texts->len; i++)
        daemon_json_text_string(json, texts->pdata[i]);
    daemon_json_text_close(json, '[');
}

/* Of two answers to one key, whoever reads the object keeps the last. */
static void
add_fields(GString *json, const char *key, const GPtrArray *fields)
{
    daemon_json_text_key(json, key);
    daemon_json_text_open(json, '{');
    for (guint i = 0; i < fields->len; i++) {
        const ParsersField *field = fields->pdata[i];

        daemon_json_text_key_of(json, field->key);
        daemon_json_text_string(json, field->value);
    }
    daemon_json_text_close(json, '{');
}

/* Where each answer stood and how sure it is; keys beyond the contract's. */
static void
add_places(GString *json, const GPtrArray *fields)
{
    daemon_json_text_key(json, "places");
    daemon_json_text_open(json, '{');
    for (guint i = 0; i < fields->len; i++) {
        const ParsersField *field = fields->pdata[i];

        daemon_json_text_key_of(json, field->key);
        daemon_json_text_open(json, '{');
        daemon_json_text_pair(json, "place", field->place);
        daemon_json_text_pair(json, "raw", field->raw);
        daemon_json_text_key(json, "confidence");
        daemon_json_text_share(json, field->confidence);
        daemon_json_text_close(json, '{');
    }
    daemon_json_text_close(json, '{');
}

static void
add_form(GString *json, const ParsersForm *form)
{
    daemon_json_text_open(json, '{');
    daemon_json_text_pair(json, "form", form->form);
    daemon_json_text_pair(json, "source", form->source);
    daemon_json_text_pair(json, "format", form->format);
    daemon_json_text_key(json, "blank");
    daemon_json_text_bool(json, form->blank);
    add_fields(json, "fields", form->fields);
    add_texts(json, "missing", form->missing);
    add_places(json, form->fields);
    add_fields(json, "others", form->others);
    daemon_json_text_close(json, '{');
}

static const char *
part_state_name(ParsersPartState state)
{
    static const char *const names[] = {"read",    "evidence",    "decoration", "locked",
                                        "damaged", "unsupported", "limit"};

    return names[state];
}

static void
add_part(GString *json, const ParsersPart *part)
{
    daemon_json_text_open(json, '{');
    daemon_json_text_pair(json, "name", part->name);
    daemon_json_text_pair(json, "type", part->type);
    daemon_json_text_key(json, "size");
    daemon_json_text_number(json, MIN(part->size, (guint64)G_MAXINT64)); /* as readers can */
    daemon_json_text_pair(json, "sha256", part->sha256);
    daemon_json_text_pair(json, "state", part_state_name(part->state));
    daemon_json_text_pair(json, "problem", part->problem);
    daemon_json_text_close(json, '{');
}

/* A name and what showed it. */
static void
add_evidence(GString *json, const char *key, const char *name, const char *evidence)
{
    daemon_json_text_open(json, '{');
    daemon_json_text_pair(json, key, name);
    daemon_json_text_pair(json, "evidence", evidence);
    daemon_json_text_close(json, '{');
}

static void
add_reasons(GString *json, const DaemonDecision *decision)
{
    daemon_json_text_open(json, '[');
    for (guint i = 0; i < decision->reasons->len; i++) {
        const DaemonReason *reason = decision->reasons->pdata[i];

        add_evidence(json, "rule", reason->rule, reason->evidence);
    }
    daemon_json_text_close(json, '[');
}

static void
add_decision(GString *json, const ParsersFindings *findings, const DaemonDecision *decision)
{
    daemon_json_text_pair(json, "action", daemon_action_name(decision->action));
    daemon_json_text_pair(json, "reply", daemon_reply_name(decision->reply));
    daemon_json_text_pair(json, "kind", parsers_kind_name(findings->kind));
    daemon_json_text_pair(json, "sender", daemon_writer_name(decision->sender));
    daemon_json_text_key(json, "urgent");
    daemon_json_text_bool(json, decision->urgent);
    daemon_json_text_key(json, "alert");
    daemon_json_text_bool(json, decision->alert);
    daemon_json_text_pair(json, "variant", decision->variant);
    daemon_json_text_pair(json, "home_area", decision->area.home);
    daemon_json_text_pair(json, "work_area", decision->area.work);
    daemon_json_text_key(json, "reasons");
    add_reasons(json, decision);
}

static void
add_findings(GString *json, const ParsersFindings *findings)
{
    daemon_json_text_key(json, "signals");
    daemon_json_text_open(json, '[');
    for (guint i = 0; i < findings->signals->len; i++) {
        const ParsersSignal *signal = findings->signals->pdata[i];

        add_evidence(json, "signal", signal->name, signal->evidence);
    }
    daemon_json_text_close(json, '[');
    daemon_json_text_key(json, "forms");
    daemon_json_text_open(json, '[');
    for (guint i = 0; i < findings->forms->len; i++)
        add_form(json, findings->forms->pdata[i]);
    daemon_json_text_close(json, '[');
    daemon_json_text_key(json, "parts");
    daemon_json_text_open(json, '[');
    for (guint i = 0; i < findings->parts->len; i++)
        add_part(json, findings->parts->pdata[i]);
    daemon_json_text_close(json, '[');
    add_texts(json, "warnings", findings->warnings);
}

char *
daemon_explain_reasons(const DaemonDecision *decision)
{
    GString *json = g_string_new(NULL);

    add_reasons(json, decision);
    return g_string_free(json, FALSE);
}

char *
daemon_explain_text(const char *file, const ParsersFindings *findings,
                    const DaemonDecision *decision)
{
    GString *json = g_string_sized_new(USUAL_LENGTH);

    daemon_json_text_open(json, '{');
    if (file != NULL)
        daemon_json_text_pair(json, "file", file);
    add_decision(json, findings, decision);
    add_findings(json, findings);
    daemon_json_text_close(json, '{');
    return g_string_free(json, FALSE);
}

json_t *
daemon_explain_json(const char *file, const ParsersFindings *findings,
                    const DaemonDecision *decision)
{
    g_autofree char *text = daemon_explain_text(file, findings, decision);

    return json_loads(text, 0, NULL);
}
