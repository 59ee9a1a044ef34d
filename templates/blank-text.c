/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/blank-text.c - a blank form as plain text, to be answered in a mail's body.
 *
 * One line a question, with everything that is said about it before the colon: a
 * person on a phone types behind it, and what is behind it is the answer.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/forms.md
 */
#include "config.h"

#include "templates/blank-text.h"

#include <string.h>

static void
add_heading(GString *out, const char *heading, char underline)
{
    g_string_append_printf(out, "%s\n", heading);
    for (glong i = g_utf8_strlen(heading, -1); i > 0; i--)
        g_string_append_c(out, underline);
    g_string_append(out, "\n\n");
}

/* "one or more of Physical, Emotional"; the caller frees. */
static char *
options_of(const TemplatesBlankRow *row)
{
    GString *out = NULL;

    if (row->kind == TEMPLATES_BLANK_YESNO)
        return g_strdup("yes or no");
    if (row->options->len == 0)
        return g_strdup(row->hint);
    out = g_string_new(row->kind == TEMPLATES_BLANK_SEVERAL ? "one or more of " : "one of ");
    for (guint i = 0; i < row->options->len; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? ", " : "",
                               (const char *)row->options->pdata[i]);
    return g_string_free(out, FALSE);
}

static void
add_row(GString *out, const TemplatesBlankRow *row)
{
    g_autofree char *how = options_of(row);
    const char *wish = row->required ? "please answer" : "";
    const char *between = *how != '\0' && *wish != '\0' ? "; " : "";

    g_string_append(out, row->label);
    if (*how != '\0' || *wish != '\0')
        g_string_append_printf(out, " (%s%s%s)", how, between, wish);
    g_string_append(out, ": \n");
}

GBytes *
templates_blank_text(const TemplatesBlank *blank)
{
    GString *out = g_string_new(NULL);

    add_heading(out, blank->title, '=');
    for (guint i = 0; i < blank->notes->len; i++)
        g_string_append_printf(out, "%s\n", (const char *)blank->notes->pdata[i]);
    for (guint s = 0; s < blank->sections->len; s++) {
        const TemplatesBlankSection *section = blank->sections->pdata[s];

        g_string_append(out, "\n\n");
        add_heading(out, section->heading, '-');
        for (guint r = 0; r < section->rows->len; r++)
            add_row(out, section->rows->pdata[r]);
    }
    return g_string_free_to_bytes(out);
}
