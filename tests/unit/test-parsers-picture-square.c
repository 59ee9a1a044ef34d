/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-picture-square.c - a table seen from the side becomes square again.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "parsers/picture-square.h"

enum { WIDTH = 1200, HEIGHT = 1600, LEFT = 150, TOP = 200, STEP = 100, LINE = 4 };

/* A table of which every line is black on white. */
static PIX *
draw_table(void)
{
    PIX *page = pixCreate(WIDTH, HEIGHT, 8);

    pixSetAllGray(page, 255);
    for (int y = TOP; y <= HEIGHT - TOP; y += STEP)
        pixRasterop(page, LEFT, y, WIDTH - 2 * LEFT, LINE, PIX_CLR, NULL, 0, 0);
    for (int x = LEFT; x <= WIDTH - LEFT; x += 3 * STEP)
        pixRasterop(page, x, TOP, LINE, HEIGHT - 2 * TOP, PIX_CLR, NULL, 0, 0);
    return page;
}

static PTA *
points(const float xs[4], const float ys[4])
{
    PTA *all = ptaCreate(4);

    for (int i = 0; i < 4; i++)
        ptaAddPt(all, xs[i], ys[i]);
    return all;
}

/* The table as a camera sees it that looks from below and from the left. */
static PIX *
seen_from_the_side(PIX *page)
{
    PTA *from = points((const float[]){0, WIDTH, WIDTH, 0}, (const float[]){0, 0, HEIGHT, HEIGHT});
    PTA *to = points((const float[]){60, WIDTH - 40, WIDTH, 10},
                     (const float[]){0, 50, HEIGHT - 60, HEIGHT});
    PIX *seen = pixProjectivePtaGray(page, to, from, 255);

    ptaDestroy(&from);
    ptaDestroy(&to);
    return seen;
}

/* The most that a field of the table lacks to fill its box. */
static double
crookedness(PIX *page)
{
    PIX *ink = pixThresholdToBinary(page, 128);
    BOXA *boxes = NULL;
    double most = 0;

    /* The white fields between the lines: a crooked one has a box larger than its pixels. */
    pixInvert(ink, ink);
    boxes = pixConnComp(ink, NULL, 4);
    for (int i = 0; i < boxaGetCount(boxes); i++) {
        int x, y, width, height, inside = 0;
        BOX *box = boxaGetBox(boxes, i, L_CLONE);
        PIX *field = NULL;

        boxGetGeometry(box, &x, &y, &width, &height);
        field = pixClipRectangle(ink, box, NULL);
        pixCountPixels(field, &inside, NULL);
        if (width < WIDTH / 2 && width > STEP && height > STEP / 2)
            most = MAX(most, 1 - (double)inside / (width * height));
        pixDestroy(&field);
        boxDestroy(&box);
    }
    boxaDestroy(&boxes);
    pixDestroy(&ink);
    return most;
}

static void
test_squared(void **fixture)
{
    PIX *page = draw_table();
    PIX *seen = seen_from_the_side(page);
    PIX *ink = pixThresholdToBinary(seen, 128);
    PIX *square = parsers_picture_square(ink, seen);
    (void)fixture;

    assert_non_null(square);
    print_message("crooked: %.3f, squared: %.3f\n", crookedness(seen), crookedness(square));
    assert_true(crookedness(square) < crookedness(seen) / 2);
    pixDestroy(&square);
    pixDestroy(&ink);
    pixDestroy(&seen);
    pixDestroy(&page);
}

static void
test_left_alone(void **fixture)
{
    PIX *page = draw_table();
    PIX *ink = pixThresholdToBinary(page, 128);
    (void)fixture;

    assert_null(parsers_picture_square(ink, page));
    pixClearAll(ink);
    assert_null(parsers_picture_square(ink, page));
    pixDestroy(&ink);
    pixDestroy(&page);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_squared),
        cmocka_unit_test(test_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
