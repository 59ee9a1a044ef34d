/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/rtf-field.c - legacy form fields of RTF into spans.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; RTF Specification 1.9.1, "Form Fields"
 */
#include "config.h"

#include "parsers/rtf-state.h"

#include <string.h>

#include "parsers/normalise.h"

enum {
    NAME_MAX_BYTES = 1024, /* of a name or a prompt */
    ENTRIES_MAX = 500,     /* of one drop-down list */
    RESULT_IS_PRESET = 25, /* Word's number for "nobody touched it" */
};

void
parsers_rtf_field_free(gpointer data)
{
    ParsersRtfField *field = data;

    g_string_free(field->name, TRUE);
    g_string_free(field->help, TRUE);
    g_string_free(field->status, TRUE);
    g_string_free(field->text, TRUE);
    g_ptr_array_unref(field->entries);
    g_free(field);
}

static void
free_entry(gpointer data)
{
    g_string_free(data, TRUE);
}

/* The innermost field, or NULL. */
static ParsersRtfField *
top_of(const ParsersRtfState *state)
{
    return state->fields->len == 0 ? NULL
                                   : g_ptr_array_index(state->fields, state->fields->len - 1);
}

static void
begin(ParsersRtfState *state)
{
    ParsersRtfField *field = g_new0(ParsersRtfField, 1);

    parsers_rtf_field_flush(state);
    field->result = -1;
    field->preset = -1;
    field->name = g_string_new(NULL);
    field->help = g_string_new(NULL);
    field->status = g_string_new(NULL);
    field->text = g_string_new(NULL);
    field->entries = g_ptr_array_new_with_free_func(free_entry);
    g_ptr_array_add(state->fields, field);
}

void
parsers_rtf_field_instruct(ParsersRtfState *state, const char *text, gsize length)
{
    ParsersRtfField *field = top_of(state);
    g_autofree char *copy = g_strndup(text, MIN(length, 256));

    if (field == NULL || field->kind != PARSERS_RTF_FIELD_OTHER)
        return;
    if (strstr(copy, "FORMTEXT") != NULL)
        field->kind = PARSERS_RTF_FIELD_TEXT;
    else if (strstr(copy, "FORMCHECKBOX") != NULL)
        field->kind = PARSERS_RTF_FIELD_BOX;
    else if (strstr(copy, "FORMDROPDOWN") != NULL)
        field->kind = PARSERS_RTF_FIELD_LIST;
}

void
parsers_rtf_field_describe(ParsersRtfState *state, ParsersRtfDestination destination,
                           const char *text, gsize length)
{
    ParsersRtfField *field = top_of(state);
    GString *where = NULL;

    if (field == NULL)
        return;
    if (destination == PARSERS_RTF_FIELD_NAME)
        where = field->name;
    else if (destination == PARSERS_RTF_FIELD_HELP)
        where = field->help;
    else if (destination == PARSERS_RTF_FIELD_STATUS)
        where = field->status;
    else if (destination == PARSERS_RTF_FIELD_ENTRY && field->entries->len > 0)
        where = g_ptr_array_index(field->entries, field->entries->len - 1);
    if (where != NULL && where->len + length <= NAME_MAX_BYTES)
        g_string_append_len(where, text, (gssize)length);
}

bool
parsers_rtf_field_take(ParsersRtfState *state, const char *text, gsize length, guint flags)
{
    ParsersRtfField *field = top_of(state);

    if (field == NULL || !field->in_result || field->kind == PARSERS_RTF_FIELD_OTHER)
        return false;
    if (field->kind != PARSERS_RTF_FIELD_TEXT)
        return true; /* a picture of the state, which the field itself tells */
    if (field->text->len + length <= state->limits->document_text_bytes)
        g_string_append_len(field->text, text, (gssize)length);
    field->flags = field->any_flags ? field->flags & flags : flags;
    field->any_flags = true;
    return true;
}

static ParsersSpan
describe(const ParsersRtfField *field, ParsersSpanKind kind)
{
    ParsersSpan span = {.kind = kind, .text = (char *)""};

    if (field->help->len > 0)
        span.label = field->help->str;
    else if (field->status->len > 0)
        span.label = field->status->str;
    span.name = field->name->len > 0 ? field->name->str : NULL;
    return span;
}

/* Text that equals the field's default is an answer: LibreOffice writes every answer as the
 * default, too. */
