/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/forms-blank.c - the form to be filled in, made from its definition.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/forms.md
 */
#include "config.h"

#include "daemon/forms-blank.h"

#include <string.h>

#include "parsers/lexicon.h"

static TemplatesBlankKind
kind_of(const ParsersFieldDef *field)
{
    switch (field->type) {
    case PARSERS_TYPE_TEXT:
        return TEMPLATES_BLANK_LONG;
    case PARSERS_TYPE_DATE:
        return TEMPLATES_BLANK_DATE;
    case PARSERS_TYPE_YESNO:
        return TEMPLATES_BLANK_YESNO;
    case PARSERS_TYPE_CHOICE:
        return TEMPLATES_BLANK_SEVERAL;
    default:
        return field->options->len > 0 ? TEMPLATES_BLANK_ONE_OF : TEMPLATES_BLANK_LINE;
    }
}

static const char *
hint_of(const ParsersFieldDef *field)
{
    return field->type == PARSERS_TYPE_DATE || field->type == PARSERS_TYPE_BIRTH
               ? "day, month, year"
               : "";
}

char *
daemon_forms_blank_key(const char *key, guint number)
{
    const char *at = strstr(key, ".N.");

    return at == NULL ? g_strdup(key)
                      : g_strdup_printf("%.*s.%u.%s", (int)(at - key), key, number, at + 3);
}

static bool
is_heading(const ParsersDefinition *form, const ParsersSectionDef *section, const char *text)
{
    ParsersHeading heading = parsers_lexicon_heading(form->lexicon, text);

    return heading.section == section && heading.score >= PARSERS_LEXICON_SURE;
}

/* The words over a section: its own, unless the reader would not know them again. */
static const char *
heading_of(const ParsersDefinition *form, const ParsersSectionDef *section)
{
    if (is_heading(form, section, section->shown))
        return section->shown;
    for (guint i = 0; i < section->headings->len; i++)
        if (is_heading(form, section, section->headings->pdata[i]))
            return section->headings->pdata[i];
    return section->shown;
}

static bool
is_label(const ParsersDefinition *form, const ParsersFieldDef *field, const char *text)
{
    ParsersLabel label = parsers_lexicon_label(form->lexicon, text, field->section);

    return label.kind == PARSERS_LABEL_FIELD && label.field == field &&
           label.score >= PARSERS_LEXICON_SURE;
}

static const char *
find_label(const ParsersDefinition *form, const ParsersFieldDef *field, const GPtrArray *labels)
{
    for (guint i = 0; i < labels->len; i++)
        if (is_label(form, field, labels->pdata[i]))
            return labels->pdata[i];
    return NULL;
}

/* The words of a question: its own, unless the reader would take them for another's. */
static const char *
label_of(const ParsersDefinition *form, const ParsersFieldDef *field)
{
    const char *label = NULL;

    if (is_label(form, field, field->shown))
        return field->shown;
    label = find_label(form, field, field->labels);
    if (label == NULL)
        label = find_label(form, field, field->within);
    return label != NULL ? label : field->shown;
}

static void
add_row(TemplatesBlank *blank, const ParsersDefinition *form, const ParsersFieldDef *field,
        guint number)
{
    g_autofree char *key = daemon_forms_blank_key(field->key, number);
    TemplatesBlankRow *row =
        templates_blank_add_row(blank, key, label_of(form, field), kind_of(field));

    g_free(row->hint);
    row->hint = g_strdup(hint_of(field));
    row->required = field->required && number == 1;
    for (guint i = 0; i < field->options->len && field->type != PARSERS_TYPE_YESNO; i++)
        g_ptr_array_add(row->options, g_strdup(field->options->pdata[i]));
}

static void
add_section(TemplatesBlank *blank, const ParsersDefinition *form, const ParsersSectionDef *section,
            guint number)
{
    const char *words = heading_of(form, section);
    g_autofree char *heading =
        section->repeats ? g_strdup_printf(number > 1 ? "%s (%u, if there is another)" : "%s (%u)",
                                           words, number)
                         : g_strdup(words);
    bool begun = false;

    for (guint i = 0; i < section->fields->len; i++) {
        const ParsersFieldDef *field = section->fields->pdata[i];

        if (field->hidden || field->shown == NULL)
            continue;
        if (!begun)
            templates_blank_add_section(blank, heading);
        begun = true;
        add_row(blank, form, field, number);
    }
}

/* The words above the form: its own, unless the reader would not know it by them. */
static const char *
title_of(const ParsersDefinition *form)
{
    if (form->shown != NULL &&
        (form->titles->len == 0 ||
         parsers_lexicon_title(form->lexicon, form->shown) >= DAEMON_FORMS_BLANK_TITLE))
        return form->shown;
    return form->titles->len > 0 ? form->titles->pdata[0] : form->name;
}

TemplatesBlank *
daemon_forms_blank(const ParsersDefinition *definition)
{
    TemplatesBlank *blank = templates_blank_new(title_of(definition));

    templates_blank_add_note(blank, "If a child is in danger now, call 999. Do not wait for this "
                                    "form.");
    templates_blank_add_note(blank, "You do not need to answer everything. Leave empty what you "
                                    "do not know, but please try the questions that say "
                                    "\xe2\x80\x9cplease answer\xe2\x80\x9d.");
    for (guint i = 0; i < definition->sections->len; i++) {
        const ParsersSectionDef *section = definition->sections->pdata[i];
        const guint blocks = section->repeats ? DAEMON_FORMS_BLANK_PEOPLE : 1;

        for (guint n = 1;
             n <= blocks && section->kind == PARSERS_SECTION_NORMAL && section->shown != NULL; n++)
            add_section(blank, definition, section, n);
    }
    return blank;
}
