/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/doc-field.c - legacy form fields of a Word binary file into spans.
 *
 * Of every other field only the result is text; its instruction is never seen.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-DOC] 2.8.25, 2.9.78, 2.9.157
 */
#include "config.h"

#include "parsers/doc-field.h"

#include <string.h>

#include "parsers/normalise.h"

enum {
    FIELDS_MAX = 64,        /* open at once */
    ENTRIES_MAX = 500,      /* of one drop-down list */
    TEXT_MAX = 1024,        /* characters of a name or a prompt */
    INSTRUCTION_MAX = 64,   /* bytes: the first word is enough */
    RESULT_IS_PRESET = 25,  /* Word's number for "nobody touched it" */
    DATA_HEADER_BYTES = 68, /* before the description proper */
};

typedef enum {
    KIND_OTHER,
    KIND_TEXT,
    KIND_BOX,
    KIND_LIST,
    KIND_SHAPE, /* a picture of the shape, for readers that know no shapes */
} Kind;

typedef struct {
    Kind kind;
    bool visible;
    bool in_result;
    bool emitted;
    bool described;
    guint chosen; /* number of an entry; of a box, 0 or 1 */
    char *name;
    char *help;
    char *status;
    char *answer; /* of a list */
    GString *instruction;
    GString *text;
    guint flags;
    bool any_flags;
} Field;

struct ParsersDocFields {
    ParsersRtfFlow *flow;
    const ParsersLimits *limits;
    GPtrArray *open; /* Field, the innermost last */
    guint too_many;  /* inside one another, passed over */
};

static void
free_field(gpointer data)
{
    Field *field = data;

    g_free(field->name);
    g_free(field->help);
    g_free(field->status);
    g_free(field->answer);
    g_string_free(field->instruction, TRUE);
    g_string_free(field->text, TRUE);
    g_free(field);
}

ParsersDocFields *
parsers_doc_field_new(ParsersRtfFlow *flow, const ParsersLimits *limits)
{
    ParsersDocFields *fields = g_new0(ParsersDocFields, 1);

    fields->flow = flow;
    fields->limits = limits;
    fields->open = g_ptr_array_new_with_free_func(free_field);
    return fields;
}

void
parsers_doc_field_free(ParsersDocFields *fields)
{
    if (fields == NULL)
        return;
    g_ptr_array_unref(fields->open);
    g_free(fields);
}

static Field *
top_field(const ParsersDocFields *fields)
{
    return fields->open->len == 0 ? NULL : g_ptr_array_index(fields->open, fields->open->len - 1);
}

bool
parsers_doc_field_is_open(const ParsersDocFields *fields)
{
    return fields->open->len > 0;
}

/* The text field that takes text now: the innermost one of the first n whose result is read. */
static Field *
active_field(const ParsersDocFields *fields, guint n)
{
    for (guint i = n; i > 0; i--) {
        Field *field = g_ptr_array_index(fields->open, i - 1);

        if (field->kind == KIND_TEXT && field->in_result)
            return field;
    }
    return NULL;
}

/* Whether text here is an instruction, or the picture of a state which the field itself tells. */
static bool
hides(const ParsersDocFields *fields)
{
    for (guint i = 0; i < fields->open->len; i++) {
        const Field *field = g_ptr_array_index(fields->open, i);

        if (!field->in_result || (field->kind != KIND_OTHER && field->kind != KIND_TEXT))
            return true;
    }
    return false;
}

/* ---- Spans ---- */

static ParsersSpan
make_span(const Field *field, ParsersSpanKind kind)
{
    return (ParsersSpan){.kind = kind,
                         .flags = field->flags,
                         .text = (char *)"",
                         .label = field->help != NULL ? field->help : field->status,
                         .name = field->name};
}

/* An empty text field shows five en spaces.  Text that equals the field's default is an answer all
 * the same: LibreOffice writes every answer as the default, too. */
static void
emit_text(ParsersDocFields *fields, Field *field)
{
    ParsersSpan span = make_span(field, PARSERS_SPAN_CONTROL);

    if (parsers_normalise_is_blank(field->text->str))
        span.flags |= PARSERS_SPAN_PLACEHOLDER;
    else
        span.text = field->text->str;
    if (field->visible)
        parsers_rtf_flow_span(fields->flow, &span);
    field->emitted = true;
    field->any_flags = false;
    field->flags = 0;
    g_string_truncate(field->text, 0);
}

static void
emit_choice(ParsersDocFields *fields, const Field *field)
{
    const bool box = field->kind == KIND_BOX;
    ParsersSpan span = make_span(field, box ? PARSERS_SPAN_CHECKBOX : PARSERS_SPAN_CONTROL);

    if (box) {
        span.flags |= field->chosen != 0 ? PARSERS_SPAN_CHECKED : 0;
    } else {
        span.flags |= PARSERS_SPAN_LIST;
        if (field->answer != NULL && !parsers_normalise_is_blank(field->answer))
            span.text = field->answer;
        else
            span.flags |= PARSERS_SPAN_PLACEHOLDER;
    }
    if (field->visible)
        parsers_rtf_flow_span(fields->flow, &span);
}

/* What waits in the innermost text field of the first n becomes a span. */
static void
flush_outer(ParsersDocFields *fields, guint n)
{
    Field *field = active_field(fields, n);

    if (field != NULL && field->text->len > 0)
        emit_text(fields, field);
}

