/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/picture-clean.c - even light, an upright and straight page, the size that reading needs.
 *
 * Runs in:  postern-ocr.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/picture.h"

#include "parsers/picture-paper.h"
#include "parsers/picture-square.h"

#include <math.h>

enum {
    LONG_SIDE = 3400, /* pixels: A4 at 300 an inch */
    SHORT_SIDE = 150, /* pixels of a file below which nothing is written */
    BLACK = 20,       /* grey levels of ink and of the ground once the light is even */
    GROUND = 200,
    INK_LEVEL = 184,  /* below it is ink, once the ground is white */
    UPRIGHT_SURE = 6, /* what leptonica's votes must come to */
    STRAIGHT_SURE = 2,
};

#define ENLARGE_MOST 3.0
#define SKEW_LEAST 0.05 /* degrees */

void
parsers_picture_free(ParsersPicture *picture)
{
    if (picture == NULL)
        return;
    pixDestroy(&picture->grey);
    pixDestroy(&picture->ink);
    pixDestroy(&picture->seen);
    g_free(picture);
}

static void
replace(PIX **place, PIX *pix)
{
    if (pix == NULL)
        return;
    pixDestroy(place);
    *place = pix;
}

static PIX *
to_size(PIX *grey)
{
    const int side = MAX(pixGetWidth(grey), pixGetHeight(grey));
    const float factor = (float)MIN((double)LONG_SIDE / side, ENLARGE_MOST);

    return pixScale(grey, factor, factor);
}

/* Shadows and the tint of the paper go; what is written stays. */
static PIX *
even_light(PIX *grey)
{
    PIX *even = pixBackgroundNormSimple(grey, NULL, NULL);
    PIX *white = pixGammaTRC(NULL, even != NULL ? even : grey, 1.0f, BLACK, GROUND);

    pixDestroy(&even);
    return white;
}

/* What is dark up to the edge is a shadow or the table under the page. */
static PIX *
find_ink(PIX *grey)
{
    PIX *all = pixThresholdToBinary(grey, INK_LEVEL);
    PIX *inside = all != NULL ? pixRemoveBorderConnComps(all, 8) : NULL;

    if (inside == NULL)
        return all;
    pixDestroy(&all);
    return inside;
}

static void
make_upright(ParsersPicture *picture)
{
    float up = 0, left = 0;
    int rotation = 0;

    PIX *turned =
        pixOrientCorrect(picture->ink, UPRIGHT_SURE, STRAIGHT_SURE, &up, &left, &rotation, 0);

    pixDestroy(&turned);
    if (rotation == 0)
        return;
    replace(&picture->grey, pixRotateOrth(picture->grey, rotation / 90));
    replace(&picture->seen, pixRotateOrth(picture->seen, rotation / 90));
    replace(&picture->ink, pixRotateOrth(picture->ink, rotation / 90));
}

/* What is measured on a page that leans much is not exact: it is measured again. */
static bool
make_square(ParsersPicture *picture)
{
    PIX *square = parsers_picture_square(picture->ink, picture->seen);

    if (square == NULL)
        return false;
    replace(&picture->seen, square);
    replace(&picture->grey, even_light(picture->seen));
    replace(&picture->ink, find_ink(picture->grey));
    return true;
}

static void
make_straight(ParsersPicture *picture)
{
    float angle = 0, sure = 0;

    if (pixFindSkew(picture->ink, &angle, &sure) != 0 || sure < STRAIGHT_SURE ||
        fabsf(angle) < (float)SKEW_LEAST)
        return;
    angle *= (float)(G_PI / 180);
    replace(&picture->grey,
            pixRotate(picture->grey, angle, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
    replace(&picture->seen,
            pixRotate(picture->seen, angle, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
    replace(&picture->ink, find_ink(picture->grey));
}

ParsersPicture *
parsers_picture_clean(PIX *source)
{
    g_autoptr(ParsersPicture) picture = g_new0(ParsersPicture, 1);

    if (MIN(pixGetWidth(source), pixGetHeight(source)) < SHORT_SIDE)
        return NULL;
    picture->seen = to_size(source);
    if (picture->seen != NULL) {
        parsers_picture_paper(picture->seen);
        picture->grey = even_light(picture->seen);
    }
    if (picture->grey != NULL)
        picture->ink = find_ink(picture->grey);
    if (picture->ink == NULL)
        return NULL;
    make_upright(picture);
    if (!make_square(picture) || !make_square(picture))
        make_straight(picture);
    return g_steal_pointer(&picture);
}
