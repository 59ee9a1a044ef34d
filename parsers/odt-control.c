/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/odt-control.c - form controls, field marks and input fields into spans.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; OpenDocument 1.3 part 3, 7.7 and 13
 */
#include "config.h"

#include "parsers/odt-control.h"

#include <string.h>

#include "parsers/normalise.h"

enum {
    FORMS_MAX = 5000,
    ENTRIES_MAX = 500, /* of one drop-down list */
};

void
parsers_odt_control_init(ParsersOdtState *state)
{
    state->forms =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, parsers_document_span_free);
    state->control.text = g_string_new(NULL);
    state->entries = g_ptr_array_new_with_free_func(g_free);
}

void
parsers_odt_control_clear(ParsersOdtState *state)
{
    g_hash_table_unref(state->forms);
    g_string_free(state->control.text, TRUE);
    g_ptr_array_unref(state->entries);
    g_free(state->control.span.label);
    g_free(state->control.span.name);
}

/* The value of an attribute, or NULL when there is none or it is empty. */
static char *
attribute(const ParsersXmlElement *element, ParsersXmlSpace space, const char *name)
{
    char *value = parsers_xml_attribute(element, space, name);

    if (value != NULL && *value == '\0')
        g_clear_pointer(&value, g_free);
    return value;
}

static bool
is_true(const ParsersXmlElement *element, ParsersXmlSpace space, const char *name)
{
    g_autofree char *value = parsers_xml_attribute(element, space, name);

    return g_strcmp0(value, "true") == 0;
}

/* ---- The open control ---- */

static void
emit(ParsersOdtState *state)
{
    ParsersOdtControl *control = &state->control;
    ParsersSpan span = control->span;

    /* An empty text field shows five en spaces. */
    if (control->in_result && parsers_normalise_is_blank(control->text->str))
        span.flags |= PARSERS_SPAN_PLACEHOLDER;
    span.text = control->text->str;
    if (span.kind == PARSERS_SPAN_CHECKBOX || (span.flags & PARSERS_SPAN_PLACEHOLDER) != 0)
        span.text = (char *)"";
    parsers_odt_body_put(state, &span);
    g_string_truncate(control->text, 0);
}

/* Close the open control; it becomes a span even when it is empty. */
static void
close_control(ParsersOdtState *state)
{
    if (!state->control.open)
        return;
    state->control.open = false;
    emit(state);
    g_clear_pointer(&state->control.span.label, g_free);
    g_clear_pointer(&state->control.span.name, g_free);
}

/* label and name are taken over. */
static void
open_control(ParsersOdtState *state, ParsersSpanKind kind, guint flags, char *label, char *name)
{
    const ParsersSpan span = {.kind = kind, .flags = flags, .label = label, .name = name};

    close_control(state);
    g_free(state->control.span.label);
    g_free(state->control.span.name);
    state->control.span = span;
    state->control.open = true;
    state->control.in_result = false;
}

bool
parsers_odt_control_take(ParsersOdtState *state, const char *text, gsize length)
{
    ParsersOdtControl *control = &state->control;

    if (!control->open)
        return false;
    if (control->text->len + length <= state->limits->document_text_bytes)
        g_string_append_len(control->text, text, (gssize)length);
    return true;
}

void
parsers_odt_control_flush(ParsersOdtState *state)
{
    if (state->control.open && state->control.text->len > 0)
        emit(state);
}

static void
end_control(gpointer user)
{
    close_control(user);
}

/* ---- Fields of the text itself ---- */

static ParsersXmlNext
start_input(gpointer user, const ParsersXmlElement *element)
{
    open_control(user, PARSERS_SPAN_CONTROL, 0, attribute(element, PARSERS_XML_TEXT, "description"),
                 NULL);
    return PARSERS_XML_ENTER;
}

static ParsersXmlNext
start_placeholder(gpointer user, const ParsersXmlElement *element)
{
    open_control(user, PARSERS_SPAN_CONTROL, PARSERS_SPAN_PLACEHOLDER,
                 attribute(element, PARSERS_XML_TEXT, "description"), NULL);
    return PARSERS_XML_ENTER;
}

static ParsersXmlNext
start_drop_down(gpointer user, const ParsersXmlElement *element)
{
    open_control(user, PARSERS_SPAN_CONTROL, PARSERS_SPAN_LIST, NULL,
                 attribute(element, PARSERS_XML_TEXT, "name"));
    return PARSERS_XML_ENTER;
}

