/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/pdf-sheet.c - A4 pages with tagged text, frames and form fields.
 *
 * Text and fields are tagged in the order in which they are drawn, which is the
 * order in which a screen reader says them and the tabulator key visits them.
 *
 * Runs in:  command line, staff pages.
 * Source:   ISO 32000-1 sections 12.7 and 14.8
 */
#include "config.h"

#include "templates/pdf-sheet.h"

#include "templates/pdf-objects.h"

typedef struct {
    guint number; /* of its object */
    guint content;
    GString *drawing;
    GString *widgets; /* "12 0 R 13 0 R" */
    GString *marked;  /* the structure elements of its marked content, in order */
    guint n_marked;
} Page;

struct TemplatesPdfSheet {
    TemplatesPdfObjects *objects;
    GPtrArray *pages; /* Page */
    Page *page;
    double y; /* lower edge of what is drawn so far on page */
    guint tree_root, document, pages_root, resources, box_on, box_off;
    GString *structure;      /* the document's structure elements */
    GString *widget_parents; /* "1000 12 0 R": from a widget to its structure element */
    guint n_widgets;
    GString *fields; /* of the whole form */
    GError *error;   /* the first one */
};

#define FOOTER 36.0
#define WIDGETS_FROM 1000u /* pages have the keys below in the tree of parents */

static void
page_free(gpointer data)
{
    Page *page = data;

    g_string_free(page->drawing, TRUE);
    g_string_free(page->widgets, TRUE);
    g_string_free(page->marked, TRUE);
    g_free(page);
}

/* printf() in the "C" locale for one number. */
#define POINTS(buffer, value) g_ascii_formatd(buffer, sizeof buffer, "%.2f", value)

static void
put(GString *out, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append_printf(out, "%s ", POINTS(buffer, value));
}

void
templates_pdf_sheet_set(TemplatesPdfSheet *sheet, guint number, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    templates_pdf_objects_set(sheet->objects, number, text);
}

guint
templates_pdf_sheet_reserve(TemplatesPdfSheet *sheet)
{
    return templates_pdf_objects_reserve(sheet->objects);
}

void
templates_pdf_sheet_add_field(TemplatesPdfSheet *sheet, guint number)
{
    g_string_append_printf(sheet->fields, "%u 0 R ", number);
}

static void
new_page(TemplatesPdfSheet *sheet)
{
    Page *page = g_new0(Page, 1);

    page->number = templates_pdf_objects_reserve(sheet->objects);
    page->content = templates_pdf_objects_reserve(sheet->objects);
    page->drawing = g_string_new(NULL);
    page->widgets = g_string_new(NULL);
    page->marked = g_string_new(NULL);
    g_ptr_array_add(sheet->pages, page);
    sheet->page = page;
    sheet->y = TEMPLATES_PDF_SHEET_TOP;
}

static void
set_up(TemplatesPdfSheet *sheet)
{
    static const char fonts[] =
        "/Font << /Helv << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding "
        "/WinAnsiEncoding >> /HeBo << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold "
        "/Encoding /WinAnsiEncoding >> /ZaDb << /Type /Font /Subtype /Type1 /BaseFont "
        "/ZapfDingbats >> >>";
    g_autoptr(GString) tick = g_string_new("q BT /ZaDb 13 Tf 2 3 Td (4) Tj ET Q");
    g_autoptr(GString) nothing = g_string_new(NULL);
    g_autofree char *look = NULL;

    sheet->tree_root = templates_pdf_objects_reserve(sheet->objects);
    sheet->document = templates_pdf_objects_reserve(sheet->objects);
    sheet->pages_root = templates_pdf_objects_reserve(sheet->objects);
    sheet->resources = templates_pdf_objects_reserve(sheet->objects);
    sheet->box_on = templates_pdf_objects_reserve(sheet->objects);
    sheet->box_off = templates_pdf_objects_reserve(sheet->objects);
    templates_pdf_sheet_set(sheet, sheet->resources, "<< %s >>", fonts);
    look = g_strdup_printf("/Type /XObject /Subtype /Form /BBox [ 0 0 15 15 ] /Resources %u 0 R",
                           sheet->resources);
    templates_pdf_objects_set_stream(sheet->objects, sheet->box_on, look, tick);
    templates_pdf_objects_set_stream(sheet->objects, sheet->box_off, look, nothing);
    new_page(sheet);
}

