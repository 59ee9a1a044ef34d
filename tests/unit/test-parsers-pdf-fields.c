/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-pdf-fields.c - what the tree of fields of a PDF form says.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md; ISO 32000-1 section 12.7
 */
#include "config.h"

#include "parsers/pdf-source.h"
#include "tests/unit/pdf-help.h"

#define WIDGET "/Subtype/Widget/Rect[10 20 30 40]"

/* A page with a form; its objects are 4 and on, NULL ends them. */
static GBytes *
make_tree(const char *roots, const char *annotations, const char *const *objects)
{
    Writer writer = {g_string_new("%PDF-1.5\n"), g_array_new(FALSE, FALSE, sizeof(gsize))};
    g_autofree char *catalog =
        g_strdup_printf("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%s]>>>>", roots);
    g_autofree char *page =
        g_strdup_printf("<</Type/Page/Parent 2 0 R/CropBox[5 7 400 400]/Annots[%s]>>", annotations);

    put_object(&writer, catalog);
    put_object(&writer, "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 400 400]>>");
    put_object(&writer, page);
    for (; *objects != NULL; objects++)
        put_object(&writer, *objects);
    return finish(&writer, "");
}

static GArray *
read_tree(const char *roots, const char *annotations, const char *const *objects)
{
    g_autoptr(GBytes) bytes = make_tree(roots, annotations, objects);
    g_autoptr(GError) error = NULL;
    g_autoptr(ParsersPdfSource) source =
        parsers_pdf_source_open(bytes, parsers_limits_default(), &error);

    if (source == NULL)
        fail_msg("%s", error->message);
    return parsers_pdf_source_fields(source, 0);
}

static const ParsersPdfField *
field_at(const GArray *read, guint index)
{
    assert_true(index < read->len);
    return &g_array_index(read, ParsersPdfField, index);
}

static void
assert_value(const GArray *read, guint index, const char *expected)
{
    g_autofree char *joined = g_strjoinv("|", field_at(read, index)->values);

    assert_string_equal(joined, expected);
}

/* Type, value and name come from the fields above, wherever they stand. */
static void
test_inherited(void **fixture)
{
    static const char *const objects[] = {
        "<</FT/Tx/T(adult)/V(Ann)/Kids[5 0 R 6 0 R]>>",
        "<</Parent 4 0 R/T<FEFF00E9>/TU(Who)" WIDGET ">>",
        "<</Parent 4 0 R/V(Bea)/Kids[7 0 R]>>",
        "<<" WIDGET ">>",
        NULL,
    };
    g_autoptr(GArray) read = read_tree("4 0 R", "7 0 R 5 0 R", objects);

    (void)fixture;
    assert_int_equal(read->len, 2);
    assert_value(read, 0, "Bea");
    assert_string_equal(field_at(read, 0)->name, "adult");
    assert_string_equal(field_at(read, 0)->own_name, "");
    assert_value(read, 1, "Ann");
    assert_string_equal(field_at(read, 1)->name, "adult.\xc3\xa9");
    assert_string_equal(field_at(read, 1)->tip, "Who");
    assert_true(field_at(read, 1)->corners[0] == 5 && field_at(read, 1)->corners[3] == 33);
}

/* What is no field of the form, or has no place of its own, is listed all the same, and last. */
static void
test_outside_the_tree(void **fixture)
{
    static const char *const objects[] = {
        "<</FT/Tx/T(alone)/V(a)" WIDGET ">>",
        "<</FT/Tx/T(within)/V(b)" WIDGET ">>",
        "<</FT/Tx/T(nowhere)/V(c)/Subtype/Widget>>",
        "<</FT/Tx/T(link)/V(d)/Subtype/Link/Rect[0 0 9 9]>>",
        "<</T(untyped)/V(e)" WIDGET ">>",
        "<</FT/Sig/T(signature)" WIDGET ">>",
        "<</FT/Btn/Ff 65536/T(push)" WIDGET ">>",
        NULL,
    };
    g_autoptr(GArray) read = read_tree("5 0 R 5 0 R 6 0 R",
                                       "4 0 R 5 0 R 6 0 R 7 0 R 8 0 R 9 0 R"
                                       " 10 0 R 99 0 R (x) <<>>",
                                       objects);

    (void)fixture;
    assert_int_equal(read->len, 2);
    assert_value(read, 0, "b");
    assert_value(read, 1, "a");
}

