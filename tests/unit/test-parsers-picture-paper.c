/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-picture-paper.c - the table under a sheet goes, the sheet stays as it is.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/picture-paper.h"

enum { WIDTH = 2000, HEIGHT = 2600, MARGIN = 200, TABLE = 90, PAPER = 230, BAND = 40 };

static void
fill(PIX *page, const int box[4], l_uint32 level)
{
    for (int y = box[1]; y < box[3]; y++)
        for (int x = box[0]; x < box[2]; x++)
            pixSetPixel(page, x, y, level);
}

static l_uint32
level_at(PIX *page, int x, int y)
{
    l_uint32 level = 0;

    pixGetPixel(page, x, y, &level);
    return level;
}

/* A sheet with a dark band on it, on a table of that grey. */
static PIX *
draw(l_uint32 table)
{
    PIX *page = pixCreate(WIDTH, HEIGHT, 8);

    fill(page, (const int[]){0, 0, WIDTH, HEIGHT}, table);
    fill(page, (const int[]){MARGIN, MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN}, PAPER);
    fill(page, (const int[]){400, 600, 1600, 700}, BAND);
    return page;
}

static void
test_table_wiped(void **fixture)
{
    PIX *page = draw(TABLE);
    (void)fixture;

    parsers_picture_paper(page);
    assert_int_equal(level_at(page, 20, 20), 255);
    assert_int_equal(level_at(page, MARGIN - 10, HEIGHT / 2), 255);
    assert_int_equal(level_at(page, WIDTH - 20, HEIGHT - 20), 255);
    assert_int_equal(level_at(page, WIDTH / 2, HEIGHT / 2), PAPER);
    assert_int_equal(level_at(page, 1000, 650), BAND);
    pixDestroy(&page);
}

/* Nothing is wiped where there is no table, or hardly a sheet. */
static void
test_left_alone(void **fixture)
{
    PIX *scan = draw(PAPER);
    PIX *before = pixCopy(NULL, scan);
    int same = 0;
    (void)fixture;

    parsers_picture_paper(scan);
    pixEqual(scan, before, &same);
    assert_true(same);
    fill(scan, (const int[]){0, 0, WIDTH, HEIGHT}, TABLE);
    fill(scan, (const int[]){900, 900, 1200, 1200}, PAPER);
    pixCopy(before, scan);
    parsers_picture_paper(scan);
    pixEqual(scan, before, &same);
    assert_true(same);
    pixDestroy(&scan);
    pixDestroy(&before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_wiped),
        cmocka_unit_test(test_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