void
parsers_doc_field_flush(ParsersDocFields *fields)
{
    flush_outer(fields, fields->open->len);
}

/* ---- Reading ---- */

void
parsers_doc_field_begin(ParsersDocFields *fields, bool visible)
{
    Field *field = NULL;

    if (fields->open->len >= FIELDS_MAX) {
        fields->too_many++;
        return;
    }
    field = g_new0(Field, 1);
    field->visible = visible;
    field->instruction = g_string_new(NULL);
    field->text = g_string_new(NULL);
    g_ptr_array_add(fields->open, field);
}

static void
learn_kind(Field *field)
{
    if (strstr(field->instruction->str, "FORMTEXT") != NULL)
        field->kind = KIND_TEXT;
    else if (strstr(field->instruction->str, "FORMCHECKBOX") != NULL)
        field->kind = KIND_BOX;
    else if (strstr(field->instruction->str, "FORMDROPDOWN") != NULL)
        field->kind = KIND_LIST;
    else if (g_str_has_prefix(field->instruction->str, " SHAPE "))
        field->kind = KIND_SHAPE;
}

void
parsers_doc_field_separate(ParsersDocFields *fields)
{
    Field *field = top_field(fields);

    if (field == NULL || fields->too_many > 0 || field->in_result)
        return;
    learn_kind(field);
    field->in_result = true;
}

void
parsers_doc_field_end(ParsersDocFields *fields)
{
    Field *field = top_field(fields);

    if (fields->too_many > 0) {
        fields->too_many--;
        return;
    }
    if (field == NULL)
        return;
    parsers_doc_field_separate(fields);
    if (field->kind == KIND_TEXT || field->kind == KIND_BOX || field->kind == KIND_LIST)
        flush_outer(fields, fields->open->len - 1);
    if (field->kind == KIND_TEXT && (!field->emitted || field->text->len > 0))
        emit_text(fields, field);
    else if (field->kind == KIND_BOX || field->kind == KIND_LIST)
        emit_choice(fields, field);
    g_ptr_array_set_size(fields->open, (gint)fields->open->len - 1);
}

bool
parsers_doc_field_take(ParsersDocFields *fields, const char *text, gsize length, guint flags)
{
    Field *top = top_field(fields);
    Field *field = NULL;

    if (top == NULL)
        return false;
    if (!top->in_result && top->instruction->len + length <= INSTRUCTION_MAX)
        g_string_append_len(top->instruction, text, (gssize)length);
    if (hides(fields))
        return true;
    field = active_field(fields, fields->open->len);
    if (field == NULL)
        return false;
    if (field->text->len + length <= fields->limits->document_text_bytes)
        g_string_append_len(field->text, text, (gssize)length);
    field->flags = field->any_flags ? field->flags & flags : flags;
    field->any_flags = true;
    return true;
}

/* ---- The description ---- */

/* A string after its length; with a NUL behind it when closed. */
static char *
take_string(ParsersOctets data, gsize *at, bool closed)
{
    const gsize length = parsers_octets_u16(data, *at);
    GString *text = g_string_new(NULL);

    parsers_octets_append_utf16(data, *at + 2, MIN(length, (gsize)TEXT_MAX), text);
    *at += 2 + 2 * length + (closed ? 2 : 0);
    if (text->len > 0)
        return g_string_free(text, FALSE);
    g_string_free(text, TRUE);
    return NULL;
}

/* Only the entry that was chosen is of interest. */
static void
take_entry(ParsersOctets data, gsize at, Field *field)
{
    const guint n = MIN(parsers_octets_u16(data, at + 2), (guint)ENTRIES_MAX);

    if (field->chosen >= n)
        return;
    at += 6;
    for (guint i = 0; i < field->chosen; i++)
        at += 2 + 2 * (gsize)parsers_octets_u16(data, at);
    field->answer = take_string(data, &at, false);
}

static void
take_description(ParsersOctets data, Field *field)
{
    const guint bits = parsers_octets_u16(data, 4);
    const guint type = bits & 3; /* text, box, list */
    const guint result = bits >> 2 & 0x1F;
    gsize at = 10;

    field->name = take_string(data, &at, true);
    if (type == 0)
        g_free(take_string(data, &at, true));
    else
        field->chosen = result == RESULT_IS_PRESET ? parsers_octets_u16(data, at) : result;
    at += type == 0 ? 0 : 2;
    g_free(take_string(data, &at, true));
    field->help = take_string(data, &at, true);
    field->status = take_string(data, &at, true);
    g_free(take_string(data, &at, true));
    g_free(take_string(data, &at, true));
    if (type == 2)
        take_entry(data, at, field);
}

void
parsers_doc_field_describe(ParsersDocFields *fields, ParsersOctets data)
{
    const guint32 length = parsers_octets_u32(data, 0);
    Field *field = top_field(fields);
    ParsersOctets description = {0};

    if (field == NULL || fields->too_many > 0 || field->described)
        return;
    learn_kind(field);
    if (field->kind == KIND_OTHER || length < DATA_HEADER_BYTES ||
        !parsers_octets_slice(data, DATA_HEADER_BYTES, length - DATA_HEADER_BYTES, &description))
        return;
    field->described = true;
    take_description(description, field);
}
