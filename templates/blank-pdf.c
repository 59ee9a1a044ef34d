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

#include "templates/pdf-objects.h"
#include "templates/pdf-sheet.h"

/* Lengths are points from the lower left corner of the page. */
#define LEFT TEMPLATES_PDF_SHEET_LEFT
#define RIGHT TEMPLATES_PDF_SHEET_RIGHT
#define TOP TEMPLATES_PDF_SHEET_TOP
#define BOX TEMPLATES_PDF_SHEET_TICK
#define LABEL_WIDTH 190.0
#define ANSWER_LEFT (LEFT + LABEL_WIDTH)
#define PAD 7.0 /* from the edge of a cell to what is in it */
#define ROW_HEIGHT 29.0
#define LONG_HEIGHT 130.0
#define BOX_STEP 23.0
#define YESNO_STEP 80.0

#define TITLE_SIZE 18.0
#define HEADING_SIZE 14.0
#define TEXT_SIZE 11.0
#define HINT_SIZE 9.5

#define FLAG_MULTILINE (1u << 12)
#define FLAG_RADIO (1u << 15)
#define FLAG_COMBO ((1u << 17) | (1u << 18)) /* a list, and other words may be typed */

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
add_text_field(TemplatesPdfSheet *sheet, const TemplatesBlankRow *row, const double box[4])
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
    templates_pdf_sheet_add_field(sheet, templates_pdf_sheet_widget(sheet, box, rest));
    g_string_free(options, TRUE);
}

static void
draw_caption(TemplatesPdfSheet *sheet, const char *caption, double left, double bottom)
{
    const TemplatesPdfHelvetica style = {false, TEXT_SIZE, left, RIGHT - left};

    templates_pdf_sheet_text(sheet, "P", caption, &style, bottom + 4.0 + TEXT_SIZE);
}

/* One of several boxes, each a field. */
static void
add_box(TemplatesPdfSheet *sheet, const TemplatesBlankRow *row, guint option, double bottom)
{
    const double left = ANSWER_LEFT + PAD;
    const double box[4] = {left, bottom, left + BOX, bottom + BOX};
    const char *caption = row->options->pdata[option];
    g_autofree char *label = g_strdup_printf("%s: %s", row->label, caption);
    g_autofree char *name = name_field(row->key, option + 1, label);
    g_autofree char *look = templates_pdf_sheet_tick(sheet, "Yes");
    g_autofree char *rest = g_strdup_printf("/FT /Btn %s /V /Off %s", name, look);

    templates_pdf_sheet_frame(sheet, box);
    templates_pdf_sheet_add_field(sheet, templates_pdf_sheet_widget(sheet, box, rest));
    draw_caption(sheet, caption, left + BOX + 8.0, bottom);
}

/* Yes and No: one field with two boxes, of which one can be ticked. */
static void
add_yesno(TemplatesPdfSheet *sheet, const TemplatesBlankRow *row, double bottom)
{
    guint parent = templates_pdf_sheet_reserve(sheet);
    g_autofree char *name = name_field(row->key, 0, row->label);
    g_autoptr(GString) kids = g_string_new(NULL);

    for (guint i = 0; i < row->options->len; i++) {
        const double left = ANSWER_LEFT + PAD + i * YESNO_STEP;
        const double box[4] = {left, bottom, left + BOX, bottom + BOX};
        const char *caption = row->options->pdata[i];
        g_autofree char *spoken = g_strdup_printf("%s %s", row->label, caption);
        g_autofree char *tip = templates_pdf_objects_text(spoken);
        g_autofree char *look = templates_pdf_sheet_tick(sheet, caption);
        g_autofree char *rest = g_strdup_printf("/Parent %u 0 R /TU %s %s", parent, tip, look);

        templates_pdf_sheet_frame(sheet, box);
        g_string_append_printf(kids, "%u 0 R ", templates_pdf_sheet_widget(sheet, box, rest));
        draw_caption(sheet, caption, left + BOX + 8.0, bottom);
    }
    templates_pdf_sheet_set(sheet, parent, "<< /FT /Btn /Ff %u %s /V /Off /Kids [ %s] >>",
                            FLAG_RADIO, name, kids->str);
    templates_pdf_sheet_add_field(sheet, parent);
}

/* A story: its label above, and the whole width to write in. */
static void
add_long_row(TemplatesPdfSheet *sheet, const TemplatesBlankRow *row)
{
    const TemplatesPdfHelvetica style = {true, TEXT_SIZE, LEFT + PAD, RIGHT - LEFT - 2 * PAD};
    g_autofree char *label = templates_blank_label(row);
    double height = templates_pdf_helvetica_height(label, &style) + 2 * PAD;

    const double top = templates_pdf_sheet_need(sheet, height + LONG_HEIGHT);
    const double middle = top - height;
    const double bottom = middle - LONG_HEIGHT;

    templates_pdf_sheet_frame(sheet, (double[4]){LEFT, middle, RIGHT, top});
    templates_pdf_sheet_text(sheet, "P", label, &style, top - PAD);
    templates_pdf_sheet_frame(sheet, (double[4]){LEFT, bottom, RIGHT, middle});
    add_text_field(sheet, row, (double[4]){LEFT + 2, bottom + 2, RIGHT - 2, middle - 2});
    templates_pdf_sheet_move(sheet, bottom);
}

