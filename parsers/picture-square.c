/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/picture-square.c - a page seen from the side, seen from the front again.
 *
 * From the side, lines that are parallel on paper lean differently from one edge to the other.  How
 * lines of writing lean is measured in bands down the page, how upright lines lean in bands across
 * it; straight lines through these measures give the four edges of what should be a rectangle.
 * Nothing is asked of the edges of the paper, which may not be in the picture.
 *
 * Runs in:  postern-ocr.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/picture-square.h"

#include <math.h>
#include <stdlib.h>

enum {
    BANDS = 11, /* each a sixth of the page, half over the next */
    BANDS_LEAST = 4,
    PAIRS_MOST = BANDS * (BANDS - 1) / 2,
    UPRIGHT_LEAST = 70, /* pixels: longer than most strokes of letters */
    UPRIGHT_THICK = 5,  /* a thin line that leans falls into steps */
    SURE = 3,           /* what leptonica's votes must come to */
    SHIFT_LEAST = 3,    /* pixels that are worth the work */
};

#define LEAN_MOST 0.12   /* of a line to its page; what leans more is no page from any side */
#define APART_MOST 0.004 /* of the bands to the line through them */

/* How lines lean at places down (or across) a page. */
typedef struct {
    double at[BANDS];
    double lean[BANDS];
    guint n;
} Leans;

/* lean = start + growth x place */
typedef struct {
    double start;
    double growth;
} Trend;

static void
measure_band(PIX *ink, int top, int height, Leans *leans)
{
    BOX *box = boxCreate(0, top, pixGetWidth(ink), height);
    PIX *band = box != NULL ? pixClipRectangle(ink, box, NULL) : NULL;
    float angle = 0, sure = 0;
    int is_empty = 1;

    if (band != NULL && pixZero(band, &is_empty) == 0 && is_empty == 0 &&
        pixFindSkew(band, &angle, &sure) == 0 && sure >= SURE) {
        leans->at[leans->n] = top + height / 2.0;
        leans->lean[leans->n] = -tan((double)angle * G_PI / 180);
        leans->n++;
    }
    pixDestroy(&band);
    boxDestroy(&box);
}

static Leans
measure(PIX *ink)
{
    const int step = pixGetHeight(ink) / (BANDS + 1);
    Leans leans = {0};

    for (int i = 0; i < BANDS; i++)
        measure_band(ink, i * step, 2 * step, &leans);
    return leans;
}

static int
compare(gconstpointer left, gconstpointer right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;

    return (a > b) - (a < b);
}

static double
median(double *values, guint n)
{
    qsort(values, n, sizeof *values, compare);
    return values[n / 2];
}

/* The line through the measures that a few wrong ones do not move (Theil and Sen).  False when
 * they are on no line. */
static bool
find_trend(const Leans *leans, Trend *out_trend)
{
    double growths[PAIRS_MOST], starts[BANDS], apart[BANDS];
    guint n_growths = 0;
    Trend trend = {0};

    if (leans->n < BANDS_LEAST)
        return false;
    for (guint i = 0; i < leans->n; i++)
        for (guint j = i + 1; j < leans->n; j++)
            growths[n_growths++] =
                (leans->lean[j] - leans->lean[i]) / (leans->at[j] - leans->at[i]);
    trend.growth = median(growths, n_growths);
    for (guint i = 0; i < leans->n; i++)
        starts[i] = leans->lean[i] - trend.growth * leans->at[i];
    trend.start = median(starts, leans->n);
    for (guint i = 0; i < leans->n; i++)
        apart[i] = fabs(leans->lean[i] - trend.start - trend.growth * leans->at[i]);
    if (median(apart, leans->n) > APART_MOST)
        return false;
    *out_trend = trend;
    return true;
}

static bool
is_likely(const Trend *trend, int length)
{
    return fabs(trend->start) < LEAN_MOST &&
           fabs(trend->start + trend->growth * length) < LEAN_MOST;
}

