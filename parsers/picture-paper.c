/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/picture-paper.c - the sheet of paper in a photograph, without what it lies on.
 *
 * The grain of a table looks like letters, and its edges like ruled lines.
 *
 * Runs in:  postern-ocr.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/picture-paper.h"

#include <glib.h>

enum {
    REDUCTION = 8, /* so that neither grain nor writing is seen, only what is large */
    NEAR = 81,     /* reduced pixels in which the light is even */
    MARGIN = 5,    /* reduced pixels: the shadow beside a sheet */
};

#define DARK 0.66        /* of the lightest nearby: what is darker is no paper */
#define PAPER_LEAST 0.25 /* of the picture: less is no sheet */

/* 1 where it is much darker than the lightest nearby. */
static PIX *
find_dark(PIX *small)
{
    const int width = pixGetWidth(small), height = pixGetHeight(small);
    PIX *lightest = pixDilateGray(small, NEAR, NEAR);
    PIX *dark = lightest != NULL ? pixCreate(width, height, 1) : NULL;

    for (int y = 0; dark != NULL && y < height; y++)
        for (int x = 0; x < width; x++) {
            l_uint32 here = 0, most = 0;

            pixGetPixel(small, x, y, &here);
            pixGetPixel(lightest, x, y, &most);
            if ((double)here < DARK * (double)most)
                pixSetPixel(dark, x, y, 1);
        }
    pixDestroy(&lightest);
    return dark;
}

/* What is dark up to the edge of the picture.  Writing and bands of colour are not. */
static PIX *
find_edges(PIX *dark)
{
    PIX *inside = pixRemoveBorderConnComps(dark, 4);
    PIX *edges = inside != NULL ? pixSubtract(NULL, dark, inside) : NULL;
    PIX *solid = edges != NULL ? pixOpenBrick(NULL, edges, 3, 3) : NULL;

    pixDestroy(&inside);
    pixDestroy(&edges);
    return solid;
}

/* The largest piece of what is not 1. */
static PIX *
largest_rest(PIX *edges)
{
    PIX *rest = pixInvert(NULL, edges);
    PIXA *pieces = NULL;
    BOXA *boxes = rest != NULL ? pixConnComp(rest, &pieces, 4) : NULL;
    PIX *largest = rest != NULL ? pixCreateTemplate(rest) : NULL;
    int best = -1, most = 0;

    for (int i = 0; pieces != NULL && i < pixaGetCount(pieces); i++) {
        PIX *piece = pixaGetPix(pieces, i, L_CLONE);
        int area = 0;

        if (pixCountPixels(piece, &area, NULL) == 0 && area > most) {
            most = area;
            best = i;
        }
        pixDestroy(&piece);
    }
    if (best >= 0 && most >= PAPER_LEAST * pixGetWidth(edges) * pixGetHeight(edges)) {
        PIX *piece = pixaGetPix(pieces, best, L_CLONE);
        int x = 0, y = 0, width = 0, height = 0;

        boxaGetBoxGeometry(boxes, best, &x, &y, &width, &height);
        pixRasterop(largest, x, y, width, height, PIX_SRC, piece, 0, 0);
        pixDestroy(&piece);
    } else {
        pixDestroy(&largest);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&pieces);
    pixDestroy(&rest);
    return largest;
}

static void
wipe_outside(PIX *seen, PIX *paper)
{
    PIX *outside = pixInvert(NULL, paper);
    PIX *wider = outside != NULL ? pixDilateBrick(NULL, outside, MARGIN, MARGIN) : NULL;
    PIX *mask = wider != NULL ? pixScaleToSize(wider, pixGetWidth(seen), pixGetHeight(seen)) : NULL;

    if (mask != NULL)
        pixSetMasked(seen, mask, 255);
    pixDestroy(&outside);
    pixDestroy(&wider);
    pixDestroy(&mask);
}

void
parsers_picture_paper(PIX *seen)
{
    PIX *small = pixScaleAreaMap(seen, 1.0f / REDUCTION, 1.0f / REDUCTION);
    PIX *dark = small != NULL ? find_dark(small) : NULL;
    PIX *edges = dark != NULL ? find_edges(dark) : NULL;
    PIX *paper = NULL;
    int is_empty = 1;

    if (edges != NULL && pixZero(edges, &is_empty) == 0 && is_empty == 0)
        paper = largest_rest(edges);
    if (paper != NULL)
        wipe_outside(seen, paper);
    pixDestroy(&small);
    pixDestroy(&dark);
    pixDestroy(&edges);
    pixDestroy(&paper);
}
