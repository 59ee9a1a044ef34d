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

/* Valid UTF-8 with "\n" as the only control character besides tabs. */
static char *
clean(char *text)
{
    g_autofree char *given = text;
    g_autofree char *valid = given == NULL ? g_strdup("") : g_utf8_make_valid(given, -1);
    GString *out = g_string_sized_new(strlen(valid));

    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
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

static char *
label_of(PopplerFormField *field)
{
    g_autofree char *label = clean(poppler_form_field_get_alternate_ui_name(field));
    g_autofree char *partial = NULL;

    if (*label != '\0')
        return g_steal_pointer(&label);
    /* A box is known by the words printed beside it; its name is of no use to a reader. */
    if (poppler_form_field_get_field_type(field) == POPPLER_FORM_FIELD_BUTTON)
        return NULL;
    partial = clean(poppler_form_field_get_partial_name(field));
    return is_telling(partial) ? g_steal_pointer(&partial) : NULL;
}

static void
read_choice(PopplerFormField *field, ParsersSpan *span)
{
    g_autoptr(GString) chosen = g_string_new(NULL);
    int n_items = MIN(poppler_form_field_choice_get_n_items(field), 2000);

    span->kind = PARSERS_SPAN_CONTROL;
    span->flags |= PARSERS_SPAN_LIST;
    for (int i = 0; i < n_items; i++) {
        g_autofree char *item = NULL;

        if (!poppler_form_field_choice_is_item_selected(field, i))
            continue;
        item = clean(poppler_form_field_choice_get_item(field, i));
        if (chosen->len > 0)
            g_string_append(chosen, "; ");
        g_string_append(chosen, item);
    }
    if (chosen->len > 0 ||
        poppler_form_field_choice_get_choice_type(field) != POPPLER_FORM_CHOICE_COMBO)
        span->text = g_strdup(chosen->str);
    else
        span->text = clean(poppler_form_field_choice_get_text(field));
}

static bool
read_button(PopplerFormField *field, ParsersSpan *span)
{
    PopplerFormButtonType type = poppler_form_field_button_get_button_type(field);

    if (type == POPPLER_FORM_BUTTON_PUSH)
        return false;
    span->kind = PARSERS_SPAN_CHECKBOX;
    if (type == POPPLER_FORM_BUTTON_RADIO)
        span->flags |= PARSERS_SPAN_RADIO;
    if (poppler_form_field_button_get_state(field))
        span->flags |= PARSERS_SPAN_CHECKED;
    span->text = g_strdup("");
    return true;
}

/* False for what holds no answer: push buttons and signatures. */
static bool
read_span(PopplerFormField *field, ParsersSpan *span)
{
    switch (poppler_form_field_get_field_type(field)) {
    case POPPLER_FORM_FIELD_TEXT:
        span->kind = PARSERS_SPAN_CONTROL;
        span->text = clean(poppler_form_field_text_get_text(field));
        return true;
    case POPPLER_FORM_FIELD_CHOICE:
        read_choice(field, span);
        return true;
    case POPPLER_FORM_FIELD_BUTTON:
        return read_button(field, span);
    case POPPLER_FORM_FIELD_SIGNATURE:
    case POPPLER_FORM_FIELD_UNKNOWN:
        return false;
    }
    return false;
}

static void
set_box(ParsersPdfWidget *widget, const PopplerRectangle *area, double page_height)
{
    widget->box[0] = CLAMP(MIN(area->x1, area->x2), -1e4, 1e5);
    widget->box[1] = CLAMP(page_height - MAX(area->y1, area->y2), -1e4, 1e5);
    widget->box[2] = CLAMP(MAX(area->x1, area->x2), -1e4, 1e5);
    widget->box[3] = CLAMP(page_height - MIN(area->y1, area->y2), -1e4, 1e5);
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
parsers_pdf_form_read(ParsersPdfForm *form, PopplerPage *page)
{
    g_autoptr(GPtrArray) widgets = g_ptr_array_new_with_free_func(free_widget);
    GList *mapping = poppler_page_get_form_field_mapping(page);
    double width = 0;
    double height = 0;
    bool fits = true;

    poppler_page_get_size(page, &width, &height);
    /* poppler prepends, so the page's own order is from the end. */
    for (GList *at = g_list_last(mapping); at != NULL && fits; at = at->prev) {
        const PopplerFormFieldMapping *place = at->data;
        ParsersPdfWidget *widget = NULL;

        fits = form->fields < form->most && widgets->len < form->most;
        if (!fits)
            break;
        widget = g_new0(ParsersPdfWidget, 1);
        g_ptr_array_add(widgets, widget);
        if (!read_span(place->field, &widget->span)) {
            g_ptr_array_remove_index(widgets, widgets->len - 1);
            continue;
        }
        widget->span.name = clean(poppler_form_field_get_name(place->field));
        widget->span.label = label_of(place->field);
        set_box(widget, &place->area, height);
        note_widget(form, widget);
    }
    poppler_page_free_form_field_mapping(mapping);
    return fits ? g_steal_pointer(&widgets) : NULL;
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