static ParsersXmlNext
start_content_control(gpointer user, const ParsersXmlElement *element)
{
    bool box = is_true(element, PARSERS_XML_LOEXT, "checkbox");
    guint flags = 0;

    if (box && is_true(element, PARSERS_XML_LOEXT, "checked"))
        flags |= PARSERS_SPAN_CHECKED;
    if (!box && is_true(element, PARSERS_XML_LOEXT, "showing-place-holder"))
        flags |= PARSERS_SPAN_PLACEHOLDER;
    open_control(user, box ? PARSERS_SPAN_CHECKBOX : PARSERS_SPAN_CONTROL, flags,
                 attribute(element, PARSERS_XML_LOEXT, "alias"),
                 attribute(element, PARSERS_XML_LOEXT, "tag"));
    return PARSERS_XML_ENTER;
}

static ParsersXmlNext
start_list_item(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;

    if (state->control.open)
        state->control.span.flags |= PARSERS_SPAN_LIST;
    return PARSERS_XML_SKIP;
}

/* ---- Field marks: the legacy fields of Word ---- */

static bool
is_mark(const ParsersXmlElement *element, const char *kind)
{
    g_autofree char *type = parsers_xml_attribute(element, PARSERS_XML_FIELD, "type");

    return type != NULL && g_str_has_suffix(type, kind);
}

static ParsersXmlNext
start_mark_start(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;

    if (!is_mark(element, "FORMTEXT"))
        return PARSERS_XML_ENTER;
    open_control(state, PARSERS_SPAN_CONTROL, 0, NULL,
                 attribute(element, PARSERS_XML_TEXT, "name"));
    state->control.in_result = true;
    return PARSERS_XML_ENTER;
}

static ParsersXmlNext
start_mark_end(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;

    if (state->control.in_result)
        close_control(state);
    return PARSERS_XML_ENTER;
}

static ParsersXmlNext
start_mark(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;
    bool box = is_mark(element, "FORMCHECKBOX");

    if (!box && !is_mark(element, "FORMDROPDOWN"))
        return PARSERS_XML_SKIP;
    open_control(state, box ? PARSERS_SPAN_CHECKBOX : PARSERS_SPAN_CONTROL,
                 box ? 0 : PARSERS_SPAN_LIST, NULL, attribute(element, PARSERS_XML_TEXT, "name"));
    g_ptr_array_set_size(state->entries, 0);
    state->chosen = 0;
    state->mark = true;
    return PARSERS_XML_ENTER;
}

static ParsersXmlNext
start_parameter(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;
    g_autofree char *name = parsers_xml_attribute(element, PARSERS_XML_FIELD, "name");
    g_autofree char *value = parsers_xml_attribute(element, PARSERS_XML_FIELD, "value");

    if (!state->mark || name == NULL || value == NULL)
        return PARSERS_XML_ENTER;
    if (g_str_has_suffix(name, "Checkbox_Checked") && strcmp(value, "true") == 0)
        state->control.span.flags |= PARSERS_SPAN_CHECKED;
    else if (g_str_has_suffix(name, "Dropdown_Selected"))
        state->chosen = (guint)MIN(g_ascii_strtoull(value, NULL, 10), G_MAXINT);
    else if (g_str_has_suffix(name, "Dropdown_ListEntry") && state->entries->len < ENTRIES_MAX)
        g_ptr_array_add(state->entries, g_steal_pointer(&value));
    return PARSERS_XML_ENTER;
}

static void
end_mark(gpointer user)
{
    ParsersOdtState *state = user;

    if (state->chosen < state->entries->len)
        g_string_assign(state->control.text, g_ptr_array_index(state->entries, state->chosen));
    state->mark = false;
    close_control(state);
}

/* ---- Form controls: listed first, then drawn where they stand ---- */

