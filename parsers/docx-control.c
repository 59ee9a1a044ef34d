/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/docx-control.c - content controls and legacy form fields into spans.
 *
 * A control that still shows its prompt has no answer, whatever text stands in it.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ECMA-376 part 1, 17.5.2 and 17.16; [MS-DOCX] 2.5.3
 */
#include "config.h"

#include "parsers/docx-control.h"

#include <string.h>

#include "parsers/normalise.h"

enum {
    FIELDS_MAX = 64,   /* open at once */
    ENTRIES_MAX = 500, /* of one drop-down list */
};

void
parsers_docx_control_clear(gpointer data)
{
    ParsersDocxControl *control = data;

    g_clear_pointer(&control->label, g_free);
    g_clear_pointer(&control->name, g_free);
    if (control->text != NULL)
        g_string_free(control->text, TRUE);
    control->text = NULL;
}

void
parsers_docx_control_clear_field(gpointer data)
{
    ParsersDocxField *field = data;

    g_clear_pointer(&field->status_text, g_free);
    g_clear_pointer(&field->help_text, g_free);
    g_clear_pointer(&field->entries, g_ptr_array_unref);
    parsers_docx_control_clear(&field->control);
}

static ParsersDocxField *
top_field(const ParsersDocxState *state)
{
    if (state->fields->len == 0)
        return NULL;
    return &g_array_index(state->fields, ParsersDocxField, state->fields->len - 1);
}

static ParsersDocxControl *
top_control(const ParsersDocxState *state)
{
    if (state->controls->len == 0)
        return NULL;
    return &g_array_index(state->controls, ParsersDocxControl, state->controls->len - 1);
}

/* The control that takes text now: the innermost legacy text field, else the content control. */
static ParsersDocxControl *
active_control(const ParsersDocxState *state)
{
    ParsersDocxControl *control = top_control(state);

    for (guint i = state->fields->len; i > 0; i--) {
        ParsersDocxField *field = &g_array_index(state->fields, ParsersDocxField, i - 1);

        if (field->kind == PARSERS_DOCX_FIELD_TEXT && field->in_result)
            return &field->control;
    }
    return control != NULL && control->kind != PARSERS_DOCX_STRUCTURE ? control : NULL;
}

bool
parsers_docx_control_hides(const ParsersDocxState *state)
{
    for (guint i = 0; i < state->fields->len; i++) {
        const ParsersDocxField *field = &g_array_index(state->fields, ParsersDocxField, i);

        if (!field->in_result || field->kind == PARSERS_DOCX_FIELD_BOX ||
            field->kind == PARSERS_DOCX_FIELD_LIST)
            return true;
    }
    return false;
}

void
parsers_docx_control_drop_fields(ParsersDocxState *state, guint n_fields)
{
    if (state->fields->len > n_fields)
        g_array_set_size(state->fields, n_fields);
}

/* Text that equals the default of a legacy field is an answer: LibreOffice writes every answer as
 * the default, too. */
static void
emit(ParsersDocxState *state, ParsersDocxControl *control)
{
    bool blank =
        control->placeholder || (control->legacy && parsers_normalise_is_blank(control->text->str));
    ParsersSpan span = {.kind = PARSERS_SPAN_CONTROL,
                        .flags = control->flags,
                        .text = blank ? (char *)"" : control->text->str,
                        .label = control->label,
                        .name = control->name};

    if (!parsers_docx_body_paragraph(state))
        return;
    if (control->kind == PARSERS_DOCX_BOX) {
        span.kind = PARSERS_SPAN_CHECKBOX;
        span.text = (char *)"";
        span.flags |= control->checked ? PARSERS_SPAN_CHECKED : 0;
    } else {
        span.flags |= blank ? PARSERS_SPAN_PLACEHOLDER : 0;
        span.flags |= control->list ? PARSERS_SPAN_LIST : 0;
    }
    state->failed = !parsers_document_add_span(state->document, &span) || state->failed;
    control->emitted = true;
    control->any_flags = false;
    control->flags = 0;
    g_string_truncate(control->text, 0);
}

