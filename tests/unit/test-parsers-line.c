/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-line.c - paragraphs as lines, and parts of them.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/line.h"

static void
test_lines(void **fixture)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(GPtrArray) lines = parsers_line_array();
    const ParsersLine *line = NULL;

    (void)fixture;
    help_paragraph(document, "*Name:* Jo", 0);
    help_paragraph(document, "*Name*", 2);
    help_paragraph(document, "", 0);
    for (guint i = 0; i < 3; i++)
        parsers_line_add(lines, g_ptr_array_index(parsers_document_blocks(document), i));
    assert_int_equal(lines->len, 3);
    line = g_ptr_array_index(lines, 0);
    assert_false(line->bold);
    assert_true((line->flags[0] & PARSERS_SPAN_BOLD) != 0);
    assert_true((line->flags[6] & PARSERS_SPAN_BOLD) == 0);
    line = g_ptr_array_index(lines, 1);
    assert_true(line->bold);
    assert_int_equal(line->heading, 2);
    /* An empty line has no letters to look at. */
    line = g_ptr_array_index(lines, 2);
    assert_int_equal(line->length, 0);
    assert_true(parsers_slice_empty(parsers_slice(line)));
}

/* The lines of one paragraph share their memory: each has its own text, flags and controls. */
static void
test_broken_lines(void **fixture)
{
    static char yes[] = "Yes";
    static char name[] = "Jo\nHill";
    static const ParsersSpan box = {PARSERS_SPAN_CHECKBOX, PARSERS_SPAN_CHECKED, yes, NULL, NULL};
    static const ParsersSpan answer = {PARSERS_SPAN_CONTROL, 0, name, NULL, NULL};
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(GPtrArray) lines = parsers_line_array();
    const char *const wanted[] = {NULL, "", "Name: \x01Jo", "Hill\x02\xe2\x98\x92 Yes "};
    g_autofree char *boxes = NULL;

    (void)fixture;
    parsers_document_begin_paragraph(document, 0, false);
    parsers_document_add_text(document, "[][][[]\n\n", 9, PARSERS_SPAN_BOLD);
    parsers_document_add_text(document, "Name: ", 6, 0);
    parsers_document_add_span(document, &answer);
    parsers_document_add_span(document, &box);
    parsers_document_end_paragraph(document);
    parsers_line_add(lines, g_ptr_array_index(parsers_document_blocks(document), 0));
    boxes = g_strconcat(PARSERS_LINE_BOX, PARSERS_LINE_BOX, "[", PARSERS_LINE_BOX, NULL);
    assert_int_equal(lines->len, G_N_ELEMENTS(wanted));
    for (guint i = 0; i < lines->len; i++) {
        const ParsersLine *line = g_ptr_array_index(lines, i);

        assert_string_equal(line->text, i == 0 ? boxes : wanted[i]);
        assert_int_equal(line->length, strlen(line->text));
        for (gsize at = 0; at < line->length; at++)
            assert_int_equal(line->flags[at], i == 0 ? PARSERS_SPAN_BOLD : 0);
        assert_int_equal(parsers_line_controls(line), i == 2);
    }
}

static void
test_slices(void **fixture)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
    g_autoptr(GPtrArray) lines = parsers_line_array();
    ParsersSlice all = {0};
    ParsersSlice dots = {0};
    g_autofree char *name = NULL;

    (void)fixture;
    help_paragraph(document, "  Name: Jo ........ ", 0);
    parsers_line_add(lines, g_ptr_array_index(parsers_document_blocks(document), 0));
    all = parsers_slice(g_ptr_array_index(lines, 0));
    name = parsers_slice_text(parsers_slice_cut(all, all.from + 5, all.to));
    assert_string_equal(name, "Jo");
    dots = parsers_slice_cut(all, all.from + 9, all.to);
    assert_true(dots.from < dots.to);
    assert_true(parsers_slice_empty(dots));
}

static void
check_clean(const char *text, const char *wanted)
{
    g_autofree char *clean = parsers_line_clean(text);

    assert_string_equal(g_strstrip(clean), wanted);
}

/* Strokes are left on both sides of what was typed over the others. */
static void
test_strokes(void **fixture)
{
    (void)fixture;
    check_clean("__Jo Example____", "Jo Example");
    check_clean("__jo__ex@example.org__", "jo__ex@example.org");
    check_clean("a_b", "a_b");
    check_clean("..Jo Example...", "Jo Example");
    check_clean("He said no... and left...", "He said no... and left...");
}

/* However much room a box has. */
static void
test_boxes(void **fixture)
{
    static const struct {
        const char *written, *wanted;
    } cases[] = {
        {"[    ]", PARSERS_LINE_BOX},
        {"[ _ ]", PARSERS_LINE_BOX},
        {"(   )", PARSERS_LINE_BOX},
        {"[]", PARSERS_LINE_BOX},
        {"[  x ]", PARSERS_LINE_TICKED},
        {"( X)", PARSERS_LINE_TICKED},
        {"[\xe2\x9c\x93 ]", PARSERS_LINE_TICKED},
        {"()", "()"},
        {"[ no ]", "[ no ]"},
        {"[x", "[x"},
    };

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());
        g_autoptr(GPtrArray) lines = parsers_line_array();

        help_paragraph(document, cases[i].written, 0);
        parsers_line_add(lines, g_ptr_array_index(parsers_document_blocks(document), 0));
        assert_string_equal(((ParsersLine *)g_ptr_array_index(lines, 0))->text, cases[i].wanted);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),        cmocka_unit_test(test_slices),
        cmocka_unit_test(test_broken_lines), cmocka_unit_test(test_strokes),
        cmocka_unit_test(test_boxes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