static void
test_strings(void **fixture)
{
    static const struct {
        const char *written;
        const char *expected;
    } rows[] = {
        {"(a\\200b)", "a\xe2\x80\xa2"
                      "b"},                     /* a bullet, in the encoding of PDF */
        {"<FEFFD83DDE00>", "\xf0\x9f\x98\x80"}, /* a pair of surrogates */
        {"<FEFFD83D0041>", ""},                 /* half of one */
        {"<FEFFDE00>", ""},                     /* the other half */
        {"<FEFF004100>", ""},                   /* half a letter */
        {"<FEFF>", ""},
        {"/Name", ""},
    };

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *object =
            g_strdup_printf("<</FT/Tx/T<FFFE41004200>/V%s" WIDGET ">>", rows[i].written);
        const char *const objects[] = {object, NULL};
        g_autoptr(GArray) read = read_tree("4 0 R", "4 0 R", objects);

        assert_value(read, 0, rows[i].expected);
        assert_string_equal(field_at(read, 0)->name, "AB");
    }
}

/* One of a group is pressed when the group names it; its own value says nothing. */
static void
test_buttons(void **fixture)
{
    static const char *const objects[] = {
        "<</FT/Btn/Ff 32768/T(radio)/V/B/Kids[5 0 R 6 0 R]>>",
        "<</Parent 4 0 R/V/A/AP<</N<</Off 1 0 R/A 1 0 R>>>>" WIDGET ">>",
        "<</Parent 4 0 R/AP<</N<</Off 1 0 R/B 1 0 R>>>>" WIDGET ">>",
        "<</FT/Btn/T(a)/V/Yes" WIDGET ">>",
        "<</FT/Btn/T(b)/V/Yes/AP<</N<</On 1 0 R>>>>" WIDGET ">>",
        "<</FT/Btn/Ff 32768/T(c)/V/Yes" WIDGET ">>",
        NULL,
    };
    static const bool pressed[] = {false, true, true, false, false};
    g_autoptr(GArray) read =
        read_tree("4 0 R 7 0 R 8 0 R 9 0 R", "5 0 R 6 0 R 7 0 R 8 0 R 9 0 R", objects);

    (void)fixture;
    assert_int_equal(read->len, G_N_ELEMENTS(pressed));
    for (guint i = 0; i < read->len; i++)
        assert_int_equal(field_at(read, i)->is_checked, pressed[i]);
    assert_int_equal(field_at(read, 0)->kind, PARSERS_PDF_FIELD_RADIO);
    assert_int_equal(field_at(read, 2)->kind, PARSERS_PDF_FIELD_CHECK);
}

static void
test_lists(void **fixture)
{
    static const struct {
        const char *entries;
        const char *expected;
    } rows[] = {
        {"/Opt[(a)(b)(a)]/V(a)", "a"}, /* the first of two that are alike */
        {"/Opt[(a)(b)(a)]/V[(a)(b)]", "a|b|a"},
        {"/Opt[[(1)(a)][(2)(b)]]/V(2)", "b"}, /* what would be sent, as it is seen */
        {"/Opt[[(1)(a)][(2)(b)]]/V(b)", ""},
        {"/Opt[(a)(b)(c)]/I[2 0 7 -1]/V(b)", "a|c"},
        {"/Opt[(a)[(b)]]/V(own)", ""},
        {"/Opt[(a)]/Ff 393216/V(own)", "own"}, /* typed beside the list */
        {"/V(own)", ""},
    };

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *object =
            g_strdup_printf("<</FT/Ch/T(list)%s" WIDGET ">>", rows[i].entries);
        const char *const objects[] = {object, NULL};
        g_autoptr(GArray) read = read_tree("4 0 R", "4 0 R", objects);

        assert_value(read, 0, rows[i].expected);
        assert_int_equal(field_at(read, 0)->kind, PARSERS_PDF_FIELD_CHOICE);
    }
}

