/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/blank.c - a form to be filled in, in words ready to be laid out.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/forms.md
 */
#include "config.h"

#include "templates/blank.h"

static void
row_free(gpointer data)
{
    TemplatesBlankRow *row = data;

    g_free(row->key);
    g_free(row->label);
    g_free(row->hint);
    g_ptr_array_unref(row->options);
    g_free(row);
}

static void
section_free(gpointer data)
{
    TemplatesBlankSection *section = data;

    g_free(section->heading);
    g_ptr_array_unref(section->rows);
    g_free(section);
}

TemplatesBlank *
templates_blank_new(const char *title)
{
    TemplatesBlank *blank = g_new0(TemplatesBlank, 1);

    blank->title = g_strdup(title);
    blank->notes = g_ptr_array_new_with_free_func(g_free);
    blank->sections = g_ptr_array_new_with_free_func(section_free);
    return blank;
}

void
templates_blank_free(TemplatesBlank *blank)
{
    if (blank == NULL)
        return;
    g_free(blank->title);
    g_ptr_array_unref(blank->notes);
    g_ptr_array_unref(blank->sections);
    g_free(blank);
}

void
templates_blank_add_note(TemplatesBlank *blank, const char *line)
{
    g_ptr_array_add(blank->notes, g_strdup(line));
}

void
templates_blank_add_section(TemplatesBlank *blank, const char *heading)
{
    TemplatesBlankSection *section = g_new0(TemplatesBlankSection, 1);

    section->heading = g_strdup(heading);
    section->rows = g_ptr_array_new_with_free_func(row_free);
    g_ptr_array_add(blank->sections, section);
}

TemplatesBlankRow *
templates_blank_add_row(TemplatesBlank *blank, const char *key, const char *label,
                        TemplatesBlankKind kind)
{
    TemplatesBlankSection *section = blank->sections->pdata[blank->sections->len - 1];
    TemplatesBlankRow *row = g_new0(TemplatesBlankRow, 1);

    row->key = g_strdup(key);
    row->label = g_strdup(label);
    row->hint = g_strdup("");
    row->kind = kind;
    row->options = g_ptr_array_new_with_free_func(g_free);
    if (kind == TEMPLATES_BLANK_YESNO) {
        g_ptr_array_add(row->options, g_strdup("Yes"));
        g_ptr_array_add(row->options, g_strdup("No"));
    }
    g_ptr_array_add(section->rows, row);
    return row;
}

char *
templates_blank_aside(const TemplatesBlankRow *row)
{
    const char *how = row->kind == TEMPLATES_BLANK_SEVERAL ? "tick all that apply" : row->hint;
    const char *wish = row->required ? "please answer" : "";

    return g_strconcat(how, *how != '\0' && *wish != '\0' ? "; " : "", wish, NULL);
}

char *
templates_blank_label(const TemplatesBlankRow *row)
{
    g_autofree char *aside = templates_blank_aside(row);

    return *aside != '\0' ? g_strdup_printf("%s (%s)", row->label, aside) : g_strdup(row->label);
}
