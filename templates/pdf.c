/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/pdf.c - the copy of a record as a PDF document.
 *
 * Labels stand left, answers right; an answer flows over as many pages as it
 * needs and loses nothing.  libhpdf's calls do nothing after the first error,
 * so errors are looked at when the document is finished.
 *
 * Runs in:  staff pages, command line.
 * Source:   doc/records.md; ISO 32000-1
 */
#include "config.h"

#include <string.h>

#include "templates/pdf-font.h"
#include "templates/pdf.h"

/* Lengths are points from the lower left corner of an A4 page. */
#define LEFT 51.0
#define RIGHT 544.0
#define TOP 790.0 /* of 841.89 */
#define BOTTOM 62.0
#define FOOTER 36.0
#define LABEL_WIDTH 150.0
#define VALUE_LEFT (LEFT + LABEL_WIDTH + 14.0)
#define NUMBER_WIDTH 90.0 /* of "Page 12 of 345" */
#define LONG_ANSWER 8     /* lines beside a label */
#define LEADING 1.38      /* line height, times the size of the font */

#define LINE_COST 80 /* bytes of a full line */

#define TITLE_SIZE 17.0
#define HEADING_SIZE 12.0
#define TEXT_SIZE 9.5
#define NOTE_SIZE 8.0

#define BLACK 0.0
#define GREY 0.32 /* 8:1 against white */

typedef struct {
    HPDF_Doc doc;
    HPDF_Page page;
    GPtrArray *pages; /* HPDF_Page, borrowed from doc */
    double y;         /* lower edge of what is drawn so far on page */
    TemplatesPdfFont regular, bold;
    bool marked; /* some character was written as [U+...] */
} Sheet;

/* How a block of text looks. */
typedef struct {
    TemplatesPdfFont *font;
    double size, left, width, grey;
} Style;

/* A block of text cut into lines, and how many of them are drawn. */
typedef struct {
    Style style;
    GPtrArray *lines;
    guint drawn;
} Block;

