/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-page.c - all that stands on one PDF page, each piece with its place.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-page.h"

#include "parsers/pdf-marks.h"
#include "parsers/pdf-rules.h"
#include "parsers/pdf-spans.h"

#include <math.h>
#include <string.h>

enum {
    CELLS_MAX = 4000,                     /* of one page */
    PICTURE_PIXELS_MAX = 9 * 1000 * 1000, /* A4 at 300 to an inch: more is not decoded here */
};

#define RULE_APART 2.6 /* points between the two edges of one line */
#define RULE_GAP 3.0   /* points: a crossing line is no thicker, two boxes are further apart */

/* What tells how a place of the page looks: pixels when there are any, else what was painted. */
typedef struct {
    const ParsersPdfCanvas *canvas; /* or NULL */
    ParsersPdfPicture *picture;     /* or NULL */
} Looks;

void
parsers_pdf_page_free(ParsersPdfPage *page)
{
    if (page == NULL)
        return;
    g_clear_pointer(&page->glyphs, g_array_unref);
    g_clear_pointer(&page->widgets, g_ptr_array_unref);
    g_clear_pointer(&page->tables, g_ptr_array_unref);
    g_clear_pointer(&page->cells, g_array_unref);
    g_clear_pointer(&page->parents, g_array_unref);
    g_clear_pointer(&page->items, g_array_unref);
    g_free(page);
}

static double
area_of(const double box[4])
{
    return (box[2] - box[0]) * (box[3] - box[1]);
}

/* ---- Cells ---- */

/* The smallest cell around a point, other than those of table `except`, or -1. */
static int
cell_at(const ParsersPdfPage *page, double x, double y, int except)
{
    int found = -1;
    double least = G_MAXDOUBLE;

    for (guint i = 0; i < page->cells->len; i++) {
        const ParsersPdfHome *home = &g_array_index(page->cells, ParsersPdfHome, i);

        if ((int)home->table == except || !parsers_pdf_holds(home->box, x, y) ||
            area_of(home->box) >= least)
            continue;
        least = area_of(home->box);
        found = (int)i;
    }
    return found;
}

static bool
is_one_column(const ParsersPdfTable *table)
{
    for (guint i = 0; i < table->cells->len; i++)
        if (g_array_index(table->cells, ParsersPdfCell, i).column > 0)
            return false;
    return true;
}

static bool
is_in_a_table(const ParsersPdfPage *page, double x, double y)
{
    for (guint i = 0; i < page->tables->len; i++)
        if (parsers_pdf_holds(((const ParsersPdfTable *)g_ptr_array_index(page->tables, i))->box, x,
                              y))
            return true;
    return false;
}

/* True if words that are in no table stand beside it. */
static bool
has_words_beside(const ParsersPdfPage *page, const ParsersPdfTable *table)
{
    for (guint i = 0; i < page->glyphs->len; i++) {
        const ParsersPdfGlyph *glyph = &g_array_index(page->glyphs, ParsersPdfGlyph, i);
        double y = (glyph->box[1] + glyph->box[3]) / 2;

        if (y > table->box[1] && y < table->box[3] && !is_in_a_table(page, glyph->box[0], y))
            return true;
    }
    return false;
}

/* Boxes one below the other with their labels beside them are places to write, and no table. */
static void
drop_stacks(ParsersPdfPage *page)
{
    for (guint i = page->tables->len; i > 0; i--) {
        const ParsersPdfTable *table = g_ptr_array_index(page->tables, i - 1);

        if (is_one_column(table) && has_words_beside(page, table))
            g_ptr_array_remove_index(page->tables, i - 1);
    }
}

static bool
is_shaded(const Looks *looks, const double box[4])
{
    if (looks->picture != NULL)
        return parsers_pdf_rules_shaded(looks->picture, box);
    return looks->canvas != NULL && parsers_pdf_canvas_shaded(looks->canvas, box);
}

/* Count all cells, and find for each table the cell around it.  A table stands in a cell only if
 * that cell is larger, so there are no circles. */