static void
emit_text(ParsersRtfState *state, ParsersRtfField *field)
{
    ParsersSpan span = describe(field, PARSERS_SPAN_CONTROL);

    span.flags = field->flags;
    if (parsers_normalise_is_blank(field->text->str))
        span.flags |= PARSERS_SPAN_PLACEHOLDER;
    else
        span.text = field->text->str;
    parsers_rtf_flow_span(parsers_rtf_flow(state), &span);
    field->emitted = true;
    field->any_flags = false;
    field->flags = 0;
    g_string_truncate(field->text, 0);
}

void
parsers_rtf_field_flush(ParsersRtfState *state)
{
    ParsersRtfField *field = top_of(state);

    if (field != NULL && field->kind == PARSERS_RTF_FIELD_TEXT && field->text->len > 0)
        emit_text(state, field);
}

static void
emit_choice(ParsersRtfState *state, const ParsersRtfField *field)
{
    bool box = field->kind == PARSERS_RTF_FIELD_BOX;
    ParsersSpan span = describe(field, box ? PARSERS_SPAN_CHECKBOX : PARSERS_SPAN_CONTROL);
    int chosen = field->result;

    if (chosen < 0 || chosen == RESULT_IS_PRESET)
        chosen = MAX(field->preset, 0);
    if (box) {
        span.flags = chosen != 0 ? PARSERS_SPAN_CHECKED : 0;
    } else {
        span.flags = PARSERS_SPAN_LIST;
        if ((guint)chosen < field->entries->len)
            span.text = ((GString *)g_ptr_array_index(field->entries, (guint)chosen))->str;
        if (parsers_normalise_is_blank(span.text)) {
            span.text = (char *)"";
            span.flags |= PARSERS_SPAN_PLACEHOLDER;
        }
    }
    parsers_rtf_flow_span(parsers_rtf_flow(state), &span);
}

void
parsers_rtf_field_end(ParsersRtfState *state)
{
    ParsersRtfField *field = top_of(state);

    if (field->kind == PARSERS_RTF_FIELD_TEXT && (!field->emitted || field->text->len > 0))
        emit_text(state, field);
    else if (field->kind == PARSERS_RTF_FIELD_BOX || field->kind == PARSERS_RTF_FIELD_LIST)
        emit_choice(state, field);
    g_ptr_array_set_size(state->fields, (gint)state->fields->len - 1);
}

/* ---- Control words ---- */

void
parsers_rtf_field_open(ParsersRtfState *state, int argument, bool given, int number)
{
    ParsersRtfGroup *group = parsers_rtf_group(state);

    if (group->opens_field || group->destination != PARSERS_RTF_BODY)
        return;
    group->opens_field = true;
    begin(state);
}

void
parsers_rtf_field_instruction(ParsersRtfState *state, int argument, bool given, int number)
{
    if (top_of(state) != NULL)
        parsers_rtf_group(state)->destination = PARSERS_RTF_INSTRUCTION;
    else
        parsers_rtf_group(state)->destination = PARSERS_RTF_SKIP;
}

void
parsers_rtf_field_result(ParsersRtfState *state, int argument, bool given, int number)
{
    if (top_of(state) != NULL)
        top_of(state)->in_result = true;
}

void
parsers_rtf_field_number(ParsersRtfState *state, int argument, bool given, int number)
{
    ParsersRtfField *field = top_of(state);

    if (field == NULL || parsers_rtf_group(state)->destination != PARSERS_RTF_FORM_FIELD)
        return;
    if (argument == 0)
        field->result = number;
    else if (argument == 1)
        field->preset = number;
    else if (number >= 0 && number <= 2)
        field->kind = (ParsersRtfFieldKind)(PARSERS_RTF_FIELD_TEXT + number);
}

void
parsers_rtf_field_part(ParsersRtfState *state, int argument, bool given, int number)
{
    ParsersRtfField *field = top_of(state);
    ParsersRtfGroup *group = parsers_rtf_group(state);

    if (field == NULL || group->destination != PARSERS_RTF_FORM_FIELD) {
        group->destination = PARSERS_RTF_SKIP;
        return;
    }
    group->destination = (ParsersRtfDestination)argument;
    if (argument != PARSERS_RTF_FIELD_ENTRY)
        return;
    if (field->entries->len < ENTRIES_MAX)
        g_ptr_array_add(field->entries, g_string_new(NULL));
    else
        group->destination = PARSERS_RTF_SKIP;
}
