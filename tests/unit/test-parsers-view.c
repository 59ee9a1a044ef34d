/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-view.c - a view crosses whole, or not at all.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "parsers/view.h"

static ParsersViewStep *
add(ParsersViewPart *part, guint kind, const char *text, const char *place)
{
    ParsersViewStep *step = g_new0(ParsersViewStep, 1);

    step->kind = (ParsersViewKind)kind;
    step->text = g_strdup(text);
    step->place = g_strdup(place);
    g_ptr_array_add(part->steps, step);
    return step;
}

static ParsersView *
view_of(const guint8 *kinds, gsize n)
{
    ParsersView *view = parsers_view_new();
    ParsersViewPart *part = parsers_view_part_new();

    g_ptr_array_add(view->parts, part);
    for (gsize i = 0; i < n; i++)
        add(part, kinds[i], "x", "page 1");
    return view;
}

static bool
crosses(const ParsersView *view)
{
    g_autoptr(GBytes) bytes = parsers_view_encode(view);
    g_autoptr(ParsersView) back = NULL;

    return parsers_view_decode(bytes, &back, NULL);
}

static void
test_round_trip(void **state)
{
    g_autoptr(ParsersView) view = parsers_view_new();
    g_autoptr(ParsersView) back = NULL;
    ParsersViewPart *part = parsers_view_part_new();
    const ParsersViewSize size = {595, 842};
    ParsersViewStep *step = NULL;

    (void)state;
    g_ptr_array_add(view->headers, g_strdup("Subject"));
    g_ptr_array_add(view->headers, g_strdup("\xff broken"));
    g_ptr_array_add(view->parts, part);
    g_free(part->name);
    part->name = g_strdup("form.pdf");
    part->size = 12345;
    part->state = PARSERS_PART_LOCKED;
    part->depth = 2;
    part->again = part->scanned = true;
    g_array_append_val(part->pages, size);
    step = add(part, PARSERS_VIEW_PARAGRAPH, "", "page 1, paragraph 2");
    step->page = 1;
    step->box[0] = -5;
    step->box[3] = 800;
    step->flags = PARSERS_VIEW_QUOTED;
    add(part, PARSERS_VIEW_BOX, "Yes", "")->flags = PARSERS_VIEW_TICKED;
    add(part, PARSERS_VIEW_END_PARAGRAPH, "", "");

    g_autoptr(GBytes) bytes = parsers_view_encode(view);

    assert_true(parsers_view_decode(bytes, &back, NULL));
    assert_string_equal(back->headers->pdata[0], "Subject");
    assert_true(g_utf8_validate(back->headers->pdata[1], -1, NULL));
    part = back->parts->pdata[0];
    assert_string_equal(part->name, "form.pdf");
    assert_int_equal(part->size, 12345);
    assert_int_equal(part->state, PARSERS_PART_LOCKED);
    assert_int_equal(part->depth, 2);
    assert_true(part->again && part->scanned && !part->body && !part->cut);
    assert_int_equal(g_array_index(part->pages, ParsersViewSize, 0).height, 842);
    step = part->steps->pdata[0];
    assert_string_equal(step->place, "page 1, paragraph 2");
    assert_int_equal(step->box[0], -5);
    assert_int_equal(step->box[3], 800);
    assert_int_equal(step->flags, PARSERS_VIEW_QUOTED);
    step = part->steps->pdata[1];
    assert_string_equal(step->text, "Yes");
    assert_int_equal(step->flags, PARSERS_VIEW_TICKED);
}

#define NESTED(...)                                                                                \
    {                                                                                              \
        (const guint8[]){__VA_ARGS__}, sizeof((const guint8[]){__VA_ARGS__})                       \
    }

enum {
    P = PARSERS_VIEW_PARAGRAPH,
    EP = PARSERS_VIEW_END_PARAGRAPH,
    T = PARSERS_VIEW_TABLE,
    ET = PARSERS_VIEW_END_TABLE,
    R = PARSERS_VIEW_ROW,
    ER = PARSERS_VIEW_END_ROW,
    C = PARSERS_VIEW_CELL,
    EC = PARSERS_VIEW_END_CELL,
    W = PARSERS_VIEW_TEXTS
};

static void
test_nesting(void **state)
{
    const struct {
        const guint8 *kinds;
        gsize n;
    } good[] = {NESTED(P, W, W, EP), NESTED(T, ET),
                NESTED(T, R, C, P, W, EP, T, R, ER, ET, EC, ER, ET)},
      bad[] = {NESTED(P),
               NESTED(EP),
               NESTED(W),
               NESTED(P, P, EP, EP),
               NESTED(P, T, ET, EP),
               NESTED(T, C, EC, ET),
               NESTED(T, R, P, EP, ER, ET),
               NESTED(T, R, C, EC, ET, ER),
               NESTED(R, ER),
               NESTED(P, EP, ET),
               NESTED(PARSERS_VIEW_N_KINDS),
               NESTED(255)};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autoptr(ParsersView) view = view_of(good[i].kinds, good[i].n);

        assert_true(crosses(view));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(ParsersView) view = view_of(bad[i].kinds, bad[i].n);

        if (crosses(view))
            fail_msg("row %zu was taken", i);
    }
}