/* What is upright and longer than a letter, turned a quarter. */
static PIX *
upright_lines(PIX *ink)
{
    PIX *thick = pixDilateBrick(NULL, ink, UPRIGHT_THICK, 1);
    PIX *lines = thick != NULL ? pixOpenBrick(NULL, thick, 1, UPRIGHT_LEAST) : NULL;
    PIX *turned = lines != NULL ? pixRotate90(lines, 1) : NULL;

    pixDestroy(&thick);
    pixDestroy(&lines);
    return turned;
}

/* How uprights lean, x for each y; where there are none, as the page is turned. */
static Trend
find_upright(PIX *ink, const Trend *across)
{
    PIX *turned = upright_lines(ink);
    Leans leans = {0};
    Trend upright = {0};

    if (turned != NULL)
        leans = measure(turned);
    for (guint i = 0; i < leans.n; i++)
        leans.lean[i] = -leans.lean[i];
    pixDestroy(&turned);
    if (!find_trend(&leans, &upright) || !is_likely(&upright, pixGetWidth(ink)))
        upright = (Trend){.start = -(across->start + across->growth * pixGetHeight(ink) / 2)};
    return upright;
}

/* Where a line across (through the middle of its edge at y, leaning so) meets an upright one. */
static void
add_corner(PTA *corners, const double middle[2], const double across[2], const double upright[2])
{
    /* y = across[0] + across[1] (x - middle[0]);  x = upright[0] + upright[1] (y - middle[1]) */
    const double y = (across[0] + across[1] * (upright[0] - upright[1] * middle[1] - middle[0])) /
                     (1 - across[1] * upright[1]);

    ptaAddPt(corners, (float)(upright[0] + upright[1] * (y - middle[1])), (float)y);
}

static PTA *
corners_seen(const Trend *across, const Trend *upright, int width, int height)
{
    const double middle[] = {width / 2.0, height / 2.0};
    const double top[] = {0, across->start};
    const double bottom[] = {height, across->start + across->growth * height};
    const double left[] = {0, upright->start};
    const double right[] = {width, upright->start + upright->growth * width};
    PTA *corners = ptaCreate(4);

    add_corner(corners, middle, top, left);
    add_corner(corners, middle, top, right);
    add_corner(corners, middle, bottom, right);
    add_corner(corners, middle, bottom, left);
    return corners;
}

static PTA *
corners_wanted(int width, int height)
{
    PTA *corners = ptaCreate(4);

    ptaAddPt(corners, 0, 0);
    ptaAddPt(corners, (float)width, 0);
    ptaAddPt(corners, (float)width, (float)height);
    ptaAddPt(corners, 0, (float)height);
    return corners;
}

static double
furthest(PTA *left, PTA *right)
{
    double most = 0;

    for (int i = 0; i < ptaGetCount(left); i++) {
        float x1, y1, x2, y2;

        ptaGetPt(left, i, &x1, &y1);
        ptaGetPt(right, i, &x2, &y2);
        most = MAX(most, hypot((double)(x1 - x2), (double)(y1 - y2)));
    }
    return most;
}

PIX *
parsers_picture_square(PIX *ink, PIX *seen)
{
    const int width = pixGetWidth(ink), height = pixGetHeight(ink);
    const Leans leans = measure(ink);
    Trend across = {0}, upright = {0};
    PTA *from = NULL, *to = NULL;
    PIX *square = NULL;

    if (!find_trend(&leans, &across) || !is_likely(&across, height))
        return NULL;
    upright = find_upright(ink, &across);
    from = corners_seen(&across, &upright, width, height);
    to = corners_wanted(width, height);
    if (furthest(from, to) >= SHIFT_LEAST)
        square = pixProjectivePtaGray(seen, to, from, 255);
    ptaDestroy(&from);
    ptaDestroy(&to);
    return square;
}