static double
answer_height(const TemplatesBlankRow *row)
{
    return row->kind == TEMPLATES_BLANK_SEVERAL ? row->options->len * BOX_STEP + PAD : ROW_HEIGHT;
}

static void
add_answer(TemplatesPdfSheet *sheet, const TemplatesBlankRow *row, double top, double bottom)
{
    const double box[4] = {ANSWER_LEFT + 2, bottom + 2, RIGHT - 2, top - 2};

    if (row->kind == TEMPLATES_BLANK_YESNO)
        add_yesno(sheet, row, top - BOX - PAD);
    else if (row->kind != TEMPLATES_BLANK_SEVERAL)
        add_text_field(sheet, row, box);
    else
        for (guint i = 0; i < row->options->len; i++)
            add_box(sheet, row, i, top - BOX - PAD - i * BOX_STEP);
}

/* Two cells beside one another: what is asked, and room for the answer. */
static void
add_row(TemplatesPdfSheet *sheet, const TemplatesBlankRow *row)
{
    const TemplatesPdfHelvetica label_style = {true, TEXT_SIZE, LEFT + PAD, LABEL_WIDTH - 2 * PAD};
    const TemplatesPdfHelvetica hint_style = {false, HINT_SIZE, LEFT + PAD, LABEL_WIDTH - 2 * PAD};
    g_autofree char *aside = templates_blank_aside(row);
    g_autofree char *hint = *aside != '\0' ? g_strdup_printf("(%s)", aside) : g_strdup("");
    double height = 2 * PAD + templates_pdf_helvetica_height(row->label, &label_style) +
                    templates_pdf_helvetica_height(hint, &hint_style);
    double top = 0;
    double bottom = 0;
    double y = 0;

    if (row->kind == TEMPLATES_BLANK_LONG) {
        add_long_row(sheet, row);
        return;
    }
    height = MAX(height, answer_height(row));
    top = templates_pdf_sheet_need(sheet, height);
    bottom = top - height;
    templates_pdf_sheet_frame(sheet, (double[4]){LEFT, bottom, ANSWER_LEFT, top});
    templates_pdf_sheet_frame(sheet, (double[4]){ANSWER_LEFT, bottom, RIGHT, top});
    y = templates_pdf_sheet_text(sheet, "P", row->label, &label_style, top - PAD);
    templates_pdf_sheet_text(sheet, "P", hint, &hint_style, y);
    add_answer(sheet, row, top, bottom);
    templates_pdf_sheet_move(sheet, bottom);
}

static void
add_section(TemplatesPdfSheet *sheet, const TemplatesBlankSection *section)
{
    const TemplatesPdfHelvetica style = {true, HEADING_SIZE, LEFT, RIGHT - LEFT};

    double y = templates_pdf_sheet_need(
        sheet, 18.0 + templates_pdf_helvetica_height(section->heading, &style) + 3 * ROW_HEIGHT);

    if (y < TOP)
        y -= 18.0;
    y = templates_pdf_sheet_text(sheet, "H2", section->heading, &style, y);
    templates_pdf_sheet_move(sheet, y - 6.0);
    for (guint i = 0; i < section->rows->len; i++)
        add_row(sheet, section->rows->pdata[i]);
}

static void
add_head(TemplatesPdfSheet *sheet, const TemplatesBlank *blank)
{
    const TemplatesPdfHelvetica title = {true, TITLE_SIZE, LEFT, RIGHT - LEFT};
    const TemplatesPdfHelvetica note = {false, TEXT_SIZE, LEFT, RIGHT - LEFT};

    double y = templates_pdf_sheet_text(sheet, "H1", blank->title, &title, TOP) - 6.0;

    for (guint i = 0; i < blank->notes->len; i++)
        y = templates_pdf_sheet_text(sheet, "P", blank->notes->pdata[i], &note, y) - 5.0;
    templates_pdf_sheet_move(sheet, y);
}

bool
templates_blank_pdf(const TemplatesBlank *blank, GBytes **out_pdf, GError **error)
{
    g_autoptr(TemplatesPdfSheet) sheet = templates_pdf_sheet_new();

    add_head(sheet, blank);
    for (guint i = 0; i < blank->sections->len; i++)
        add_section(sheet, blank->sections->pdata[i]);
    return templates_pdf_sheet_finish(sheet, blank->title, out_pdf, error);
}