static void
place_tables(ParsersPdfPage *page, const Looks *looks)
{
    for (guint i = 0; i < page->tables->len; i++) {
        const ParsersPdfTable *table = g_ptr_array_index(page->tables, i);

        for (guint j = 0; j < table->cells->len; j++) {
            const ParsersPdfCell *cell = &g_array_index(table->cells, ParsersPdfCell, j);
            double inside[4] = {cell->box[0] + 2, cell->box[1] + 2, cell->box[2] - 2,
                                cell->box[3] - 2};
            ParsersPdfHome home = {.table = i};

            memcpy(home.box, cell->box, sizeof(home.box));
            home.shaded = is_shaded(looks, inside);
            g_array_append_val(page->cells, home);
        }
    }
    for (guint i = 0; i < page->tables->len; i++) {
        const ParsersPdfTable *table = g_ptr_array_index(page->tables, i);
        int parent = cell_at(page, (table->box[0] + table->box[2]) / 2,
                             (table->box[1] + table->box[3]) / 2, (int)i);

        if (parent >= 0 &&
            area_of(g_array_index(page->cells, ParsersPdfHome, parent).box) <= area_of(table->box))
            parent = -1;
        g_array_append_val(page->parents, parent);
    }
}

/* No form looks like this: a drawing does. */
static void
forget_tables(ParsersPdfPage *page)
{
    g_ptr_array_set_size(page->tables, 0);
    g_array_set_size(page->cells, 0);
    g_array_set_size(page->parents, 0);
}

/* ---- Items ---- */

static void
add_item(ParsersPdfPage *page, ParsersPdfItem *item)
{
    item->cell =
        cell_at(page, (item->box[0] + item->box[2]) / 2, (item->box[1] + item->box[3]) / 2, -1);
    g_array_append_val(page->items, *item);
}

static bool
continues_word(const ParsersPdfItem *word, const ParsersPdfGlyph *glyph)
{
    return !glyph->space_before && fabs(glyph->box[3] - word->box[3]) < 0.35 * glyph->size &&
           glyph->box[0] > word->box[2] - 0.5 * glyph->size &&
           glyph->box[0] < word->box[2] + 0.3 * glyph->size;
}

static void
add_words(ParsersPdfPage *page)
{
    for (guint i = 0; i < page->glyphs->len;) {
        const ParsersPdfGlyph *glyph = &g_array_index(page->glyphs, ParsersPdfGlyph, i);
        ParsersPdfItem word = {.kind = PARSERS_PDF_WORD,
                               .size = glyph->size,
                               .first = i,
                               .space_before = glyph->space_before};

        memcpy(word.box, glyph->box, sizeof(word.box));
        for (i++; i < page->glyphs->len; i++) {
            glyph = &g_array_index(page->glyphs, ParsersPdfGlyph, i);
            if (!continues_word(&word, glyph))
                break;
            word.box[2] = MAX(word.box[2], glyph->box[2]);
        }
        word.last = i;
        add_item(page, &word);
    }
}

/* What is drawn in a widget of the page itself shows its value again. */
static bool
is_value_again(const ParsersPdfPage *page, const ParsersPdfGlyph *glyph)
{
    double x = (glyph->box[0] + glyph->box[2]) / 2;
    double y = (glyph->box[1] + glyph->box[3]) / 2;

    for (guint i = 0; i < page->widgets->len; i++) {
        const ParsersPdfWidget *widget = g_ptr_array_index(page->widgets, i);
        char letter[8] = {0};

        if (widget->span.kind != PARSERS_SPAN_CONTROL || !parsers_pdf_holds(widget->box, x, y))
            continue;
        g_unichar_to_utf8(glyph->character, letter);
        return strstr(widget->span.text, letter) != NULL;
    }
    return false;
}

/* A box around all fields: most words stand beside it. */
static void
bound_widgets(const ParsersPdfPage *page, double bounds[4])
{
    bounds[0] = bounds[1] = G_MAXDOUBLE;
    bounds[2] = bounds[3] = -G_MAXDOUBLE;
    for (guint i = 0; i < page->widgets->len; i++) {
        const double *box = ((const ParsersPdfWidget *)g_ptr_array_index(page->widgets, i))->box;

        for (int side = 0; side < 2; side++) {
            bounds[side] = MIN(bounds[side], box[side]);
            bounds[side + 2] = MAX(bounds[side + 2], box[side + 2]);
        }
    }
}

static void
drop_values(ParsersPdfPage *page)
{
    double bounds[4];
    guint kept = 0;

    if (page->widgets->len == 0)
        return;
    bound_widgets(page, bounds);
    for (guint i = 0; i < page->glyphs->len; i++) {
        const ParsersPdfGlyph *glyph = &g_array_index(page->glyphs, ParsersPdfGlyph, i);
        double x = (glyph->box[0] + glyph->box[2]) / 2;
        double y = (glyph->box[1] + glyph->box[3]) / 2;

        if (parsers_pdf_holds(bounds, x, y) && is_value_again(page, glyph))
            continue;
        if (kept != i)
            g_array_index(page->glyphs, ParsersPdfGlyph, kept) = *glyph;
        kept++;
    }
    g_array_set_size(page->glyphs, kept);
}