TemplatesPdfSheet *
templates_pdf_sheet_new(void)
{
    TemplatesPdfSheet *sheet = g_new0(TemplatesPdfSheet, 1);

    sheet->objects = templates_pdf_objects_new();
    sheet->pages = g_ptr_array_new_with_free_func(page_free);
    sheet->structure = g_string_new(NULL);
    sheet->widget_parents = g_string_new(NULL);
    sheet->fields = g_string_new(NULL);
    set_up(sheet);
    return sheet;
}

void
templates_pdf_sheet_free(TemplatesPdfSheet *sheet)
{
    if (sheet == NULL)
        return;
    templates_pdf_objects_free(sheet->objects);
    g_ptr_array_unref(sheet->pages);
    g_string_free(sheet->structure, TRUE);
    g_string_free(sheet->widget_parents, TRUE);
    g_string_free(sheet->fields, TRUE);
    g_clear_error(&sheet->error);
    g_free(sheet);
}

double
templates_pdf_sheet_need(TemplatesPdfSheet *sheet, double height)
{
    if (height > TEMPLATES_PDF_SHEET_TOP - TEMPLATES_PDF_SHEET_BOTTOM && sheet->error == NULL)
        templates_throw(&sheet->error, TEMPLATES_ERROR_RENDER,
                        "a question is longer than a page; make this form as docx");
    if (sheet->y - height < TEMPLATES_PDF_SHEET_BOTTOM)
        new_page(sheet);
    return sheet->y;
}

void
templates_pdf_sheet_move(TemplatesPdfSheet *sheet, double y)
{
    sheet->y = y;
}

static void
draw_line(TemplatesPdfSheet *sheet, const char *text, const TemplatesPdfHelvetica *style,
          double baseline)
{
    g_autofree char *literal = NULL;

    if (!templates_pdf_objects_literal(text, &literal, sheet->error == NULL ? &sheet->error : NULL))
        return;
    g_string_append_printf(sheet->page->drawing, "BT /%s ", style->bold ? "HeBo" : "Helv");
    put(sheet->page->drawing, style->size);
    g_string_append(sheet->page->drawing, "Tf ");
    put(sheet->page->drawing, style->left);
    put(sheet->page->drawing, baseline);
    g_string_append_printf(sheet->page->drawing, "Td %s Tj ET\n", literal);
}

/* Open marked content with a structure element of its own. */
static void
begin_tag(TemplatesPdfSheet *sheet, const char *tag)
{
    guint element = templates_pdf_objects_reserve(sheet->objects);

    templates_pdf_sheet_set(sheet, element,
                            "<< /Type /StructElem /S /%s /P %u 0 R /Pg %u 0 R /K %u >>", tag,
                            sheet->document, sheet->page->number, sheet->page->n_marked);
    g_string_append_printf(sheet->structure, "%u 0 R ", element);
    g_string_append_printf(sheet->page->marked, "%u 0 R ", element);
    g_string_append_printf(sheet->page->drawing, "/%s << /MCID %u >> BDC\n", tag,
                           sheet->page->n_marked++);
}

static void
end_tag(TemplatesPdfSheet *sheet)
{
    g_string_append(sheet->page->drawing, "EMC\n");
}

double
templates_pdf_sheet_text(TemplatesPdfSheet *sheet, const char *tag, const char *text,
                         const TemplatesPdfHelvetica *style, double top)
{
    g_autoptr(GPtrArray) lines = NULL;

    if (*text == '\0')
        return top;
    lines = templates_pdf_helvetica_wrap(text, style);
    begin_tag(sheet, tag);
    for (guint i = 0; i < lines->len; i++) {
        draw_line(sheet, lines->pdata[i], style, top - style->size);
        top -= style->size * TEMPLATES_PDF_HELVETICA_LEADING;
    }
    end_tag(sheet);
    return top;
}

void
templates_pdf_sheet_frame(TemplatesPdfSheet *sheet, const double box[4])
{
    GString *out = sheet->page->drawing;

    g_string_append(out, "/Artifact BMC 0.35 G 0.8 w ");
    put(out, box[0]);
    put(out, box[1]);
    put(out, box[2] - box[0]);
    put(out, box[3] - box[1]);
    g_string_append(out, "re S EMC\n");
}