static void
read_form_state(ParsersSpan *span, const ParsersXmlElement *element)
{
    const char *kind = parsers_xml_name(element);
    g_autofree char *check = attribute(element, PARSERS_XML_FORM, "current-state");
    bool chosen = is_true(element, PARSERS_XML_FORM, "current-selected");

    if (strcmp(kind, "checkbox") == 0 || strcmp(kind, "radio") == 0)
        span->kind = PARSERS_SPAN_CHECKBOX;
    if (strcmp(kind, "radio") == 0)
        span->flags |= PARSERS_SPAN_RADIO;
    if (strcmp(kind, "listbox") == 0 || strcmp(kind, "combobox") == 0)
        span->flags |= PARSERS_SPAN_LIST;
    if (check == NULL)
        check = attribute(element, PARSERS_XML_FORM, "state");
    if (g_strcmp0(check, "checked") == 0 || chosen)
        span->flags |= PARSERS_SPAN_CHECKED;
    if (span->kind == PARSERS_SPAN_CHECKBOX) {
        span->text = attribute(element, PARSERS_XML_FORM, "label");
    } else {
        span->text = attribute(element, PARSERS_XML_FORM, "current-value");
        if (span->text == NULL)
            span->text = attribute(element, PARSERS_XML_FORM, "value");
    }
}

static ParsersXmlNext
start_form_control(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;
    char *id = attribute(element, PARSERS_XML_FORM, "id");

    if (id == NULL)
        id = attribute(element, PARSERS_XML_OTHER, "id"); /* xml:id */
    if (id == NULL || g_hash_table_size(state->forms) >= FORMS_MAX) {
        g_free(id);
        return PARSERS_XML_SKIP;
    }
    state->form = g_new0(ParsersSpan, 1);
    state->form->kind = PARSERS_SPAN_CONTROL;
    state->form->label = attribute(element, PARSERS_XML_FORM, "title");
    state->form->name = attribute(element, PARSERS_XML_FORM, "name");
    read_form_state(state->form, element);
    g_hash_table_insert(state->forms, id, state->form);
    return PARSERS_XML_ENTER;
}

static void
end_form_control(gpointer user)
{
    ((ParsersOdtState *)user)->form = NULL;
}

static ParsersXmlNext
start_option(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;

    if (state->form != NULL && state->form->text == NULL &&
        is_true(element, PARSERS_XML_FORM, "current-selected"))
        state->form->text = attribute(element, PARSERS_XML_FORM, "label");
    return PARSERS_XML_ENTER;
}

static ParsersXmlNext
start_drawn_control(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;
    g_autofree char *id = parsers_xml_attribute(element, PARSERS_XML_DRAW, "control");
    const ParsersSpan *span = id == NULL ? NULL : g_hash_table_lookup(state->forms, id);

    if (span != NULL)
        parsers_odt_body_put(state, span);
    return PARSERS_XML_SKIP;
}

/* clang-format off */
const ParsersXmlRule parsers_odt_control_rules[] = {
    { PARSERS_XML_TEXT,  "text-input",         start_input,           end_control      },
    { PARSERS_XML_TEXT,  "placeholder",        start_placeholder,     end_control      },
    { PARSERS_XML_TEXT,  "drop-down",          start_drop_down,       end_control      },
    { PARSERS_XML_LOEXT, "content-control",    start_content_control, end_control      },
    { PARSERS_XML_LOEXT, "list-item",          start_list_item,       NULL             },
    { PARSERS_XML_FIELD, "fieldmark-start",    start_mark_start,      NULL             },
    { PARSERS_XML_FIELD, "fieldmark-end",      start_mark_end,        NULL             },
    { PARSERS_XML_FIELD, "fieldmark",          start_mark,            end_mark         },
    { PARSERS_XML_FIELD, "param",              start_parameter,       NULL             },
    { PARSERS_XML_FORM,  "text",               start_form_control,    end_form_control },
    { PARSERS_XML_FORM,  "textarea",           start_form_control,    end_form_control },
    { PARSERS_XML_FORM,  "formatted-text",     start_form_control,    end_form_control },
    { PARSERS_XML_FORM,  "number",             start_form_control,    end_form_control },
    { PARSERS_XML_FORM,  "date",               start_form_control,    end_form_control },
    { PARSERS_XML_FORM,  "time",               start_form_control,    end_form_control },
    { PARSERS_XML_FORM,  "listbox",            start_form_control,    end_form_control },
    { PARSERS_XML_FORM,  "combobox",           start_form_control,    end_form_control },
    { PARSERS_XML_FORM,  "checkbox",           start_form_control,    end_form_control },
    { PARSERS_XML_FORM,  "radio",              start_form_control,    end_form_control },
    { PARSERS_XML_FORM,  "option",             start_option,          NULL             },
    { PARSERS_XML_DRAW,  "control",            start_drawn_control,   NULL             },
};
/* clang-format on */
const gsize parsers_odt_control_n_rules = G_N_ELEMENTS(parsers_odt_control_rules);
