/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/findings.c - making, asking and freeing findings.
 *
 * Texts are never NULL and arrays never absent, so nobody has to ask.
 *
 * Runs in:  postern-parser, intake and command line.
 * Source:   doc/architecture.md; doc/contract.md for the words of a kind
 */
#include "config.h"

#include "parsers/findings.h"

#include <string.h>

#include "parsers/foreign.h"

static const char *const kind_names[PARSERS_N_KINDS] = {
    [PARSERS_KIND_PERSON] = "person",     [PARSERS_KIND_AUTO_REPLY] = "auto-reply",
    [PARSERS_KIND_BOUNCE] = "bounce",     [PARSERS_KIND_LIST] = "list",
    [PARSERS_KIND_CALENDAR] = "calendar", [PARSERS_KIND_REPORT] = "report",
    [PARSERS_KIND_SPAM] = "spam",         [PARSERS_KIND_ENCRYPTED] = "encrypted",
};

/* ---- structs ---- */

static void
signal_free(gpointer data)
{
    ParsersSignal *signal = data;

    g_free(signal->name);
    g_free(signal->evidence);
    g_free(signal);
}

static void
auth_free(gpointer data)
{
    ParsersAuth *auth = data;

    g_free(auth->authserv_id);
    g_free(auth->method);
    g_free(auth->result);
    g_free(auth->domain);
    g_free(auth);
}

static void
field_destroy(gpointer data)
{
    parsers_field_free(data);
}

static void
form_destroy(gpointer data)
{
    parsers_form_free(data);
}

static void
part_destroy(gpointer data)
{
    parsers_part_free(data);
}

ParsersFindings *
parsers_findings_new(void)
{
    ParsersFindings *findings = g_new0(ParsersFindings, 1);
    char **texts[] = {
        &findings->message_id,   &findings->subject,     &findings->date,
        &findings->from_address, &findings->from_name,   &findings->sender_address,
        &findings->reply_to,     &findings->return_path, &findings->text,
        &findings->signature,    &findings->quoted,
    };
    GPtrArray **strings[] = {
        &findings->recipients,   &findings->delivered_to, &findings->in_reply_to,
        &findings->original_ids, &findings->references,   &findings->warnings,
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = g_strdup("");
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        *strings[i] = g_ptr_array_new_with_free_func(g_free);
    findings->auth = g_ptr_array_new_with_free_func(auth_free);
    findings->signals = g_ptr_array_new_with_free_func(signal_free);
    findings->forms = g_ptr_array_new_with_free_func(form_destroy);
    findings->parts = g_ptr_array_new_with_free_func(part_destroy);
    findings->foreign = parsers_foreign_list_new();
    return findings;
}

void
parsers_findings_free(ParsersFindings *findings)
{
    if (findings == NULL)
        return;

    char *texts[] = {
        findings->message_id,  findings->subject,   findings->date,   findings->from_address,
        findings->from_name,   findings->reply_to,  findings->text,   findings->sender_address,
        findings->return_path, findings->signature, findings->quoted,
    };
    GPtrArray *arrays[] = {
        findings->recipients, findings->delivered_to, findings->in_reply_to, findings->original_ids,
        findings->references, findings->warnings,     findings->auth,        findings->signals,
        findings->forms,      findings->parts,        findings->foreign,
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_ptr_array_unref(arrays[i]);
    g_free(findings);
}

void
parsers_findings_add_signal(ParsersFindings *findings, const char *name, const char *evidence)
{
    ParsersSignal *signal = g_new0(ParsersSignal, 1);

    signal->name = g_strdup(name);
    signal->evidence = g_strdup(evidence != NULL ? evidence : "");
    g_ptr_array_add(findings->signals, signal);
}

const char *
parsers_findings_signal(const ParsersFindings *findings, const char *name)
{
    for (guint i = 0; i < findings->signals->len; i++) {
        const ParsersSignal *signal = g_ptr_array_index(findings->signals, i);

        if (strcmp(signal->name, name) == 0)
            return signal->evidence;
    }
    return NULL;
}

const char *
parsers_form_value(const ParsersForm *form, const char *key)
{
    for (guint i = 0; i < form->fields->len; i++) {
        const ParsersField *field = g_ptr_array_index(form->fields, i);

        if (strcmp(field->key, key) == 0)
            return field->value;
    }
    return NULL;
}

ParsersForm *
parsers_form_new(void)
{
    ParsersForm *form = g_new0(ParsersForm, 1);

    form->form = g_strdup("");
    form->source = g_strdup("");
    form->format = g_strdup("");
    form->fields = g_ptr_array_new_with_free_func(field_destroy);
    form->missing = g_ptr_array_new_with_free_func(g_free);
    form->others = g_ptr_array_new_with_free_func(field_destroy);
    return form;
}

void
parsers_form_free(ParsersForm *form)
{
    if (form == NULL)
        return;
    g_free(form->form);
    g_free(form->source);
    g_free(form->format);
    g_ptr_array_unref(form->fields);
    g_ptr_array_unref(form->missing);
    g_ptr_array_unref(form->others);
    g_free(form);
}

ParsersField *
parsers_field_new(const char *key, const char *value, const char *raw, const char *place,
                  double confidence)
{
    ParsersField *field = g_new0(ParsersField, 1);

    field->key = g_strdup(key != NULL ? key : "");
    field->value = g_strdup(value != NULL ? value : "");
    field->raw = g_strdup(raw != NULL ? raw : "");
    field->place = g_strdup(place != NULL ? place : "");
    field->confidence = confidence;
    return field;
}

void
parsers_field_free(ParsersField *field)
{
    if (field == NULL)
        return;
    g_free(field->key);
    g_free(field->value);
    g_free(field->raw);
    g_free(field->place);
    g_free(field);
}

ParsersPart *
parsers_part_new(void)
{
    ParsersPart *part = g_new0(ParsersPart, 1);

    part->name = g_strdup("");
    part->declared = g_strdup("");
    part->type = g_strdup("");
    part->sha256 = g_strdup("");
    part->problem = g_strdup("");
    return part;
}

void
parsers_part_free(ParsersPart *part)
{
    if (part == NULL)
        return;
    g_free(part->name);
    g_free(part->declared);
    g_free(part->type);
    g_free(part->sha256);
    g_free(part->problem);
    g_free(part);
}

const char *
parsers_kind_name(ParsersKind kind)
{
    return kind < PARSERS_N_KINDS ? kind_names[kind] : "person";
}