guint
templates_pdf_sheet_widget(TemplatesPdfSheet *sheet, const double box[4], const char *rest)
{
    guint widget = templates_pdf_objects_reserve(sheet->objects);
    guint element = templates_pdf_objects_reserve(sheet->objects);
    guint key = WIDGETS_FROM + sheet->n_widgets++;
    g_autoptr(GString) rect = g_string_new(NULL);

    for (guint i = 0; i < 4; i++)
        put(rect, box[i]);
    templates_pdf_sheet_set(
        sheet, widget,
        "<< /Type /Annot /Subtype /Widget /F 4 /P %u 0 R /Rect [ %s] /StructParent %u %s >>",
        sheet->page->number, rect->str, key, rest);
    templates_pdf_sheet_set(
        sheet, element,
        "<< /Type /StructElem /S /Form /P %u 0 R /Pg %u 0 R /K << /Type /OBJR /Obj %u 0 R "
        "/Pg %u 0 R >> >>",
        sheet->document, sheet->page->number, widget, sheet->page->number);
    g_string_append_printf(sheet->structure, "%u 0 R ", element);
    g_string_append_printf(sheet->page->widgets, "%u 0 R ", widget);
    g_string_append_printf(sheet->widget_parents, "%u %u 0 R ", key, element);
    return widget;
}

char *
templates_pdf_sheet_tick(const TemplatesPdfSheet *sheet, const char *state)
{
    return g_strdup_printf("/AS /Off /AP << /N << /%s %u 0 R /Off %u 0 R >> >> /MK << /CA (4) >> "
                           "/DA (/ZaDb 0 Tf 0 g)",
                           state, sheet->box_on, sheet->box_off);
}

static void
finish_page(TemplatesPdfSheet *sheet, guint index)
{
    Page *page = sheet->pages->pdata[index];
    const TemplatesPdfHelvetica style = {false, 9.5, TEMPLATES_PDF_SHEET_LEFT, 200.0};
    g_autofree char *count = g_strdup_printf("Page %u of %u", index + 1, sheet->pages->len);

    sheet->page = page;
    g_string_append(page->drawing, "/Artifact BMC\n");
    draw_line(sheet, count, &style, FOOTER);
    end_tag(sheet);
    templates_pdf_sheet_set(
        sheet, page->number,
        "<< /Type /Page /Parent %u 0 R /MediaBox [ 0 0 595 842 ] /Contents %u 0 R "
        "/Resources %u 0 R /Annots [ %s] /Tabs /S /StructParents %u >>",
        sheet->pages_root, page->content, sheet->resources, page->widgets->str, index);
    templates_pdf_objects_set_stream(sheet->objects, page->content, "", page->drawing);
}

static void
finish_pages(TemplatesPdfSheet *sheet)
{
    g_autoptr(GString) kids = g_string_new(NULL);
    g_autoptr(GString) parents = g_string_new(NULL);

    for (guint i = 0; i < sheet->pages->len; i++) {
        const Page *page = sheet->pages->pdata[i];

        finish_page(sheet, i);
        g_string_append_printf(kids, "%u 0 R ", page->number);
        g_string_append_printf(parents, "%u [ %s] ", i, page->marked->str);
    }
    templates_pdf_sheet_set(sheet, sheet->pages_root, "<< /Type /Pages /Kids [ %s] /Count %u >>",
                            kids->str, sheet->pages->len);
    templates_pdf_sheet_set(sheet, sheet->tree_root,
                            "<< /Type /StructTreeRoot /K %u 0 R /ParentTree << /Nums [ %s%s] >> "
                            "/ParentTreeNextKey %u >>",
                            sheet->document, parents->str, sheet->widget_parents->str,
                            WIDGETS_FROM + sheet->n_widgets);
    templates_pdf_sheet_set(sheet, sheet->document,
                            "<< /Type /StructElem /S /Document /P %u 0 R /K [ %s] >>",
                            sheet->tree_root, sheet->structure->str);
}

bool
templates_pdf_sheet_finish(TemplatesPdfSheet *sheet, const char *title, GBytes **out_pdf,
                           GError **error)
{
    guint catalog = templates_pdf_objects_reserve(sheet->objects);
    guint info = templates_pdf_objects_reserve(sheet->objects);
    g_autofree char *text = templates_pdf_objects_text(title);

    finish_pages(sheet);
    if (sheet->error != NULL) {
        g_propagate_error(error, g_steal_pointer(&sheet->error));
        return false;
    }
    templates_pdf_sheet_set(sheet, info, "<< /Title %s >>", text);
    templates_pdf_sheet_set(
        sheet, catalog,
        "<< /Type /Catalog /Pages %u 0 R /Lang (en-GB) /MarkInfo << /Marked true >> "
        "/StructTreeRoot %u 0 R /ViewerPreferences << /DisplayDocTitle true >> "
        "/AcroForm << /Fields [ %s] /NeedAppearances true /DR %u 0 R "
        "/DA (/Helv 11 Tf 0 g) >> >>",
        sheet->pages_root, sheet->tree_root, sheet->fields->str, sheet->resources);
    *out_pdf = templates_pdf_objects_finish(sheet->objects, catalog, info);
    return true;
}
