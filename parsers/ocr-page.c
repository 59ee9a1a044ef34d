/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/ocr-page.c - words and lines of a picture as the page that parsers/pdf-layout.c knows.
 *
 * Nobody knows how far away a camera was: the size that most characters have is taken for that of
 * print, and the rest is measured by it.
 *
 * Runs in:  postern-ocr.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/ocr-page.h"

#include <math.h>

#define PRINT 10.5       /* points */
#define UNIFORM 1.25     /* sizes nearer than this to the common one are the common one */
#define LINE_ALONE 3.0   /* of the font's size: shortest line to write on */
#define NEAR 3.0         /* points between neighbours */
#define SHADE 0.95       /* of the ground of a neighbour */
#define STRIP 6.0        /* points beside the border of two cells */
#define LEADER_LETTERS 4 /* as which a place to write on is shown */

static int
compare_sizes(gconstpointer left, gconstpointer right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;

    return (a > b) - (a < b);
}

static double
common_size(const GArray *glyphs)
{
    g_autofree double *sizes = g_new(double, glyphs->len + 1);

    if (glyphs->len == 0)
        return 42;
    for (guint i = 0; i < glyphs->len; i++)
        sizes[i] = g_array_index(glyphs, ParsersPdfGlyph, i).size;
    qsort(sizes, glyphs->len, sizeof *sizes, compare_sizes);
    return sizes[glyphs->len / 2];
}

/* Sizes are estimates from word to word: near ones are one. */
static void
even_sizes(GArray *glyphs, double common)
{
    for (guint i = 0; i < glyphs->len; i++) {
        ParsersPdfGlyph *glyph = &g_array_index(glyphs, ParsersPdfGlyph, i);
        const double base = glyph->box[3] - 0.2 * glyph->size;

        if (glyph->size > common * UNIFORM || glyph->size < common / UNIFORM)
            continue;
        glyph->size = common;
        glyph->box[1] = base - 0.85 * common;
        glyph->box[3] = base + 0.2 * common;
    }
}

/* A place to write on is shown as it is in typed forms: "____". */
static void
add_leader(GArray *glyphs, double left, double right, double base, double size)
{
    const double step = (right - left) / LEADER_LETTERS;

    for (int i = 0; i < LEADER_LETTERS; i++) {
        const ParsersPdfGlyph glyph = {
            .box = {left + step * i, base - 0.85 * size, left + step * (i + 1), base + 0.2 * size},
            .size = size,
            .character = '_',
            .space_before = i == 0};

        g_array_append_val(glyphs, glyph);
    }
}

/* True if letters stand on, or hang over, a part of a line. */
static bool
is_written_on(const GArray *glyphs, guint n_glyphs, const ParsersPdfRule *rule)
{
    for (guint i = 0; i < n_glyphs; i++) {
        const ParsersPdfGlyph *glyph = &g_array_index(glyphs, ParsersPdfGlyph, i);

        if (glyph->box[1] < rule->position && glyph->box[3] + 0.2 * glyph->size > rule->position &&
            glyph->box[0] < rule->end && glyph->box[2] > rule->start)
            return true;
    }
    return false;
}

static bool
is_crossed(const GArray *vertical, const ParsersPdfRule *rule, double near)
{
    for (guint i = 0; i < vertical->len; i++) {
        const ParsersPdfRule *other = &g_array_index(vertical, ParsersPdfRule, i);

        if (other->position > rule->start - near && other->position < rule->end + near &&
            other->start < rule->position + near && other->end > rule->position - near)
            return true;
    }
    return false;
}

static void
add_leaders(const ParsersOcrDrawing *drawing, GArray *glyphs, double size)
{
    const guint n_glyphs = glyphs->len;

    for (guint i = 0; i < drawing->leaders->len; i++) {
        const double *box = g_array_index(drawing->leaders, ParsersPdfBox, i).box;

        add_leader(glyphs, box[0], box[2], box[3], size);
    }
    for (guint i = 0; i < drawing->horizontal->len; i++) {
        const ParsersPdfRule *rule = &g_array_index(drawing->horizontal, ParsersPdfRule, i);

        if (rule->end - rule->start > LINE_ALONE * size &&
            !is_crossed(drawing->vertical, rule, size / 3) &&
            !is_written_on(glyphs, n_glyphs, rule))
            add_leader(glyphs, rule->start, rule->end, rule->position - 0.1 * size, size);
    }
}

/* ---- Pixels to points ---- */