bool
parsers_docx_control_take(ParsersDocxState *state, const char *text, gsize length, guint flags)
{
    ParsersDocxControl *control = active_control(state);

    if (control == NULL)
        return false;
    if (control->kind == PARSERS_DOCX_BOX || control->placeholder)
        return true;
    if (control->text->len + length > state->limits->document_text_bytes)
        length = 0; /* the document would refuse it anyway */
    g_string_append_len(control->text, text, (gssize)length);
    control->flags = control->any_flags ? control->flags & flags : flags;
    control->any_flags = true;
    return true;
}

bool
parsers_docx_control_is_box(const ParsersDocxState *state)
{
    const ParsersDocxControl *control = active_control(state);

    return control != NULL && control->kind == PARSERS_DOCX_BOX;
}

void
parsers_docx_control_flush(ParsersDocxState *state)
{
    ParsersDocxControl *control = active_control(state);

    if (control != NULL && control->text->len > 0)
        emit(state, control);
}

/* Make the span of a control where it is due: one for each paragraph with text, at least one. */
static void
settle(ParsersDocxState *state, ParsersDocxControl *control)
{
    if (control->text->len > 0 || !control->emitted)
        emit(state, control);
}

void
parsers_docx_control_end_paragraph(ParsersDocxState *state)
{
    ParsersDocxControl *control = active_control(state);

    if (control != NULL)
        settle(state, control);
}

/* ---- Content controls ---- */

static ParsersXmlNext
start_control(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    guint64 ordinal = parsers_xml_ordinal(element);
    ParsersDocxControl control = {.text = g_string_new(NULL)};

    parsers_docx_control_flush(state);
    if (g_hash_table_contains(state->structures, &ordinal))
        control.kind = PARSERS_DOCX_STRUCTURE;
    g_array_append_val(state->controls, control);
    return PARSERS_XML_ENTER;
}

static void
end_control(gpointer user)
{
    ParsersDocxState *state = user;
    ParsersDocxControl *control = top_control(state);

    /* Only a control inside a paragraph ends where a paragraph is open. */
    if (control->kind != PARSERS_DOCX_STRUCTURE &&
        parsers_docx_body_top(state)->level == PARSERS_DOCX_PARAGRAPH)
        settle(state, control);
    g_array_set_size(state->controls, state->controls->len - 1);
}

static ParsersXmlNext
start_properties(gpointer user, const ParsersXmlElement *element)
{
    ((ParsersDocxState *)user)->in_control_properties = true;
    return PARSERS_XML_ENTER;
}

static void
end_properties(gpointer user)
{
    ((ParsersDocxState *)user)->in_control_properties = false;
}

static void
set_once(char **where, char *owned)
{
    if (*where != NULL || (owned != NULL && *owned == '\0'))
        g_free(owned);
    else
        *where = owned;
}

static ParsersXmlNext
start_property(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    ParsersDocxControl *control = top_control(state);
    const char *name = parsers_xml_name(element);

    if (!state->in_control_properties || control == NULL)
        return PARSERS_XML_ENTER;
    if (strcmp(name, "alias") == 0)
        set_once(&control->label, parsers_xml_attribute(element, PARSERS_XML_W, "val"));
    else if (strcmp(name, "tag") == 0)
        set_once(&control->name, parsers_xml_attribute(element, PARSERS_XML_W, "val"));
    else if (strcmp(name, "showingPlcHdr") == 0)
        control->placeholder = parsers_docx_styles_is_on(element);
    else if (strcmp(name, "dropDownList") == 0 || strcmp(name, "comboBox") == 0)
        control->list = true;
    else if (control->kind == PARSERS_DOCX_ANSWER) /* a group, a gallery, a picture */
        control->kind = PARSERS_DOCX_STRUCTURE;
    return PARSERS_XML_SKIP;
}

