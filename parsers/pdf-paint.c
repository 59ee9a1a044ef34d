/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-paint.c - finds lines and edges of fills among what a page paints.
 *
 * An edge counts when the tones on its two sides differ in the finished page, so what is
 * painted over, or white on white, is not seen.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-paint.h"

#include <math.h>

enum {
    EDGE_STEP = 9,  /* grey levels between the two sides of an edge */
    DARK_STEP = 30, /* grey levels between a line at words and its ground */
    STEPS_MAX = 50 * 1000 * 1000,
};

#define EDGE_MIN 6.0    /* points */
#define LINE_THICK 3.0  /* points; what is thicker is a fill */
#define MARK_THICK 2.5  /* points; the same for lines at words */
#define HAIRLINE 0.1    /* points; what is thinner is seen as this */
#define WORDS_HIGH 30.0 /* points of the ground of a word */
#define WORDS_NEAR 2.0  /* points between a word and the edges of its ground */
#define SIDE 0.6        /* points from an edge to the place where its side is looked at */

/* ---- Joining ---- */

static int
compare_rules(gconstpointer left, gconstpointer right)
{
    const ParsersPdfRule *a = left;
    const ParsersPdfRule *b = right;

    if (a->position != b->position)
        return a->position < b->position ? -1 : 1;
    return (a->start > b->start) - (a->start < b->start);
}

void
parsers_pdf_paint_sort(GArray *rules)
{
    g_array_sort(rules, compare_rules);
}

GArray *
parsers_pdf_paint_join(GArray *edges, double apart, double gap)
{
    GArray *rules = g_array_new(FALSE, FALSE, sizeof(ParsersPdfRule));

    parsers_pdf_paint_sort(edges);
    for (guint i = 0; i < edges->len; i++) {
        const ParsersPdfRule *edge = &g_array_index(edges, ParsersPdfRule, i);
        bool joined = false;

        for (guint back = 0; back < MIN(rules->len, 200u) && !joined; back++) {
            ParsersPdfRule *rule = &g_array_index(rules, ParsersPdfRule, rules->len - 1 - back);

            if (edge->position - rule->position > apart)
                break;
            if (edge->start > rule->end + gap || edge->end < rule->start - gap)
                continue;
            rule->start = MIN(rule->start, edge->start);
            rule->end = MAX(rule->end, edge->end);
            joined = true;
        }
        if (!joined)
            g_array_append_val(rules, *edge);
    }
    g_array_unref(edges);
    return rules;
}

/* ---- Edges ---- */

/* One side of a box: from start to end at a position across. */
typedef struct {
    const ParsersPdfCanvas *canvas;
    bool is_vertical;
    double start;
    double end;
} Side;

static int
grey_beside(const Side *side, double along, double across)
{
    return side->is_vertical ? parsers_pdf_canvas_tone(side->canvas, across, along).grey
                             : parsers_pdf_canvas_tone(side->canvas, along, across).grey;
}

/* True if the page is of another tone before than after a position, at two places at least.  The
 * places are at uneven distances, lest all meet the lines between rows of one height. */
static bool
is_edge(const Side *side, double before, double after, double share)
{
    static const double places[] = {0.13, 0.47, 0.87, 0.29, 0.68};
    int seen = 0;

    for (guint i = 0; i < G_N_ELEMENTS(places) && seen < 2; i++) {
        double along = side->start + places[i] * (side->end - side->start);

        seen += abs(grey_beside(side, along, before) - grey_beside(side, along, after)) * share >=
                EDGE_STEP;
    }
    return seen >= 2;
}

static void
add_rule(GArray *rules, const Side *side, double position)
{
    ParsersPdfRule rule = {.position = position, .start = side->start, .end = side->end};

    g_array_append_val(rules, rule);
}

