/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-form.c - the form fields of one PDF page.
 *
 * Values are read from the fields, never from how they are drawn: a value that was
 * typed by a program without drawing it counts as well.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1 section 12.7
 */
#include "config.h"

#include "parsers/pdf-form.h"

#include <string.h>

#define SQUARE_LARGEST 17.0 /* points */
#define SQUARE_NEAR 1.0     /* points: it may be drawn around its field */

struct ParsersPdfForm {
    GHashTable *shown; /* names of text and choice fields met so far, owned */
    guint most;
    guint fields;
    guint filled;
};

static void
free_widget(gpointer data)
{
    ParsersPdfWidget *widget = data;

    g_free(widget->span.text);
    g_free(widget->span.label);
    g_free(widget->span.name);
    g_free(widget);
}

ParsersPdfForm *
parsers_pdf_form_new(guint most_fields)
{
    ParsersPdfForm *form = g_new0(ParsersPdfForm, 1);

    form->shown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    form->most = most_fields;
    return form;
}

void
parsers_pdf_form_free(ParsersPdfForm *form)
{
    if (form == NULL)
        return;
    g_hash_table_unref(form->shown);
    g_free(form);
}

guint
parsers_pdf_form_count(const ParsersPdfForm *form)
{
    return form->fields;
}

guint
parsers_pdf_form_filled(const ParsersPdfForm *form)
{
    return form->filled;
}

/* True if all of a text is what clean() lets pass. */
static bool
is_clean(const char *text)
{
    for (const guchar *p = (const guchar *)text; *p != '\0'; p++)
        if (*p < 0x20 || *p == 0xc2 || *p == 0xe2 || *p == 0xef)
            return false;
    return true;
}

/* Text with "\n" as the only control character besides tabs. */
static char *
clean(const char *text)
{
    GString *out = NULL;

    if (is_clean(text))
        return g_strstrip(g_strdup(text));
    out = g_string_sized_new(strlen(text));
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar character = g_utf8_get_char(p);

        if (character == '\r' && p[1] == '\n')
            continue;
        if (character == '\r' || character == 0x2028 || character == 0x2029)
            character = '\n';
        if (character == 0xa0)
            character = ' ';
        if (character == 0xfeff || (character < 0x20 && character != '\n' && character != '\t'))
            continue;
        g_string_append_unichar(out, character);
    }
    g_strstrip(out->str);
    return g_string_free(out, FALSE);
}

/* Names that a form designer's program makes up say nothing: "Text12", "Check Box3", "undefined_4".
 */
static bool
is_telling(const char *name)
{
    static const char *const made_up[] = {
        "text",   "textfield", "textbox",  "checkbox",  "check",    "radio",    "radiobutton",
        "group",  "undefined", "field",    "fill",      "dropdown", "combobox", "listbox",
        "button", "box",       "untitled", "formfield", "list",     "date"};
    g_autoptr(GString) letters = g_string_new(NULL);

    for (const char *p = name; *p != '\0'; p++)
        if (g_ascii_isalpha(*p) || (guchar)*p >= 0x80)
            g_string_append_c(letters, g_ascii_tolower(*p));
    for (guint i = 0; i < G_N_ELEMENTS(made_up); i++)
        if (strcmp(letters->str, made_up[i]) == 0)
            return false;
    return letters->len >= 3;
}

static bool
is_button(const ParsersPdfField *field)
{
    return field->kind == PARSERS_PDF_FIELD_CHECK || field->kind == PARSERS_PDF_FIELD_RADIO;
}

static char *
label_of(const ParsersPdfField *field)
{
    g_autofree char *label = clean(field->tip);
    g_autofree char *own = NULL;

    if (*label != '\0')
        return g_steal_pointer(&label);
    /* A box is known by the words printed beside it; its name is of no use to a reader. */
    if (is_button(field))
        return NULL;
    own = clean(field->own_name);
    return is_telling(own) ? g_steal_pointer(&own) : NULL;
}