/* Deeper and more than any page may show. */
static void
test_too_much(void **state)
{
    g_autoptr(ParsersView) deep = parsers_view_new();
    g_autoptr(ParsersView) wide = parsers_view_new();
    g_autoptr(ParsersView) large = parsers_view_new();
    ParsersViewPart *part = parsers_view_part_new();

    (void)state;
    g_ptr_array_add(deep->parts, part);
    for (guint i = 0; i < 100; i++) {
        add(part, T, "", "");
        add(part, R, "", "");
        add(part, C, "", "");
    }
    for (guint i = 0; i < 100; i++) {
        add(part, EC, "", "");
        add(part, ER, "", "");
        add(part, ET, "", "");
    }
    assert_false(crosses(deep));
    part = parsers_view_part_new();
    g_ptr_array_add(wide->parts, part);
    for (guint i = 0; i < PARSERS_VIEW_STEPS; i++) {
        add(part, P, "", "");
        add(part, EP, "", "");
    }
    assert_false(crosses(wide));
    part = parsers_view_part_new();
    g_ptr_array_add(large->parts, part);
    part->state = (ParsersPartState)99;
    assert_false(crosses(large));
}

static void
add_pages(ParsersView *view, guint n)
{
    const ParsersViewSize size = {595, 842};
    ParsersViewPart *part = parsers_view_part_new();

    for (guint i = 0; i < n; i++)
        g_array_append_val(part->pages, size);
    g_ptr_array_add(view->parts, part);
}

/* Pages count over all parts: those beyond are left out, and the part says that it is cut. */
static void
test_many_pages(void **state)
{
    g_autoptr(ParsersView) view = parsers_view_new();
    g_autoptr(ParsersView) back = NULL;
    g_autoptr(GBytes) bytes = NULL;
    const ParsersViewPart *first = NULL, *second = NULL;

    (void)state;
    add_pages(view, 3000);
    add_pages(view, 3000);
    bytes = parsers_view_encode(view);
    assert_true(parsers_view_decode(bytes, &back, NULL));
    first = back->parts->pdata[0];
    second = back->parts->pdata[1];
    assert_int_equal(first->pages->len, 3000);
    assert_false(first->cut);
    assert_int_equal(second->pages->len, 1000);
    assert_true(second->cut);
}

/* What parsers_view_encode() would never make: the same part twice. */
static GBytes *
doubled(GBytes *bytes)
{
    const GVariantType *type = G_VARIANT_TYPE("(asa(ssstuuua(qq)a(yuuuuss(nnnn))))");
    g_autoptr(GVariant) all = g_variant_ref_sink(g_variant_new_from_bytes(type, bytes, FALSE));
    g_autoptr(GVariant) headers = g_variant_get_child_value(all, 0);
    g_autoptr(GVariant) parts = g_variant_get_child_value(all, 1);
    g_autoptr(GVariant) part = g_variant_get_child_value(parts, 0);
    GVariant *both[] = {part, part};
    GVariant *children[] = {headers, g_variant_new_array(NULL, both, 2)};
    g_autoptr(GVariant) twice = g_variant_ref_sink(g_variant_new_tuple(children, 2));

    return g_variant_get_data_as_bytes(twice);
}

static void
test_pages_of_a_stranger(void **state)
{
    for (guint n = 2000; n <= 2001; n++) {
        g_autoptr(ParsersView) view = parsers_view_new();
        g_autoptr(ParsersView) back = NULL;
        g_autoptr(GBytes) bytes = NULL;
        g_autoptr(GBytes) twice = NULL;

        (void)state;
        add_pages(view, n);
        bytes = parsers_view_encode(view);
        twice = doubled(bytes);
        assert_int_equal(parsers_view_decode(twice, &back, NULL), n == 2000);
    }
}

/* Every byte of it turned over, and every length: an error or a view, and no fault. */
static void
test_damage(void **state)
{
    g_autoptr(ParsersView) view = view_of((const guint8[]){T, R, C, P, W, EP, EC, ER, ET}, 9);
    g_autoptr(GBytes) bytes = parsers_view_encode(view);
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    guint refused = 0;

    (void)state;
    for (gsize i = 0; i < size; i++) {
        g_autofree guint8 *copy = g_memdup2(data, size);
        g_autoptr(GBytes) turned = NULL;
        g_autoptr(GBytes) cut = g_bytes_new(data, i);
        g_autoptr(ParsersView) back = NULL;
        g_autoptr(ParsersView) none = NULL;

        copy[i] ^= 0xff;
        turned = g_bytes_new(copy, size);
        refused += !parsers_view_decode(turned, &back, NULL);
        /* What is nearly nothing is a view without parts. */
        if (parsers_view_decode(cut, &none, NULL))
            assert_int_equal(none->parts->len, 0);
    }
    assert_true(refused > 10);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_nesting),
        cmocka_unit_test(test_too_much),
        cmocka_unit_test(test_many_pages),
        cmocka_unit_test(test_pages_of_a_stranger),
        cmocka_unit_test(test_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
