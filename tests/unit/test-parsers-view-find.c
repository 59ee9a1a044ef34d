/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-view-find.c - a paragraph is marked where it was printed, or not at all.
 *
 * Source:   doc/review.md, "Pages of office files"
 */
#include "config.h"

#include "parsers/view-find.h"
#include "tests/unit/pdf-help.h"

#define HEIGHT 400 /* of the page */

static ParsersViewStep *
add(ParsersViewPart *part, ParsersViewKind kind, const char *text)
{
    ParsersViewStep *step = g_new0(ParsersViewStep, 1);

    step->kind = kind;
    step->text = g_strdup(text);
    step->place = g_strdup("");
    g_ptr_array_add(part->steps, step);
    return step;
}

static ParsersViewStep *
paragraph(ParsersViewPart *part, const char *text)
{
    ParsersViewStep *step = add(part, PARSERS_VIEW_PARAGRAPH, "");

    add(part, PARSERS_VIEW_TEXTS, text);
    add(part, PARSERS_VIEW_END_PARAGRAPH, "");
    return step;
}

/* A row of two cells; the second one's paragraph. */
static ParsersViewStep *
row(ParsersViewPart *part, const char *label, const char *answer)
{
    ParsersViewStep *step = NULL;

    add(part, PARSERS_VIEW_ROW, "");
    add(part, PARSERS_VIEW_CELL, "");
    paragraph(part, label);
    add(part, PARSERS_VIEW_END_CELL, "");
    add(part, PARSERS_VIEW_CELL, "");
    step = paragraph(part, answer);
    add(part, PARSERS_VIEW_END_CELL, "");
    add(part, PARSERS_VIEW_END_ROW, "");
    return step;
}

static void
find(ParsersViewPart *part, const char *drawing)
{
    g_autofree char *content = g_strconcat("BT /F 10 Tf ", drawing, " ET", NULL);
    g_autoptr(GBytes) pdf = make_page(content);

    parsers_view_find(part, pdf, parsers_limits_default());
}

static void
free_part(ParsersViewPart *part)
{
    ParsersView *view = parsers_view_new();

    g_ptr_array_add(view->parts, part);
    parsers_view_free(view);
}

/* Its baseline stands so high above the foot of the page, and it begins that far from the left. */
#define assert_stands(step, x, y)                                                                  \
    do {                                                                                           \
        assert_int_equal((step)->page, 1);                                                         \
        assert_true(ABS((step)->box[0] - (x)) <= 3);                                               \
        assert_true((step)->box[1] < HEIGHT - (y) && (step)->box[3] >= HEIGHT - (y)-2);            \
    } while (0)

/* In a line broken by the printer, whatever its quotes and its case. */
static void
test_once(void **state)
{
    ParsersViewPart *part = parsers_view_part_new();
    ParsersViewStep *one = paragraph(part, "He said: \"come with me\" on Monday");
    ParsersViewStep *other = paragraph(part, "Nothing of this is there");

    (void)state;
    find(part, AT(20, 150) "(HE SAID: 'COME) Tj " AT(20, 138) "(WITH ME' ON MONDAY) Tj");
    assert_stands(one, 20, 150);
    assert_true(one->box[3] - one->box[1] > 15);
    assert_int_equal(other->page, 0);
    free_part(part);
}

/* The same answer in two rows: each beside its own label. */
static void
test_beside(void **state)
{
    ParsersViewPart *part = parsers_view_part_new();
    ParsersViewStep *first = row(part, "First child", "Yes");
    ParsersViewStep *second = row(part, "Second child", "Yes");

    (void)state;
    find(part, AT(20, 150) "(First child) Tj " AT(120, 150) "(Yes) Tj " AT(
                   20, 130) "(Second child) Tj " AT(120, 130) "(Yes) Tj");
    assert_stands(first, 120, 150);
    assert_stands(second, 120, 130);
    free_part(part);
}

/* Between what stands before and behind it; not where it is part of another line. */
static void
test_between(void **state)
{
    ParsersViewPart *part = parsers_view_part_new();

    (void)state;
    paragraph(part, "Smith is his name");
    paragraph(part, "Alpha");
    ParsersViewStep *one = paragraph(part, "Smith");

    paragraph(part, "Beta");
    ParsersViewStep *two = paragraph(part, "Smith");

    find(part, AT(20, 180) "(Smith is his name) Tj " AT(20, 160) "(Alpha) Tj " AT(
                   20, 140) "(Smith) Tj " AT(20, 120) "(Beta) Tj " AT(20, 100) "(Smith) Tj");
    assert_stands(one, 20, 140);
    assert_stands(two, 20, 100);
    free_part(part);
}

/* What could be here or there is marked nowhere. */
static void
test_doubt(void **state)
{
    ParsersViewPart *part = parsers_view_part_new();
    ParsersViewStep *one = paragraph(part, "Yes");
    ParsersViewStep *two = paragraph(part, "Yes");
    ParsersViewPart *other = parsers_view_part_new();
    ParsersViewStep *three = paragraph(other, "Yes");
    ParsersViewStep *four = paragraph(other, "Yes");

    (void)state;
    find(part, AT(20, 150) "(Yes) Tj " AT(20, 130) "(Yes) Tj");
    assert_int_equal(one->page, 0);
    assert_int_equal(two->page, 0);
    find(other, AT(20, 150) "(Yes) Tj"); /* two for one place */
    assert_int_equal(three->page, 0);
    assert_int_equal(four->page, 0);
    free_part(part);
    free_part(other);
}

/* A document made to be compared for ever: it ends, and nothing is marked. */
static void
test_hostile(void **state)
{
    ParsersViewPart *part = parsers_view_part_new();
    g_autoptr(GString) drawing = g_string_new(NULL), text = g_string_new(NULL);
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);

    (void)state;
    for (guint i = 0; i < 2500; i++)
        g_string_append_printf(drawing, "1 0 0 1 %u %u Tm (a) Tj ", i % 50 * 10, i / 50 * 4);
    for (guint i = 0; i < 400; i++)
        g_string_append(text, "a ");
    for (guint i = 0; i < 500; i++)
        paragraph(part, text->str);
    find(part, drawing->str);
    parsers_view_find(part, none, parsers_limits_default());
    for (guint i = 0; i < part->steps->len; i++)
        assert_int_equal(((const ParsersViewStep *)part->steps->pdata[i])->page, 0);
    free_part(part);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_once),    cmocka_unit_test(test_beside),
        cmocka_unit_test(test_between), cmocka_unit_test(test_doubt),
        cmocka_unit_test(test_hostile),
    };

    parsers_pdf_warm_up();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
