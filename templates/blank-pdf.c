/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/blank-pdf.c - a blank form as a PDF with fields to fill in.
 *
 * What is drawn is complete without the fields: a reader that shows none, or a
 * printer, still gives a form to write on.  Fields and words are tagged in the
 * order in which they are to be read.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/forms.md; ISO 32000-1 sections 12.7 and 14.8
 */
#include "config.h"

#include "templates/blank-pdf.h"

#include <string.h>

#include "templates/pdf-helvetica.h"
#include "templates/pdf-objects.h"

/* Lengths are points from the lower left corner of an A4 page. */
#define LEFT 51.0
#define RIGHT 544.0
#define TOP 790.0 /* of 842 */
#define BOTTOM 62.0
#define FOOTER 36.0
#define LABEL_WIDTH 190.0
#define ANSWER_LEFT (LEFT + LABEL_WIDTH)
#define PAD 7.0 /* from the edge of a cell to what is in it */
#define ROW_HEIGHT 29.0
#define LONG_HEIGHT 130.0
#define BOX 15.0
#define BOX_STEP 23.0
#define YESNO_STEP 80.0

#define TITLE_SIZE 18.0
#define HEADING_SIZE 14.0
#define TEXT_SIZE 11.0
#define HINT_SIZE 9.5

#define FLAG_MULTILINE (1u << 12)
#define FLAG_RADIO (1u << 15)
#define FLAG_COMBO ((1u << 17) | (1u << 18)) /* a list, and other words may be typed */

typedef struct {
    guint number; /* of its object */
    guint content;
    GString *drawing;
    GString *widgets; /* "12 0 R 13 0 R" */
    GString *marked;  /* the structure elements of its marked content, in order */
    guint n_marked;
} Page;

typedef struct {
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
} Sheet;

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

