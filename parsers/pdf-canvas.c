/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-canvas.c - how a place of a PDF page looks when all is painted.
 *
 * The page is cut into bands, and each band knows what is painted in it: a place is looked at
 * thousands of times, and nearly all of what a page paints is elsewhere.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-canvas.h"

#include <math.h>

enum {
    BANDS = 64,
    INK_STEP = 14, /* grey levels between ink and its ground */
    WHITE = 250,
    LOOKS = 3,      /* places in a row at which a ground is looked at */
    INK_LOOKS = 10, /* places in a row at which a box is looked at */
};

#define SHAPE_SHARE 0.5 /* of its box that a shape covers, more or less */
#define FAR 1e5         /* points; a page ends before */

struct ParsersPdfCanvas {
    const GArray *paints;
    double top;
    double height;           /* of a band */
    guint starts[BANDS + 1]; /* in members, where each band begins */
    guint *members;          /* indexes into paints, in the order of painting */
};

/* The members of one band. */
typedef struct {
    const guint *first;
    const guint *last; /* and one more */
} Band;

/* How far a slant inks beside its own line. */
static double
reach_of(const ParsersPdfPaint *paint)
{
    return paint->kind == PARSERS_PDF_SLANT ? MAX(paint->width, 1) / 2 : 0;
}

static guint
band_of(const ParsersPdfCanvas *canvas, double y)
{
    return (guint)CLAMP((y - canvas->top) / canvas->height, 0, BANDS - 1);
}

static Band
band_at(const ParsersPdfCanvas *canvas, double y)
{
    guint band = band_of(canvas, y);

    return (Band){canvas->members + canvas->starts[band],
                  canvas->members + canvas->starts[band + 1]};
}

/* Lines may go on without an end. */
static double
top_of(const ParsersPdfPaint *paint)
{
    return MAX(paint->box[1] - reach_of(paint), -FAR);
}

static double
bottom_of(const ParsersPdfPaint *paint)
{
    return MIN(paint->box[3] + reach_of(paint), FAR);
}

static void
set_bounds(ParsersPdfCanvas *canvas)
{
    double top = FAR;
    double bottom = -FAR;

    for (guint i = 0; i < canvas->paints->len; i++) {
        top = MIN(top, top_of(parsers_pdf_paint_at(canvas->paints, i)));
        bottom = MAX(bottom, bottom_of(parsers_pdf_paint_at(canvas->paints, i)));
    }
    canvas->top = top;
    canvas->height = MAX((bottom - top) / BANDS, 1);
}

ParsersPdfCanvas *
parsers_pdf_canvas_new(const GArray *paints)
{
    ParsersPdfCanvas *canvas = g_new0(ParsersPdfCanvas, 1);
    guint next[BANDS];

    canvas->paints = paints;
    set_bounds(canvas);
    for (guint i = 0; i < paints->len; i++) {
        const ParsersPdfPaint *paint = parsers_pdf_paint_at(paints, i);

        for (guint band = band_of(canvas, top_of(paint)); band <= band_of(canvas, bottom_of(paint));
             band++)
            canvas->starts[band + 1]++;
    }
    for (guint band = 0; band < BANDS; band++) {
        canvas->starts[band + 1] += canvas->starts[band];
        next[band] = canvas->starts[band];
    }
    canvas->members = g_new(guint, MAX(canvas->starts[BANDS], 1));
    for (guint i = 0; i < paints->len; i++) {
        const ParsersPdfPaint *paint = parsers_pdf_paint_at(paints, i);

        for (guint band = band_of(canvas, top_of(paint)); band <= band_of(canvas, bottom_of(paint));
             band++)
            canvas->members[next[band]++] = i;
    }
    return canvas;
}

void
parsers_pdf_canvas_free(ParsersPdfCanvas *canvas)
{
    if (canvas == NULL)
        return;
    g_free(canvas->members);
    g_free(canvas);
}

const GArray *
parsers_pdf_canvas_paints(const ParsersPdfCanvas *canvas)
{
    return canvas->paints;
}

ParsersPdfTone
parsers_pdf_canvas_tone(const ParsersPdfCanvas *canvas, double x, double y)
{
    const Band band = band_at(canvas, y);

    for (const guint *at = band.last; at > band.first; at--) {
        const ParsersPdfPaint *paint = parsers_pdf_paint_at(canvas->paints, at[-1]);

        if (paint->kind == PARSERS_PDF_AREA && parsers_pdf_holds(paint->box, x, y))
            return (ParsersPdfTone){paint->grey, paint->colour};
    }
    return (ParsersPdfTone){255, 0};
}

/* ---- Looking into a box ---- */

static double
distance_to_slant(const ParsersPdfPaint *slant, double x, double y)
{
    double width = slant->box[2] - slant->box[0];
    double height = slant->box[3] - slant->box[1];
    double from = slant->rises ? slant->box[3] : slant->box[1];
    double rise = slant->rises ? -height : height;
    double length = hypot(width, height);

    if (length <= 0)
        return G_MAXDOUBLE;
    return fabs((x - slant->box[0]) * rise - (y - from) * width) / length;
}

static bool
does_ink(const ParsersPdfPaint *paint, double x, double y)
{
    double reach = reach_of(paint);
    double around[4] = {paint->box[0] - reach, paint->box[1] - reach, paint->box[2] + reach,
                        paint->box[3] + reach};

    if (paint->kind == PARSERS_PDF_SLANT)
        return parsers_pdf_holds(around, x, y) && distance_to_slant(paint, x, y) <= reach;
    return parsers_pdf_holds(paint->box, x, y);
}

static double
darkness_at(const ParsersPdfCanvas *canvas, double x, double y, int ground)
{
    const Band band = band_at(canvas, y);

    for (const guint *at = band.last; at > band.first; at--) {
        const ParsersPdfPaint *paint = parsers_pdf_paint_at(canvas->paints, at[-1]);

        if (!does_ink(paint, x, y))
            continue;
        if (paint->grey + INK_STEP <= ground)
            return paint->kind == PARSERS_PDF_SHAPE ? SHAPE_SHARE : 1;
        if (paint->kind == PARSERS_PDF_AREA)
            return 0;
    }
    return 0;
}

static double
place_in(double from, double to, int index, int count)
{
    return from + (to - from) * (index + 0.5) / count;
}

double
parsers_pdf_canvas_ink(const ParsersPdfCanvas *canvas, const double box[4])
{
    int ground = 0;
    double ink = 0;

    for (int i = 0; i < INK_LOOKS; i++)
        for (int j = 0; j < INK_LOOKS; j++)
            ground =
                MAX(ground, parsers_pdf_canvas_tone(canvas, place_in(box[0], box[2], i, INK_LOOKS),
                                                    place_in(box[1], box[3], j, INK_LOOKS))
                                .grey);
    for (int i = 0; i < INK_LOOKS; i++)
        for (int j = 0; j < INK_LOOKS; j++)
            ink += darkness_at(canvas, place_in(box[0], box[2], i, INK_LOOKS),
                               place_in(box[1], box[3], j, INK_LOOKS), ground);
    return ink / (INK_LOOKS * INK_LOOKS);
}

bool
parsers_pdf_canvas_shaded(const ParsersPdfCanvas *canvas, const double box[4])
{
    for (int i = 0; i < LOOKS; i++)
        for (int j = 0; j < LOOKS; j++)
            if (parsers_pdf_canvas_tone(canvas, place_in(box[0], box[2], i, LOOKS),
                                        place_in(box[1], box[3], j, LOOKS))
                    .grey >= WHITE)
                return false;
    return true;
}