static ParsersXmlNext
start_check_box(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    ParsersDocxControl *control = top_control(state);

    if (state->in_control_properties && control != NULL)
        control->kind = PARSERS_DOCX_BOX;
    return PARSERS_XML_ENTER;
}

static ParsersXmlNext
start_checked_state(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    ParsersDocxControl *control = top_control(state);
    g_autofree char *value = parsers_xml_attribute(element, PARSERS_XML_W14, "val");

    if (state->in_control_properties && control != NULL)
        control->checked = value == NULL || strcmp(value, "1") == 0 || strcmp(value, "true") == 0 ||
                           strcmp(value, "on") == 0;
    return PARSERS_XML_ENTER;
}

/* ---- Fields ---- */

static void
begin_field(ParsersDocxState *state)
{
    ParsersDocxField field = {.control = {.legacy = true, .text = g_string_new(NULL)}};

    parsers_docx_control_flush(state);
    g_array_append_val(state->fields, field);
}

static void
emit_check_box(ParsersDocxState *state, const ParsersDocxField *field)
{
    const ParsersSpan span = {.kind = PARSERS_SPAN_CHECKBOX,
                              .flags = field->checked ? PARSERS_SPAN_CHECKED : 0,
                              .text = (char *)"",
                              .label = field->control.label,
                              .name = field->control.name};

    if (parsers_docx_body_paragraph(state))
        state->failed = !parsers_document_add_span(state->document, &span) || state->failed;
}

static void
end_field(ParsersDocxState *state)
{
    ParsersDocxField *field = top_field(state);

    field->control.label =
        g_strdup(field->help_text != NULL ? field->help_text : field->status_text);
    if (field->kind == PARSERS_DOCX_FIELD_TEXT) {
        field->in_result = true;
        settle(state, &field->control);
    } else if (field->kind == PARSERS_DOCX_FIELD_BOX) {
        emit_check_box(state, field);
    } else if (field->kind == PARSERS_DOCX_FIELD_LIST) {
        if (field->entries != NULL && field->chosen < field->entries->len)
            g_string_assign(field->control.text, g_ptr_array_index(field->entries, field->chosen));
        field->control.list = true;
        emit(state, &field->control);
    }
    g_array_set_size(state->fields, state->fields->len - 1);
}

static ParsersXmlNext
start_field_char(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    g_autofree char *type = parsers_xml_attribute(element, PARSERS_XML_W, "fldCharType");

    if (g_strcmp0(type, "begin") == 0 && state->fields->len < FIELDS_MAX)
        begin_field(state);
    else if (g_strcmp0(type, "separate") == 0 && top_field(state) != NULL)
        top_field(state)->in_result = true;
    else if (g_strcmp0(type, "end") == 0 && top_field(state) != NULL)
        end_field(state);
    return PARSERS_XML_ENTER;
}

static ParsersXmlNext
start_field_data(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;

    state->in_field_data = top_field(state) != NULL && !top_field(state)->in_result;
    return state->in_field_data ? PARSERS_XML_ENTER : PARSERS_XML_SKIP;
}

static void
end_field_data(gpointer user)
{
    ((ParsersDocxState *)user)->in_field_data = false;
}

static void
set_field_kind(ParsersDocxField *field, const char *name)
{
    if (strcmp(name, "textInput") == 0)
        field->kind = PARSERS_DOCX_FIELD_TEXT;
    else if (strcmp(name, "checkBox") == 0)
        field->kind = PARSERS_DOCX_FIELD_BOX;
    else if (strcmp(name, "ddList") == 0)
        field->kind = PARSERS_DOCX_FIELD_LIST;
}

/* w:default means something else in each kind of field, and what the person did outweighs it. */
static void
set_default(ParsersDocxField *field, const ParsersXmlElement *element)
{
    if (field->kind == PARSERS_DOCX_FIELD_BOX && !field->checked_given)
        field->checked = parsers_docx_styles_is_on(element);
    else if (field->kind == PARSERS_DOCX_FIELD_LIST && !field->chosen_given)
        field->chosen = parsers_docx_styles_number(element, 0);
}

