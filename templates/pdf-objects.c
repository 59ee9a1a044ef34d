/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/pdf-objects.c - the objects of a small PDF file, and how they become bytes.
 *
 * Runs in:  command line, staff pages.
 * Source:   ISO 32000-1 section 7
 */
#include "config.h"

#include "templates/pdf-objects.h"

struct TemplatesPdfObjects {
    GPtrArray *texts; /* GString*, or NULL while only reserved */
};

static void
text_free(gpointer data)
{
    if (data != NULL)
        g_string_free(data, TRUE);
}

TemplatesPdfObjects *
templates_pdf_objects_new(void)
{
    TemplatesPdfObjects *objects = g_new0(TemplatesPdfObjects, 1);

    objects->texts = g_ptr_array_new_with_free_func(text_free);
    return objects;
}

void
templates_pdf_objects_free(TemplatesPdfObjects *objects)
{
    if (objects == NULL)
        return;
    g_ptr_array_unref(objects->texts);
    g_free(objects);
}

guint
templates_pdf_objects_reserve(TemplatesPdfObjects *objects)
{
    g_ptr_array_add(objects->texts, NULL);
    return objects->texts->len;
}

void
templates_pdf_objects_set(TemplatesPdfObjects *objects, guint number, const char *text)
{
    g_assert(number > 0 && number <= objects->texts->len);
    text_free(objects->texts->pdata[number - 1]);
    objects->texts->pdata[number - 1] = g_string_new(text);
}

void
templates_pdf_objects_set_stream(TemplatesPdfObjects *objects, guint number, const char *dictionary,
                                 const GString *data)
{
    GString *text = NULL;

    templates_pdf_objects_set(objects, number, "");
    text = objects->texts->pdata[number - 1];
    g_string_append_printf(text, "<< %s /Length %" G_GSIZE_FORMAT " >>\nstream\n", dictionary,
                           data->len);
    g_string_append_len(text, data->str, (gssize)data->len);
    g_string_append(text, "\nendstream");
}

GBytes *
templates_pdf_objects_finish(const TemplatesPdfObjects *objects, guint catalog, guint info)
{
    GString *out = g_string_new("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
    g_autoptr(GString) table = g_string_new("0000000000 65535 f \n");
    gsize start = 0;

    for (guint i = 0; i < objects->texts->len; i++) {
        const GString *text = objects->texts->pdata[i];

        g_assert(text != NULL);
        g_string_append_printf(table, "%010" G_GSIZE_FORMAT " 00000 n \n", out->len);
        g_string_append_printf(out, "%u 0 obj\n", i + 1);
        g_string_append_len(out, text->str, (gssize)text->len);
        g_string_append(out, "\nendobj\n");
    }
    start = out->len;
    g_string_append_printf(out,
                           "xref\n0 %u\n%strailer\n<< /Size %u /Root %u 0 R /Info %u 0 R >>\n"
                           "startxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                           objects->texts->len + 1, table->str, objects->texts->len + 1, catalog,
                           info, start);
    return g_string_free_to_bytes(out);
}

char *
templates_pdf_objects_text(const char *text)
{
    GString *out = g_string_new("<FEFF");
    glong units = 0;
    g_autofree gunichar2 *wide = g_utf8_to_utf16(text, -1, NULL, &units, NULL);

    for (glong i = 0; wide != NULL && i < units; i++)
        g_string_append_printf(out, "%04X", wide[i]);
    g_string_append_c(out, '>');
    return g_string_free(out, FALSE);
}

bool
templates_pdf_objects_literal(const char *text, char **out_literal, GError **error)
{
    g_autofree char *bytes = g_convert(text, -1, "WINDOWS-1252", "UTF-8", NULL, NULL, NULL);
    GString *out = NULL;

    if (bytes == NULL)
        return templates_throw(error, TEMPLATES_ERROR_RENDER,
                               "\"%s\" has letters that the fonts of every PDF reader lack; make "
                               "this form as docx",
                               text);
    out = g_string_new("(");
    for (const char *p = bytes; *p != '\0'; p++) {
        if (*p == '(' || *p == ')' || *p == '\\')
            g_string_append_c(out, '\\');
        g_string_append_c(out, *p);
    }
    g_string_append_c(out, ')');
    *out_literal = g_string_free(out, FALSE);
    return true;
}