static void
add_widgets(ParsersPdfPage *page)
{
    for (guint i = 0; i < page->widgets->len; i++) {
        const ParsersPdfWidget *widget = g_ptr_array_index(page->widgets, i);
        ParsersPdfItem item = {.kind = PARSERS_PDF_WIDGET, .widget = widget, .space_before = true};

        if (widget->skip)
            continue;
        memcpy(item.box, widget->box, sizeof(item.box));
        item.size = CLAMP(item.box[3] - item.box[1], 6, 12);
        add_item(page, &item);
    }
}

static bool
is_cross(gunichar character)
{
    return character == 'x' || character == 'X' || (character >= 0x2713 && character <= 0x2718) ||
           character == 0xd7;
}

/* A square is for ticking if nothing but a cross stands in it, and no field lies over it. */
static bool
is_for_ticking(const ParsersPdfPage *page, const double box[4])
{
    for (guint i = 0; i < page->glyphs->len; i++) {
        const ParsersPdfGlyph *glyph = &g_array_index(page->glyphs, ParsersPdfGlyph, i);

        if (parsers_pdf_holds(box, (glyph->box[0] + glyph->box[2]) / 2,
                              (glyph->box[1] + glyph->box[3]) / 2) &&
            !is_cross(glyph->character))
            return false;
    }
    for (guint i = 0; i < page->widgets->len; i++) {
        const ParsersPdfWidget *widget = g_ptr_array_index(page->widgets, i);

        if (parsers_pdf_holds(widget->box, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
            return false;
    }
    return true;
}

/* True if there was one. */
static bool
drop_crosses(ParsersPdfPage *page, const double box[4])
{
    guint before = page->glyphs->len;

    for (guint i = page->glyphs->len; i > 0; i--) {
        const ParsersPdfGlyph *glyph = &g_array_index(page->glyphs, ParsersPdfGlyph, i - 1);

        if (parsers_pdf_holds(box, (glyph->box[0] + glyph->box[2]) / 2,
                              (glyph->box[1] + glyph->box[3]) / 2))
            g_array_remove_index(page->glyphs, i - 1);
    }
    return page->glyphs->len < before;
}

static bool
is_inked(const Looks *looks, const double box[4])
{
    if (looks->picture != NULL)
        return parsers_pdf_rules_ink(looks->picture, box) > 0.1;
    return looks->canvas != NULL && parsers_pdf_canvas_ink(looks->canvas, box) > 0.1;
}

static void
add_boxes(ParsersPdfPage *page, const Looks *looks, const GArray *boxes)
{
    for (guint i = 0; i < boxes->len; i++) {
        const double *box = g_array_index(boxes, ParsersPdfBox, i).box;
        double inside[4] = {box[0] + 2, box[1] + 2, box[2] - 2.5, box[3] - 2.5};
        ParsersPdfItem item = {.kind = PARSERS_PDF_BOX, .space_before = true};

        if (!is_for_ticking(page, box))
            continue;
        memcpy(item.box, box, sizeof(item.box));
        item.size = box[3] - box[1];
        item.checked = drop_crosses(page, box) && looks->canvas != NULL;
        item.checked = item.checked || g_array_index(boxes, ParsersPdfBox, i).checked ||
                       is_inked(looks, inside);
        add_item(page, &item);
    }
}

static void
add_tables(ParsersPdfPage *page, const Looks *looks, GPtrArray *tables)
{
    g_ptr_array_unref(page->tables);
    page->tables = tables;
    drop_stacks(page);
    for (guint i = 0; i < tables->len; i++)
        parsers_pdf_spans_part(g_ptr_array_index(tables, i), page->glyphs);
    place_tables(page, looks);
    if (page->cells->len > CELLS_MAX)
        forget_tables(page);
}

/* The page as poppler-glib knows it, opened only now: it is asked for pixels. */
static PopplerPage *
drawn_page(ParsersPdfReading *reading, guint index)
{
    if (reading->drawn == NULL)
        reading->drawn = poppler_document_new_from_bytes(reading->bytes, NULL, NULL);
    return reading->drawn == NULL ? NULL : poppler_document_get_page(reading->drawn, (int)index);
}

static ParsersPdfPicture *
draw_page(ParsersPdfReading *reading, const ParsersPdfPage *page)
{
    PopplerPage *source = drawn_page(reading, page->number - 1);
    ParsersPdfPicture *picture = source == NULL ? NULL : parsers_pdf_rules_render(source);

    g_clear_object(&source);
    return picture;
}

/* Lines, boxes and marks, from what is painted; from pixels where pictures are among it. */
static void
read_drawing(ParsersPdfReading *reading, ParsersPdfPage *page, const ParsersPdfSheet *sheet)
{
    g_autoptr(ParsersPdfPicture) picture = NULL;
    GArray *horizontal = g_array_new(FALSE, FALSE, sizeof(ParsersPdfRule));
    GArray *vertical = g_array_new(FALSE, FALSE, sizeof(ParsersPdfRule));
    g_autoptr(GArray) boxes = NULL;
    g_autoptr(ParsersPdfCanvas) canvas = parsers_pdf_canvas_new(sheet->paints);
    Looks looks = {.canvas = canvas};

    if (sheet->is_more_than_ink && sheet->picture <= PICTURE_PIXELS_MAX)
        picture = draw_page(reading, page);
    if (picture != NULL) {
        looks.picture = picture;
        parsers_pdf_rules_cover(picture, page->glyphs);
        parsers_pdf_rules_find(picture, horizontal, vertical);
    } else {
        parsers_pdf_paint_rules(canvas, page->glyphs, horizontal, vertical);
    }
    parsers_pdf_form_unframe(page->widgets, horizontal, false);
    parsers_pdf_form_unframe(page->widgets, vertical, true);
    for (int i = 0; i < 2; i++) {
        horizontal = parsers_pdf_paint_join(horizontal, RULE_APART, RULE_GAP);
        vertical = parsers_pdf_paint_join(vertical, RULE_APART, RULE_GAP);
    }
    parsers_pdf_marks_find(canvas, page->glyphs);
    boxes = parsers_pdf_grid_boxes(horizontal, vertical);
    add_tables(page, &looks, parsers_pdf_grid_tables(horizontal, vertical));
    add_boxes(page, &looks, boxes);
    g_array_unref(horizontal);
    g_array_unref(vertical);
}

static ParsersPdfPage *
new_page(guint number)
{
    ParsersPdfPage *page = g_new0(ParsersPdfPage, 1);

    page->number = number;
    page->glyphs = g_array_new(FALSE, TRUE, sizeof(ParsersPdfGlyph));
    page->tables = g_ptr_array_new();
    page->cells = g_array_new(FALSE, TRUE, sizeof(ParsersPdfHome));
    page->parents = g_array_new(FALSE, TRUE, sizeof(int));
    page->items = g_array_new(FALSE, TRUE, sizeof(ParsersPdfItem));
    return page;
}

static bool
read_fields(ParsersPdfReading *reading, ParsersPdfPage *page, GError **error)
{
    g_autoptr(GArray) fields = NULL;

    if (!parsers_pdf_source_has_form(reading->source)) {
        page->widgets = g_ptr_array_new();
        return true;
    }
    fields = parsers_pdf_source_fields(reading->source, page->number - 1);
    if (fields != NULL)
        page->widgets = parsers_pdf_form_read(reading->form, fields, page->height);
    if (page->widgets == NULL)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "pdf_fields");
    return true;
}

bool
parsers_pdf_page_read(ParsersPdfReading *reading, guint index, ParsersPdfPage **out_page,
                      GError **error)
{
    g_autoptr(ParsersPdfPage) page = new_page(index + 1);
    g_autoptr(GArray) paints = NULL;
    ParsersPdfText text = {.glyphs = page->glyphs, .most = reading->most_glyphs};
    ParsersPdfSheet sheet = {0};

    *out_page = NULL;
    if (!parsers_pdf_source_read(reading->source, index, &text, &sheet))
        return true;
    paints = sheet.paints;
    page->width = sheet.width;
    page->height = sheet.height;
    if (sheet.limit != NULL)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "%s", sheet.limit);
    if (text.is_full)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "document_text_bytes");
    reading->most_glyphs -= MIN(reading->most_glyphs, page->glyphs->len);
    if (!read_fields(reading, page, error))
        return false;
    drop_values(page);
    if (page->glyphs->len > 0 || page->widgets->len > 0)
        read_drawing(reading, page, &sheet);
    add_words(page);
    add_widgets(page);
    *out_page = g_steal_pointer(&page);
    return true;
}

ParsersPdfPage *
parsers_pdf_page_assemble(const ParsersPdfSeen *seen)
{
    ParsersPdfPage *page = new_page(seen->number);
    Looks looks = {0};

    page->width = seen->width;
    page->height = seen->height;
    g_array_unref(page->glyphs);
    page->glyphs = g_array_ref(seen->glyphs);
    page->widgets = g_ptr_array_new();
    add_tables(page, &looks, parsers_pdf_grid_tables(seen->horizontal, seen->vertical));
    add_boxes(page, &looks, seen->boxes);
    add_words(page);
    return page;
}