/* One field as programs write it, and as none should. */
static void
test_writings(void **fixture)
{
    static const char *const writings[] = {
        "<</FT/Tx/T(a)/V(b)" WIDGET ">>",
        "<</FT/Tx/T<61>/V <62> " WIDGET ">>",
        "<<\r\n/DA (\\)\\() /MK<</BC[ 0 .1 1]/CA(x(y)>>\\))>>/V(b)/T(a)\t/FT /Tx" WIDGET ">>",
        "<</AA<</K<</JS(/V\\(c\\))>>>>/FT/Tx/T(a)/V(b)/F 4" WIDGET ">>",
        "<</FT/Tx/T(a)%/V(c)\n/V(b)" WIDGET ">>",
        "<</F#54/Tx/T(a)/#56(b)" WIDGET ">>",
        "<</FT/Tx/T(a)/V(c)/V(b)/X null/Y true/Z 1 0 R" WIDGET ">>",
        "<</FT/Tx/T(a)/V(b)" WIDGET ">> %end",
        "<</FT/Tx/T(a)/V(b)" WIDGET "/DA(x)]>>",
        "<</FT/Tx/T(a) 5 (c)/V(b)" WIDGET ">>",
    };

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(writings); i++) {
        const char *const objects[] = {writings[i], NULL};
        g_autoptr(GArray) read = read_tree("4 0 R", "4 0 R", objects);

        assert_value(read, 0, "b");
        assert_string_equal(field_at(read, 0)->name, "a");
        assert_true(field_at(read, 0)->corners[2] == 25);
    }
}

/* A value that nobody types is still read, by poppler alone. */
static void
test_long_value(void **fixture)
{
    g_autofree char *text = g_strnfill(100 * 1000, 'x');
    g_autofree char *object = g_strdup_printf("<</FT/Tx/T(a)/V(%s)" WIDGET ">>", text);
    const char *const objects[] = {object, NULL};
    g_autoptr(GArray) read = read_tree("4 0 R", "4 0 R", objects);

    (void)fixture;
    assert_value(read, 0, text);
}

/* Fields that are part of themselves end somewhere. */
static void
test_circles(void **fixture)
{
    static const char *const objects[] = {
        "<</Parent 5 0 R/T(a)/Kids[5 0 R]>>",
        "<</Parent 4 0 R/T(b)/Kids[4 0 R 6 0 R]>>",
        "<</FT/Tx/Parent 5 0 R/T(c)/V(found)" WIDGET ">>",
        NULL,
    };
    g_autoptr(GArray) read = read_tree("4 0 R", "6 0 R", objects);

    (void)fixture;
    assert_int_equal(read->len, 1);
    assert_value(read, 0, "found");
    assert_true(g_str_has_suffix(field_at(read, 0)->name, "a.b.c"));
}

/* Thirty levels of which each names the next one twice would be a thousand million fields. */
static void
test_too_many(void **fixture)
{
    g_autoptr(GPtrArray) objects = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) read = NULL;

    (void)fixture;
    for (guint i = 0; i < 30; i++)
        g_ptr_array_add(objects, g_strdup_printf("<</FT/Tx/Parent 1 0 R/T(t)/Kids[%u 0 R %u 0 R]>>",
                                                 i + 5, i + 5));
    g_ptr_array_add(objects, g_strdup("<</Parent 1 0 R" WIDGET ">>"));
    g_ptr_array_add(objects, NULL);
    read = read_tree("4 0 R", "34 0 R", (const char *const *)objects->pdata);
    assert_null(read);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inherited),  cmocka_unit_test(test_outside_the_tree),
        cmocka_unit_test(test_strings),    cmocka_unit_test(test_buttons),
        cmocka_unit_test(test_lists),      cmocka_unit_test(test_writings),
        cmocka_unit_test(test_long_value), cmocka_unit_test(test_circles),
        cmocka_unit_test(test_too_many),
    };

    return cmocka_run_group_tests(tests, warm_up, NULL);
}