/* What a field holds; what is chosen of a list is one text. */
static char *
value_of(const ParsersPdfField *field)
{
    g_autoptr(GString) value = NULL;

    if (field->values == NULL || field->values[0] == NULL)
        return g_strdup("");
    if (field->values[1] == NULL)
        return clean(field->values[0]);
    value = g_string_new(NULL);
    for (char **part = field->values; *part != NULL; part++) {
        g_autofree char *text = clean(*part);

        if (value->len > 0)
            g_string_append(value, "; ");
        g_string_append(value, text);
    }
    return g_strdup(value->str);
}

static ParsersSpan
span_of(const ParsersPdfField *field)
{
    ParsersSpan span = {.kind = PARSERS_SPAN_CONTROL};

    if (is_button(field))
        span.kind = PARSERS_SPAN_CHECKBOX;
    if (field->kind == PARSERS_PDF_FIELD_CHOICE)
        span.flags |= PARSERS_SPAN_LIST;
    if (field->kind == PARSERS_PDF_FIELD_RADIO)
        span.flags |= PARSERS_SPAN_RADIO;
    if (field->is_checked)
        span.flags |= PARSERS_SPAN_CHECKED;
    span.text = value_of(field);
    span.name = clean(field->name);
    span.label = label_of(field);
    return span;
}

static void
set_box(ParsersPdfWidget *widget, const double corners[4], double page_height)
{
    widget->box[0] = CLAMP(MIN(corners[0], corners[2]), -1e4, 1e5);
    widget->box[1] = CLAMP(page_height - MAX(corners[1], corners[3]), -1e4, 1e5);
    widget->box[2] = CLAMP(MAX(corners[0], corners[2]), -1e4, 1e5);
    widget->box[3] = CLAMP(page_height - MIN(corners[1], corners[3]), -1e4, 1e5);
}

static void
note_widget(ParsersPdfForm *form, ParsersPdfWidget *widget)
{
    const ParsersSpan *span = &widget->span;

    if (span->kind == PARSERS_SPAN_CONTROL && *span->name != '\0')
        widget->skip = !g_hash_table_add(form->shown, g_strdup(span->name));
    if (widget->skip)
        return;
    form->fields++;
    form->filled += *span->text != '\0' || (span->flags & PARSERS_SPAN_CHECKED) != 0;
}

GPtrArray *
parsers_pdf_form_read(ParsersPdfForm *form, const GArray *fields, double height)
{
    g_autoptr(GPtrArray) widgets = g_ptr_array_new_with_free_func(free_widget);

    for (guint i = 0; i < fields->len; i++) {
        const ParsersPdfField *field = &g_array_index(fields, ParsersPdfField, i);
        ParsersPdfWidget *widget = NULL;

        if (form->fields >= form->most || widgets->len >= form->most)
            return NULL;
        widget = g_new0(ParsersPdfWidget, 1);
        g_ptr_array_add(widgets, widget);
        widget->span = span_of(field);
        set_box(widget, field->corners, height);
        note_widget(form, widget);
    }
    return g_steal_pointer(&widgets);
}

/* ---- Squares ---- */

static bool
is_of_square(const ParsersPdfWidget *widget, const ParsersPdfRule *rule, int across)
{
    const double *box = widget->box;
    int along = 1 - across;

    return widget->span.kind == PARSERS_SPAN_CHECKBOX && box[2] - box[0] <= SQUARE_LARGEST &&
           box[3] - box[1] <= SQUARE_LARGEST && rule->position >= box[across] - SQUARE_NEAR &&
           rule->position <= box[across + 2] + SQUARE_NEAR &&
           rule->start >= box[along] - SQUARE_NEAR && rule->end <= box[along + 2] + SQUARE_NEAR;
}

void
parsers_pdf_form_unframe(const GPtrArray *widgets, GArray *rules, bool are_vertical)
{
    int across = are_vertical ? 0 : 1;

    for (guint i = 0; i < widgets->len; i++) {
        const ParsersPdfWidget *widget = g_ptr_array_index(widgets, i);

        for (guint j = rules->len; j > 0; j--)
            if (is_of_square(widget, &g_array_index(rules, ParsersPdfRule, j - 1), across))
                g_array_remove_index(rules, j - 1);
    }
}