static void
sheet_clear(Sheet *sheet)
{
    g_clear_pointer(&sheet->objects, templates_pdf_objects_free);
    g_clear_pointer(&sheet->pages, g_ptr_array_unref);
    g_string_free(sheet->structure, TRUE);
    g_string_free(sheet->widget_parents, TRUE);
    g_string_free(sheet->fields, TRUE);
    g_clear_error(&sheet->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sheet, sheet_clear)

/* printf() in the "C" locale for one number. */
#define POINTS(buffer, value) g_ascii_formatd(buffer, sizeof buffer, "%.2f", value)

static void
put(GString *out, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append_printf(out, "%s ", POINTS(buffer, value));
}

static void set_object(Sheet *sheet, guint number, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void
set_object(Sheet *sheet, guint number, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    templates_pdf_objects_set(sheet->objects, number, text);
}

static void
new_page(Sheet *sheet)
{
    Page *page = g_new0(Page, 1);

    page->number = templates_pdf_objects_reserve(sheet->objects);
    page->content = templates_pdf_objects_reserve(sheet->objects);
    page->drawing = g_string_new(NULL);
    page->widgets = g_string_new(NULL);
    page->marked = g_string_new(NULL);
    g_ptr_array_add(sheet->pages, page);
    sheet->page = page;
    sheet->y = TOP;
}

static void
need(Sheet *sheet, double height)
{
    if (sheet->y - height < BOTTOM)
        new_page(sheet);
}

static void
draw_line(Sheet *sheet, const char *text, const TemplatesPdfHelvetica *style, double baseline)
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
begin_tag(Sheet *sheet, const char *tag)
{
    guint element = templates_pdf_objects_reserve(sheet->objects);

    set_object(sheet, element, "<< /Type /StructElem /S /%s /P %u 0 R /Pg %u 0 R /K %u >>", tag,
               sheet->document, sheet->page->number, sheet->page->n_marked);
    g_string_append_printf(sheet->structure, "%u 0 R ", element);
    g_string_append_printf(sheet->page->marked, "%u 0 R ", element);
    g_string_append_printf(sheet->page->drawing, "/%s << /MCID %u >> BDC\n", tag,
                           sheet->page->n_marked++);
}

static void
end_tag(Sheet *sheet)
{
    g_string_append(sheet->page->drawing, "EMC\n");
}

/* Draw text below top on the page in hand; returns its lower edge. */
static double
draw_text(Sheet *sheet, const char *tag, const char *text, const TemplatesPdfHelvetica *style,
          double top)
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

static void
draw_frame(Sheet *sheet, const double box[4])
{
    GString *out = sheet->page->drawing;

    g_string_append(out, "/Artifact BMC 0.35 G 0.8 w ");
    put(out, box[0]);
    put(out, box[1]);
    put(out, box[2] - box[0]);
    put(out, box[3] - box[1]);
    g_string_append(out, "re S EMC\n");
}

/* A widget at a place; rest: what it says besides.  Returns its object's number. */
static guint
add_widget(Sheet *sheet, const double box[4], const char *rest)
{
    guint widget = templates_pdf_objects_reserve(sheet->objects);
    guint element = templates_pdf_objects_reserve(sheet->objects);
    guint key = WIDGETS_FROM + sheet->n_widgets++;
    g_autoptr(GString) rect = g_string_new(NULL);

    for (guint i = 0; i < 4; i++)
        put(rect, box[i]);
    set_object(sheet, widget,
               "<< /Type /Annot /Subtype /Widget /F 4 /P %u 0 R /Rect [ %s] /StructParent %u %s >>",
               sheet->page->number, rect->str, key, rest);
    set_object(sheet, element,
               "<< /Type /StructElem /S /Form /P %u 0 R /Pg %u 0 R /K << /Type /OBJR /Obj %u 0 R "
               "/Pg %u 0 R >> >>",
               sheet->document, sheet->page->number, widget, sheet->page->number);
    g_string_append_printf(sheet->structure, "%u 0 R ", element);
    g_string_append_printf(sheet->page->widgets, "%u 0 R ", widget);
    g_string_append_printf(sheet->widget_parents, "%u %u 0 R ", key, element);
    return widget;
}

/* "/T (child-1-name) /TU <...>": a field's name has no dots, as these part a field from its parent;
 * its label is what a screen reader says. */
static char *
name_field(const char *key, guint number, const char *label)
{
    g_autofree char *name = g_strdelimit(g_strdup(key), ".", '-');
    g_autofree char *counted = number > 0 ? g_strdup_printf("%s-%u", name, number) : g_strdup(name);
    g_autofree char *text = templates_pdf_objects_text(label);

    return g_strdup_printf("/T (%s) /TU %s", counted, text);
}

static void
add_text_field(Sheet *sheet, const TemplatesBlankRow *row, const double box[4])
{
    const bool tall = row->kind == TEMPLATES_BLANK_LONG;
    g_autofree char *name = name_field(row->key, 0, row->label);
    g_autofree char *rest = NULL;
    GString *options = g_string_new(NULL);

    for (guint i = 0; i < row->options->len; i++) {
        g_autofree char *option = templates_pdf_objects_text(row->options->pdata[i]);

        g_string_append(options, option);
    }
    /* Size 0: what does not fit is written smaller, and never hidden when it is printed. */
    if (row->kind == TEMPLATES_BLANK_ONE_OF)
        rest = g_strdup_printf("/FT /Ch /Ff %u /Opt [ %s ] %s /V () /DA (/Helv 11 Tf 0 g)",
                               FLAG_COMBO, options->str, name);
    else
        rest = g_strdup_printf("/FT /Tx /Ff %u %s /V () /DA (/Helv %s Tf 0 g)",
                               tall ? FLAG_MULTILINE : 0, name, tall ? "0" : "11");
    g_string_append_printf(sheet->fields, "%u 0 R ", add_widget(sheet, box, rest));
    g_string_free(options, TRUE);
}

static void
draw_caption(Sheet *sheet, const char *caption, double left, double bottom)
{
    const TemplatesPdfHelvetica style = {false, TEXT_SIZE, left, RIGHT - left};

    begin_tag(sheet, "P");
    draw_line(sheet, caption, &style, bottom + 4.0);
    end_tag(sheet);
}

/* One of several boxes, each a field. */
static void
add_box(Sheet *sheet, const TemplatesBlankRow *row, guint option, double bottom)
{
    const double left = ANSWER_LEFT + PAD;
    const double box[4] = {left, bottom, left + BOX, bottom + BOX};
    const char *caption = row->options->pdata[option];
    g_autofree char *label = g_strdup_printf("%s: %s", row->label, caption);
    g_autofree char *name = name_field(row->key, option + 1, label);
    g_autofree char *rest =
        g_strdup_printf("/FT /Btn %s /V /Off /AS /Off /AP << /N << /Yes %u 0 R /Off %u 0 R >> >> "
                        "/MK << /CA (4) >> /DA (/ZaDb 0 Tf 0 g)",
                        name, sheet->box_on, sheet->box_off);

    draw_frame(sheet, box);
    g_string_append_printf(sheet->fields, "%u 0 R ", add_widget(sheet, box, rest));
    draw_caption(sheet, caption, left + BOX + 8.0, bottom);
}

/* Yes and No: one field with two boxes, of which one can be ticked. */
static void
add_yesno(Sheet *sheet, const TemplatesBlankRow *row, double bottom)
{
    guint parent = templates_pdf_objects_reserve(sheet->objects);
    g_autofree char *name = name_field(row->key, 0, row->label);
    g_autoptr(GString) kids = g_string_new(NULL);

    for (guint i = 0; i < row->options->len; i++) {
        const double left = ANSWER_LEFT + PAD + i * YESNO_STEP;
        const double box[4] = {left, bottom, left + BOX, bottom + BOX};
        const char *caption = row->options->pdata[i];
        g_autofree char *spoken = g_strdup_printf("%s %s", row->label, caption);
        g_autofree char *tip = templates_pdf_objects_text(spoken);
        g_autofree char *rest =
            g_strdup_printf("/Parent %u 0 R /TU %s /AS /Off /AP << /N << /%s %u 0 R /Off %u 0 R >> "
                            ">> /MK << /CA (4) >> "
                            "/DA (/ZaDb 0 Tf 0 g)",
                            parent, tip, caption, sheet->box_on, sheet->box_off);

        draw_frame(sheet, box);
        g_string_append_printf(kids, "%u 0 R ", add_widget(sheet, box, rest));
        draw_caption(sheet, caption, left + BOX + 8.0, bottom);
    }
    set_object(sheet, parent, "<< /FT /Btn /Ff %u %s /V /Off /Kids [ %s] >>", FLAG_RADIO, name,
               kids->str);
    g_string_append_printf(sheet->fields, "%u 0 R ", parent);
}

/* A story: its label above, and the whole width to write in. */
static void
add_long_row(Sheet *sheet, const TemplatesBlankRow *row)
{
    const TemplatesPdfHelvetica style = {true, TEXT_SIZE, LEFT + PAD, RIGHT - LEFT - 2 * PAD};
    g_autofree char *label = templates_blank_label(row);
    double height = templates_pdf_helvetica_height(label, &style) + 2 * PAD;

    need(sheet, height + LONG_HEIGHT);
    draw_frame(sheet, (double[4]){LEFT, sheet->y - height, RIGHT, sheet->y});
    draw_text(sheet, "P", label, &style, sheet->y - PAD);
    sheet->y -= height;
    draw_frame(sheet, (double[4]){LEFT, sheet->y - LONG_HEIGHT, RIGHT, sheet->y});
    add_text_field(sheet, row,
                   (double[4]){LEFT + 2, sheet->y - LONG_HEIGHT + 2, RIGHT - 2, sheet->y - 2});
    sheet->y -= LONG_HEIGHT;
}

static double
answer_height(const TemplatesBlankRow *row)
{
    return row->kind == TEMPLATES_BLANK_SEVERAL ? row->options->len * BOX_STEP + PAD : ROW_HEIGHT;
}

static void
add_answer(Sheet *sheet, const TemplatesBlankRow *row, double height)
{
    const double box[4] = {ANSWER_LEFT + 2, sheet->y - height + 2, RIGHT - 2, sheet->y - 2};

    if (row->kind == TEMPLATES_BLANK_YESNO)
        add_yesno(sheet, row, sheet->y - BOX - PAD);
    else if (row->kind != TEMPLATES_BLANK_SEVERAL)
        add_text_field(sheet, row, box);
    else
        for (guint i = 0; i < row->options->len; i++)
            add_box(sheet, row, i, sheet->y - BOX - PAD - i * BOX_STEP);
}

/* Two cells beside one another: what is asked, and room for the answer. */
static void
add_row(Sheet *sheet, const TemplatesBlankRow *row)
{
    const TemplatesPdfHelvetica label_style = {true, TEXT_SIZE, LEFT + PAD, LABEL_WIDTH - 2 * PAD};
    const TemplatesPdfHelvetica hint_style = {false, HINT_SIZE, LEFT + PAD, LABEL_WIDTH - 2 * PAD};
    g_autofree char *aside = templates_blank_aside(row);
    g_autofree char *hint = *aside != '\0' ? g_strdup_printf("(%s)", aside) : g_strdup("");
    double height = 2 * PAD + templates_pdf_helvetica_height(row->label, &label_style) +
                    templates_pdf_helvetica_height(hint, &hint_style);
    double y = 0;

    if (row->kind == TEMPLATES_BLANK_LONG) {
        add_long_row(sheet, row);
        return;
    }
    height = MAX(height, answer_height(row));
    need(sheet, height);
    draw_frame(sheet, (double[4]){LEFT, sheet->y - height, ANSWER_LEFT, sheet->y});
    draw_frame(sheet, (double[4]){ANSWER_LEFT, sheet->y - height, RIGHT, sheet->y});
    y = draw_text(sheet, "P", row->label, &label_style, sheet->y - PAD);
    draw_text(sheet, "P", hint, &hint_style, y);
    add_answer(sheet, row, height);
    sheet->y -= height;
}

static void
add_section(Sheet *sheet, const TemplatesBlankSection *section)
{
    const TemplatesPdfHelvetica style = {true, HEADING_SIZE, LEFT, RIGHT - LEFT};

    need(sheet, 18.0 + templates_pdf_helvetica_height(section->heading, &style) + 3 * ROW_HEIGHT);
    if (sheet->y < TOP)
        sheet->y -= 18.0;
    sheet->y = draw_text(sheet, "H2", section->heading, &style, sheet->y) - 6.0;
    for (guint i = 0; i < section->rows->len; i++)
        add_row(sheet, section->rows->pdata[i]);
}

static void
add_head(Sheet *sheet, const TemplatesBlank *blank)
{
    const TemplatesPdfHelvetica title = {true, TITLE_SIZE, LEFT, RIGHT - LEFT};
    const TemplatesPdfHelvetica note = {false, TEXT_SIZE, LEFT, RIGHT - LEFT};

    sheet->y = draw_text(sheet, "H1", blank->title, &title, sheet->y) - 6.0;
    for (guint i = 0; i < blank->notes->len; i++)
        sheet->y = draw_text(sheet, "P", blank->notes->pdata[i], &note, sheet->y) - 5.0;
}

static void
finish_page(Sheet *sheet, guint index)
{
    Page *page = sheet->pages->pdata[index];
    const TemplatesPdfHelvetica style = {false, HINT_SIZE, LEFT, RIGHT - LEFT};
    g_autofree char *count = g_strdup_printf("Page %u of %u", index + 1, sheet->pages->len);

    sheet->page = page;
    g_string_append(page->drawing, "/Artifact BMC\n");
    draw_line(sheet, count, &style, FOOTER);
    end_tag(sheet);
    set_object(sheet, page->number,
               "<< /Type /Page /Parent %u 0 R /MediaBox [ 0 0 595 842 ] /Contents %u 0 R "
               "/Resources %u 0 R /Annots [ %s] /Tabs /S /StructParents %u >>",
               sheet->pages_root, page->content, sheet->resources, page->widgets->str, index);
    templates_pdf_objects_set_stream(sheet->objects, page->content, "", page->drawing);
}

static void
finish_pages(Sheet *sheet)
{
    g_autoptr(GString) kids = g_string_new(NULL);
    g_autoptr(GString) parents = g_string_new(NULL);

    for (guint i = 0; i < sheet->pages->len; i++) {
        const Page *page = sheet->pages->pdata[i];

        finish_page(sheet, i);
        g_string_append_printf(kids, "%u 0 R ", page->number);
        g_string_append_printf(parents, "%u [ %s] ", i, page->marked->str);
    }
    set_object(sheet, sheet->pages_root, "<< /Type /Pages /Kids [ %s] /Count %u >>", kids->str,
               sheet->pages->len);
    set_object(sheet, sheet->tree_root,
               "<< /Type /StructTreeRoot /K %u 0 R /ParentTree << /Nums [ %s%s] >> "
               "/ParentTreeNextKey %u >>",
               sheet->document, parents->str, sheet->widget_parents->str,
               WIDGETS_FROM + sheet->n_widgets);
    set_object(sheet, sheet->document, "<< /Type /StructElem /S /Document /P %u 0 R /K [ %s] >>",
               sheet->tree_root, sheet->structure->str);
}

static void
begin(Sheet *sheet)
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
    set_object(sheet, sheet->resources, "<< %s >>", fonts);
    look = g_strdup_printf("/Type /XObject /Subtype /Form /BBox [ 0 0 15 15 ] /Resources %u 0 R",
                           sheet->resources);
    templates_pdf_objects_set_stream(sheet->objects, sheet->box_on, look, tick);
    templates_pdf_objects_set_stream(sheet->objects, sheet->box_off, look, nothing);
    new_page(sheet);
}

static GBytes *
finish(Sheet *sheet, const TemplatesBlank *blank)
{
    guint catalog = templates_pdf_objects_reserve(sheet->objects);
    guint info = templates_pdf_objects_reserve(sheet->objects);
    g_autofree char *title = templates_pdf_objects_text(blank->title);

    finish_pages(sheet);
    set_object(sheet, info, "<< /Title %s >>", title);
    set_object(sheet, catalog,
               "<< /Type /Catalog /Pages %u 0 R /Lang (en-GB) /MarkInfo << /Marked true >> "
               "/StructTreeRoot %u 0 R /ViewerPreferences << /DisplayDocTitle true >> "
               "/AcroForm << /Fields [ %s] /NeedAppearances true /DR %u 0 R "
               "/DA (/Helv 11 Tf 0 g) >> >>",
               sheet->pages_root, sheet->tree_root, sheet->fields->str, sheet->resources);
    return templates_pdf_objects_finish(sheet->objects, catalog, info);
}

bool
templates_blank_pdf(const TemplatesBlank *blank, GBytes **out_pdf, GError **error)
{
    g_auto(Sheet) sheet = {.objects = templates_pdf_objects_new(),
                           .pages = g_ptr_array_new_with_free_func(page_free),
                           .structure = g_string_new(NULL),
                           .widget_parents = g_string_new(NULL),
                           .fields = g_string_new(NULL)};
    g_autoptr(GBytes) pdf = NULL;

    begin(&sheet);
    add_head(&sheet, blank);
    for (guint i = 0; i < blank->sections->len; i++)
        add_section(&sheet, blank->sections->pdata[i]);
    pdf = finish(&sheet, blank);
    if (sheet.error != NULL) {
        g_propagate_error(error, g_steal_pointer(&sheet.error));
        return false;
    }
    *out_pdf = g_steal_pointer(&pdf);
    return true;
}