/* A box as seen along one direction: near and far are its sides across that. */
static void
add_sides(const Side *side, double near, double far, GArray *rules)
{
    double thick = far - near;
    double middle = (near + far) / 2;
    double share = CLAMP(thick, HAIRLINE, 1);

    if (side->end - side->start < EDGE_MIN)
        return;
    if (thick <= LINE_THICK) {
        if (side->end - side->start > thick &&
            (is_edge(side, near - SIDE, middle, share) || is_edge(side, middle, far + SIDE, share)))
            add_rule(rules, side, middle);
        return;
    }
    if (is_edge(side, near - SIDE, near + SIDE, 1))
        add_rule(rules, side, near);
    if (is_edge(side, far - SIDE, far + SIDE, 1))
        add_rule(rules, side, far);
}

/* Glyphs in a row that have one top and one bottom. */
typedef struct {
    double top;
    double bottom;
    guint first;
    guint last; /* and one more */
} Row;

static GArray *
rows_of(const GArray *glyphs)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(Row));

    for (guint i = 0; i < glyphs->len; i++) {
        const double *box = g_array_index(glyphs, ParsersPdfGlyph, i).box;
        Row *last = rows->len == 0 ? NULL : &g_array_index(rows, Row, rows->len - 1);
        Row row = {.top = box[1], .bottom = box[3], .first = i, .last = i + 1};

        if (last != NULL && last->top == row.top && last->bottom == row.bottom)
            last->last++;
        else
            g_array_append_val(rows, row);
    }
    return rows;
}

/* True for the coloured ground of a few words, which is no cell. */
static bool
is_behind_words(const GArray *glyphs, const GArray *rows, const double box[4])
{
    double middle = (box[1] + box[3]) / 2;

    if (box[3] - box[1] <= LINE_THICK || box[3] - box[1] > WORDS_HIGH)
        return false;
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = &g_array_index(rows, Row, i);

        if (fabs(row->top - box[1]) > WORDS_NEAR || fabs(row->bottom - box[3]) > WORDS_NEAR)
            continue;
        for (guint j = row->first; j < row->last; j++) {
            const double *glyph = g_array_index(glyphs, ParsersPdfGlyph, j).box;

            if (parsers_pdf_holds(box, (glyph[0] + glyph[2]) / 2, middle))
                return fabs(glyph[0] - box[0]) <= WORDS_NEAR;
        }
    }
    return false;
}

void
parsers_pdf_paint_rules(const ParsersPdfCanvas *canvas, const GArray *glyphs, GArray *horizontal,
                        GArray *vertical)
{
    const GArray *paints = parsers_pdf_canvas_paints(canvas);
    g_autoptr(GArray) rows = rows_of(glyphs);
    /* What is looked at grows with the square of what is painted. */
    guint most = MIN(paints->len, STEPS_MAX / (40 * MAX(paints->len, 1)));

    for (guint i = 0; i < most; i++) {
        const ParsersPdfPaint *paint = parsers_pdf_paint_at(paints, i);
        const double *box = paint->box;
        Side across = {canvas, false, box[0], box[2]};
        Side down = {canvas, true, box[1], box[3]};

        if (paint->kind != PARSERS_PDF_AREA || is_behind_words(glyphs, rows, box))
            continue;
        add_sides(&across, box[1], box[3], horizontal);
        add_sides(&down, box[0], box[2], vertical);
    }
}

GArray *
parsers_pdf_paint_lines(const GArray *paints)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(ParsersPdfRule));

    for (guint i = 0; i < paints->len; i++) {
        const ParsersPdfPaint *paint = parsers_pdf_paint_at(paints, i);
        double thick = paint->box[3] - paint->box[1];
        ParsersPdfRule line = {.position = (paint->box[1] + paint->box[3]) / 2,
                               .start = paint->box[0],
                               .end = paint->box[2]};

        /* The tone around it is not looked at: most lines are drawn on what is light. */
        if (paint->kind == PARSERS_PDF_AREA && thick <= MARK_THICK &&
            line.end - line.start > thick &&
            (255 - paint->grey) * CLAMP(thick, HAIRLINE, 1) >= DARK_STEP)
            g_array_append_val(lines, line);
    }
    return parsers_pdf_paint_join(lines, 0.8, 1);
}