static void
sheet_clear(Sheet *sheet)
{
    if (sheet->doc != NULL)
        HPDF_Free(sheet->doc);
    g_clear_pointer(&sheet->pages, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sheet, sheet_clear)

static void
block_clear(Block *block)
{
    g_clear_pointer(&block->lines, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Block, block_clear)

/* libhpdf keeps the first error; HPDF_GetError() tells it at the end. */
static void
on_error(HPDF_STATUS code, HPDF_STATUS detail, void *user_data)
{
    (void)code;
    (void)detail;
    (void)user_data;
}

static void
new_page(Sheet *sheet)
{
    sheet->page = HPDF_AddPage(sheet->doc);
    HPDF_Page_SetSize(sheet->page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    g_ptr_array_add(sheet->pages, sheet->page);
    sheet->y = TOP;
}

/* Begin a new page unless there is room. */
static void
need(Sheet *sheet, double height)
{
    if (sheet->y - height < BOTTOM)
        new_page(sheet);
}

static double
line_height(const Style *style)
{
    return style->size * LEADING;
}

static Block
make_block(Sheet *sheet, const char *text, Style style)
{
    return (Block){.style = style,
                   .lines = templates_line_wrap(text, &style.font->line,
                                                style.width * 1000.0 / style.size, &sheet->marked)};
}

static void
draw_text(HPDF_Page page, const Style *style, const TemplatesLine *line, double baseline)
{
    double x = style->left;

    if (line->rtl)
        x += style->width - line->width * style->size / 1000.0;
    HPDF_Page_BeginText(page);
    HPDF_Page_SetGrayFill(page, (HPDF_REAL)style->grey);
    HPDF_Page_SetFontAndSize(page, style->font->font, (HPDF_REAL)style->size);
    HPDF_Page_TextOut(page, (HPDF_REAL)x, (HPDF_REAL)baseline, line->text);
    HPDF_Page_EndText(page);
}

/* Draw the next line of a block below y, if it has one. */
static void
draw_next(Sheet *sheet, Block *block)
{
    if (block->drawn == block->lines->len)
        return;
    draw_text(sheet->page, &block->style, g_ptr_array_index(block->lines, block->drawn),
              sheet->y - block->style.size);
    block->drawn++;
}

static void
draw_block(Sheet *sheet, Block *block)
{
    while (block->drawn < block->lines->len) {
        need(sheet, line_height(&block->style));
        draw_next(sheet, block);
        sheet->y -= line_height(&block->style);
    }
}

static void
draw_paragraph(Sheet *sheet, const char *text, Style style)
{
    g_auto(Block) block = {0};

    if (*text == '\0')
        return;
    block = make_block(sheet, text, style);
    draw_block(sheet, &block);
}

static void
draw_rule(Sheet *sheet, double grey, double width)
{
    HPDF_Page_SetGrayStroke(sheet->page, (HPDF_REAL)grey);
    HPDF_Page_SetLineWidth(sheet->page, (HPDF_REAL)width);
    HPDF_Page_MoveTo(sheet->page, LEFT, (HPDF_REAL)sheet->y);
    HPDF_Page_LineTo(sheet->page, RIGHT, (HPDF_REAL)sheet->y);
    HPDF_Page_Stroke(sheet->page);
}

static Style
whole_width(TemplatesPdfFont *font, double size, double grey)
{
    return (Style){.font = font, .size = size, .left = LEFT, .width = RIGHT - LEFT, .grey = grey};
}

static Style
value_column(TemplatesPdfFont *font, double size, double grey)
{
    return (Style){
        .font = font, .size = size, .left = VALUE_LEFT, .width = RIGHT - VALUE_LEFT, .grey = grey};
}

static Style
label_column(Sheet *sheet)
{
    return (Style){
        .font = &sheet->bold, .size = TEXT_SIZE, .left = LEFT, .width = LABEL_WIDTH, .grey = GREY};
}

static void
draw_top(Sheet *sheet, const TemplatesRecord *record)
{
    g_autofree char *reference = g_strdup_printf("Reference: %s", record->reference);
    g_autofree char *received = g_strdup_printf("Received: %s", record->received);
    g_autofree char *made = g_strdup_printf("This copy was made: %s", record->made);

    draw_paragraph(sheet, record->title, whole_width(&sheet->bold, TITLE_SIZE, BLACK));
    sheet->y -= 6;
    if (*record->reference != '\0')
        draw_paragraph(sheet, reference, whole_width(&sheet->bold, HEADING_SIZE, BLACK));
    if (*record->received != '\0')
        draw_paragraph(sheet, received, whole_width(&sheet->regular, TEXT_SIZE, BLACK));
    if (*record->made != '\0')
        draw_paragraph(sheet, made, whole_width(&sheet->regular, TEXT_SIZE, BLACK));
    for (guint i = 0; i < record->status->len; i++)
        draw_paragraph(sheet, g_ptr_array_index(record->status, i),
                       whole_width(&sheet->regular, TEXT_SIZE, BLACK));
    sheet->y -= 4;
}

/* Label left, answer right. */
static void
draw_side_by_side(Sheet *sheet, Block *label, Block *value)
{
    double height = line_height(&value->style);

    while (label->drawn < label->lines->len || value->drawn < value->lines->len) {
        need(sheet, height);
        draw_next(sheet, label);
        draw_next(sheet, value);
        sheet->y -= height;
    }
}

/* A story is easier to read across the whole page, below its label. */
static void
draw_story(Sheet *sheet, const TemplatesRecordRow *row)
{
    draw_paragraph(sheet, row->label, whole_width(&sheet->bold, TEXT_SIZE, GREY));
    sheet->y -= 2;
    draw_paragraph(sheet, row->value, whole_width(&sheet->regular, TEXT_SIZE, BLACK));
    draw_paragraph(sheet, row->note, whole_width(&sheet->regular, NOTE_SIZE, GREY));
}

static void
draw_row(Sheet *sheet, const TemplatesRecordRow *row)
{
    bool answered = *row->value != '\0';
    Style style = value_column(&sheet->regular, TEXT_SIZE, answered ? BLACK : GREY);
    g_auto(Block) label = make_block(sheet, row->label, label_column(sheet));
    g_auto(Block) value = make_block(sheet, answered ? row->value : "(not answered)", style);
    guint first_lines = MIN(3, MAX(label.lines->len, value.lines->len));

    need(sheet, line_height(&style) * first_lines + 4);
    draw_rule(sheet, 0.8, 0.5);
    sheet->y -= 4;
    if (value.lines->len > LONG_ANSWER) {
        draw_story(sheet, row);
    } else {
        draw_side_by_side(sheet, &label, &value);
        draw_paragraph(sheet, row->note, value_column(&sheet->regular, NOTE_SIZE, GREY));
    }
    sheet->y -= 3;
}

static void
draw_section(Sheet *sheet, const TemplatesRecordSection *section)
{
    Style style = whole_width(&sheet->bold, HEADING_SIZE, BLACK);
    g_auto(Block) heading = make_block(sheet, section->heading, style);

    /* A heading stays with the first lines below it. */
    need(sheet, 12 + line_height(&style) * heading.lines->len + TEXT_SIZE * LEADING * 4);
    if (sheet->y < TOP)
        sheet->y -= 12;
    draw_block(sheet, &heading);
    sheet->y -= 2;
    for (guint i = 0; i < section->rows->len; i++)
        draw_row(sheet, g_ptr_array_index(section->rows, i));
}

static void
draw_footers(Sheet *sheet, const char *footer)
{
    Style style = whole_width(&sheet->regular, NOTE_SIZE, GREY);
    g_auto(Block) left = {0};

    style.width -= NUMBER_WIDTH;
    left = make_block(sheet, footer, style);
    style.width += NUMBER_WIDTH;

    for (guint i = 0; i < sheet->pages->len; i++) {
        HPDF_Page page = g_ptr_array_index(sheet->pages, i);
        g_autofree char *number = g_strdup_printf("Page %u of %u", i + 1, sheet->pages->len);
        g_auto(Block) right = make_block(sheet, number, style);
        TemplatesLine *line = g_ptr_array_index(right.lines, 0);

        draw_text(page, &style, g_ptr_array_index(left.lines, 0), FOOTER);
        line->rtl = true; /* puts it at the right edge */
        draw_text(page, &style, line, FOOTER);
    }
}

static void
draw_all(Sheet *sheet, const TemplatesRecord *record)
{
    new_page(sheet);
    draw_top(sheet, record);
    for (guint i = 0; i < record->sections->len; i++)
        draw_section(sheet, g_ptr_array_index(record->sections, i));
    if (sheet->marked) {
        sheet->y -= 10;
        draw_paragraph(sheet,
                       "This copy cannot show every sign. [U+1F621] and the like stand for a sign, "
                       "such as a small picture, by its Unicode number. The original has it.",
                       whole_width(&sheet->regular, NOTE_SIZE, GREY));
    }
    draw_footers(sheet, record->footer);
}

/* Only ASCII: libhpdf would write anything else as if it were Latin-1. */
static void
describe(HPDF_Doc doc, const TemplatesRecord *record)
{
    g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(record->made_at / G_USEC_PER_SEC);
    g_autofree char *title = g_str_to_ascii(record->reference, "C");
    HPDF_Date date = {.ind = 'Z'};

    if (at != NULL) {
        g_date_time_get_ymd(at, &date.year, &date.month, &date.day);
        date.hour = g_date_time_get_hour(at);
        date.minutes = g_date_time_get_minute(at);
        date.seconds = g_date_time_get_second(at);
        HPDF_SetInfoDateAttr(doc, HPDF_INFO_CREATION_DATE, date);
        HPDF_SetInfoDateAttr(doc, HPDF_INFO_MOD_DATE, date);
    }
    HPDF_SetInfoAttr(doc, HPDF_INFO_TITLE, title);
    HPDF_SetInfoAttr(doc, HPDF_INFO_CREATOR, "Postern");
}

static bool
failed(const Sheet *sheet, GError **error)
{
    return templates_throw(error, TEMPLATES_ERROR_RENDER,
                           "the PDF could not be made (libhpdf error 0x%lx)",
                           (unsigned long)HPDF_GetError(sheet->doc));
}

static bool
save(const Sheet *sheet, GBytes **out_pdf, GError **error)
{
    HPDF_UINT32 size;
    g_autofree guint8 *data = NULL;

    if (HPDF_SaveToStream(sheet->doc) != HPDF_OK || HPDF_GetError(sheet->doc) != HPDF_OK)
        return failed(sheet, error);
    size = HPDF_GetStreamSize(sheet->doc);
    data = g_malloc(size);
    HPDF_ResetStream(sheet->doc);
    if (HPDF_ReadFromStream(sheet->doc, data, &size) != HPDF_OK)
        return failed(sheet, error);
    *out_pdf = g_bytes_new_take(g_steal_pointer(&data), size);
    return true;
}

/* Bytes of a text, each line counted as a full one, as that is the room it takes. */
static gsize
room(const char *text)
{
    gsize size = LINE_COST;

    for (; *text != '\0'; text++)
        size += *text == '\n' ? LINE_COST : 1;
    return size;
}

static gsize
room_of_record(const TemplatesRecord *record)
{
    gsize size = room(record->title) + room(record->footer);

    for (guint i = 0; i < record->status->len; i++)
        size += room(g_ptr_array_index(record->status, i));
    for (guint i = 0; i < record->sections->len; i++) {
        const TemplatesRecordSection *section = g_ptr_array_index(record->sections, i);

        size += room(section->heading);
        for (guint k = 0; k < section->rows->len; k++) {
            const TemplatesRecordRow *row = g_ptr_array_index(section->rows, k);

            size += room(row->label) + room(row->value) + room(row->note);
        }
    }
    return size;
}

bool
templates_pdf_render(const TemplatesRecord *record, GBytes **out_pdf, GError **error)
{
    g_auto(Sheet) sheet = {0};

    if (room_of_record(record) > TEMPLATES_PDF_MAX_TEXT)
        return templates_throw(error, TEMPLATES_ERROR_RENDER, "too much text for one PDF");
    sheet.pages = g_ptr_array_new();
    sheet.doc = HPDF_New(on_error, NULL);
    if (sheet.doc == NULL)
        return templates_throw(error, TEMPLATES_ERROR_RENDER, "libhpdf cannot start");
    HPDF_SetCompressionMode(sheet.doc, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(sheet.doc);
    if (!templates_pdf_font_load(sheet.doc, "DejaVuSans.ttf", &sheet.regular, error))
        return false;
    if (!templates_pdf_font_load(sheet.doc, "DejaVuSans-Bold.ttf", &sheet.bold, error))
        return false;
    describe(sheet.doc, record);
    draw_all(&sheet, record);
    return save(&sheet, out_pdf, error);
}