static void
scale_box(double box[4], double factor)
{
    for (int i = 0; i < 4; i++)
        box[i] *= factor;
}

static void
scale_rules(GArray *rules, double factor)
{
    for (guint i = 0; i < rules->len; i++) {
        ParsersPdfRule *rule = &g_array_index(rules, ParsersPdfRule, i);

        rule->position *= factor;
        rule->start *= factor;
        rule->end *= factor;
    }
}

/* ---- Shades ---- */

/* The grey level that half of a cell exceeds: that of its ground. */
static double
ground_of(PIX *seen, const double box[4], double scale)
{
    guint histogram[256] = {0};
    guint n_pixels = 0, below = 0;
    int level = 0;

    for (int y = (int)((box[1] + 1) * scale); y < (int)((box[3] - 1) * scale); y += 2)
        for (int x = (int)((box[0] + 1) * scale); x < (int)((box[2] - 1) * scale); x += 2) {
            l_uint32 value = 255;

            pixGetPixel(seen, x, y, &value);
            histogram[value & 0xff]++;
            n_pixels++;
        }
    while (level < 255 && (below += histogram[level]) * 2 < n_pixels)
        level++;
    return level;
}

/* Is the strip of `a` along the border that it has with `b` darker than that of `b`?  The light of
 * a lamp changes slowly: only a shade changes at a line. */
static bool
is_darker_at(PIX *seen, const double a[4], const double b[4], int axis, double scale)
{
    const int along = 1 - axis;
    const double first = MAX(a[along], b[along]) + 1, last = MIN(a[along + 2], b[along + 2]) - 1;
    const bool after = fabs(a[axis + 2] - b[axis]) < NEAR;
    double strips[2][4];

    if (last - first < STRIP || (!after && fabs(b[axis + 2] - a[axis]) >= NEAR))
        return false;
    for (int i = 0; i < 2; i++) {
        const double *cell = i == 0 ? a : b;
        const bool at_end = (i == 0) == after;

        strips[i][axis] = at_end ? cell[axis + 2] - STRIP : cell[axis];
        strips[i][axis + 2] = at_end ? cell[axis + 2] : cell[axis] + STRIP;
        strips[i][along] = first;
        strips[i][along + 2] = last;
    }
    return ground_of(seen, strips[0], scale) < SHADE * ground_of(seen, strips[1], scale);
}

/* A cell is shaded if one beside it is clearly lighter. */
static void
mark_shades(ParsersPdfPage *page, PIX *seen, double scale)
{
    for (guint i = 0; i < page->cells->len; i++) {
        ParsersPdfHome *home = &g_array_index(page->cells, ParsersPdfHome, i);

        for (guint j = 0; j < page->cells->len && !home->shaded; j++) {
            const double *other = g_array_index(page->cells, ParsersPdfHome, j).box;

            home->shaded = is_darker_at(seen, home->box, other, 0, scale) ||
                           is_darker_at(seen, home->box, other, 1, scale);
        }
    }
}

ParsersPdfPage *
parsers_ocr_page_build(guint number, const ParsersPicture *picture, ParsersOcrDrawing *drawing,
                       ParsersOcrWords *words)
{
    const double common = common_size(words->glyphs);
    const double factor = PRINT / common;
    const ParsersPdfSeen seen = {.number = number,
                                 .width = pixGetWidth(picture->grey) * factor,
                                 .height = pixGetHeight(picture->grey) * factor,
                                 .glyphs = words->glyphs,
                                 .horizontal = drawing->horizontal,
                                 .vertical = drawing->vertical,
                                 .boxes = drawing->boxes};

    ParsersPdfPage *page = NULL;

    even_sizes(words->glyphs, common);
    add_leaders(drawing, words->glyphs, common);
    for (guint i = 0; i < words->glyphs->len; i++) {
        ParsersPdfGlyph *glyph = &g_array_index(words->glyphs, ParsersPdfGlyph, i);

        scale_box(glyph->box, factor);
        glyph->size *= factor;
    }
    for (guint i = 0; i < drawing->boxes->len; i++)
        scale_box(g_array_index(drawing->boxes, ParsersPdfBox, i).box, factor);
    scale_rules(drawing->horizontal, factor);
    scale_rules(drawing->vertical, factor);
    parsers_pdf_paint_sort(drawing->horizontal);
    parsers_pdf_paint_sort(drawing->vertical);
    page = parsers_pdf_page_assemble(&seen);
    mark_shades(page, picture->seen, 1 / factor);
    return page;
}