static void
add_entry(ParsersDocxField *field, const ParsersXmlElement *element)
{
    char *entry = parsers_xml_attribute(element, PARSERS_XML_W, "val");

    if (field->entries == NULL)
        field->entries = g_ptr_array_new_with_free_func(g_free);
    if (field->entries->len >= ENTRIES_MAX)
        g_free(entry);
    else
        g_ptr_array_add(field->entries, entry == NULL ? g_strdup("") : entry);
}

static ParsersXmlNext
start_field_property(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    ParsersDocxField *field = top_field(state);
    const char *name = parsers_xml_name(element);

    if (!state->in_field_data || field == NULL)
        return PARSERS_XML_ENTER;
    set_field_kind(field, name);
    if (strcmp(name, "name") == 0)
        set_once(&field->control.name, parsers_xml_attribute(element, PARSERS_XML_W, "val"));
    else if (strcmp(name, "helpText") == 0)
        set_once(&field->help_text, parsers_xml_attribute(element, PARSERS_XML_W, "val"));
    else if (strcmp(name, "statusText") == 0)
        set_once(&field->status_text, parsers_xml_attribute(element, PARSERS_XML_W, "val"));
    else if (strcmp(name, "default") == 0)
        set_default(field, element);
    else if (strcmp(name, "listEntry") == 0)
        add_entry(field, element);
    else if (strcmp(name, "checked") == 0) {
        field->checked = parsers_docx_styles_is_on(element);
        field->checked_given = true;
    } else if (strcmp(name, "result") == 0) {
        field->chosen = parsers_docx_styles_number(element, 0);
        field->chosen_given = true;
    }
    return PARSERS_XML_ENTER;
}

/* clang-format off */
const ParsersXmlRule parsers_docx_control_rules[] = {
    { PARSERS_XML_W,   "sdt",               start_control,        end_control    },
    { PARSERS_XML_W,   "sdtPr",             start_properties,     end_properties },
    { PARSERS_XML_W,   "alias",             start_property,       NULL           },
    { PARSERS_XML_W,   "tag",               start_property,       NULL           },
    { PARSERS_XML_W,   "showingPlcHdr",     start_property,       NULL           },
    { PARSERS_XML_W,   "dropDownList",      start_property,       NULL           },
    { PARSERS_XML_W,   "comboBox",          start_property,       NULL           },
    { PARSERS_XML_W,   "group",             start_property,       NULL           },
    { PARSERS_XML_W,   "docPartObj",        start_property,       NULL           },
    { PARSERS_XML_W,   "docPartList",       start_property,       NULL           },
    { PARSERS_XML_W,   "picture",           start_property,       NULL           },
    { PARSERS_XML_W14, "checkbox",          start_check_box,      NULL           },
    { PARSERS_XML_W14, "checked",           start_checked_state,  NULL           },
    { PARSERS_XML_W,   "fldChar",           start_field_char,     NULL           },
    { PARSERS_XML_W,   "ffData",            start_field_data,     end_field_data },
    { PARSERS_XML_W,   "name",              start_field_property, NULL           },
    { PARSERS_XML_W,   "helpText",          start_field_property, NULL           },
    { PARSERS_XML_W,   "statusText",        start_field_property, NULL           },
    { PARSERS_XML_W,   "textInput",         start_field_property, NULL           },
    { PARSERS_XML_W,   "checkBox",          start_field_property, NULL           },
    { PARSERS_XML_W,   "ddList",            start_field_property, NULL           },
    { PARSERS_XML_W,   "default",           start_field_property, NULL           },
    { PARSERS_XML_W,   "checked",           start_field_property, NULL           },
    { PARSERS_XML_W,   "result",            start_field_property, NULL           },
    { PARSERS_XML_W,   "listEntry",         start_field_property, NULL           },
};
/* clang-format on */
const gsize parsers_docx_control_n_rules = G_N_ELEMENTS(parsers_docx_control_rules);
