/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-flow-border.c - the signs between a question and its answer.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/flow.h"

typedef struct {
    ParsersDocument *document;
    GPtrArray *lines;
} Lines;

static Lines
lines_of(const char *text)
{
    Lines lines = {.document = parsers_document_new(parsers_limits_default()),
                   .lines = parsers_line_array()};

    help_paragraph(lines.document, text, 0);
    parsers_line_add(lines.lines, g_ptr_array_index(parsers_document_blocks(lines.document), 0));
    return lines;
}

static void
lines_free(Lines lines)
{
    g_ptr_array_unref(lines.lines);
    parsers_document_free(lines.document);
}

/* Each border as "label|rest", the first bytes of the rest; "~" before what only may be one. */
static char *
borders_of(ParsersSlice line)
{
    GString *out = g_string_new(NULL);
    const char *text = line.line->text;
    ParsersSplit split = {0};

    for (gsize at = line.from + 1; parsers_flow_border(line, line.to, &at, &split); at++)
        g_string_append_printf(out, "%s%.*s|%.2s ", split.exact ? "" : "~", (int)split.label_end,
                               text, text + split.rest);
    return g_strchomp(g_string_free(out, FALSE));
}

static void
test_borders(void **fixture)
{
    /* clang-format off */
    static const struct { const char *text, *borders; bool is_signed; } cases[] = {
        { "Name Jo Hill",            "",                                       false },
        { "Name: Jo",                "Name| J",                                true },
        { "Seen at 10:30",           "",                                       true },
        { "Hurt? - no",              "Hurt?|no Hurt?|no",                      true },
        { "*Name* Jo",               "Name| J",                                true },
        { "Name\tJo",                "Name|Jo",                                false },
        { "Role - coach",            "Role|co",                                false },
        { "Well-known to us",        "",                                       false },
        { "Tel. 01632",              "~Tel.| 0",                               false },
        { "Role (if known) coach",   "~Role (if known)| c",                    false },
        { "Child's name(s) known",   "",                                       false },
        { "Sex \xe2\x98\x90 male",   "Sex |\xe2\x98",                          false },
        { "Name ....... Jo",         "Name |.. Name .|.. Name ..|.. Name ...|.. ~Name .......| J", true },
    };
    /* clang-format on */

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Lines lines = lines_of(cases[i].text);
        const ParsersSlice line = parsers_slice(g_ptr_array_index(lines.lines, 0));
        g_autofree char *borders = borders_of(line);

        assert_string_equal(borders, cases[i].borders);
        assert_int_equal(parsers_flow_signed(line), cases[i].is_signed);
        lines_free(lines);
    }
}

/* Without a sign there is no hard border at any place: what parsers_table_judge() relies on. */
static void
test_signed(void **fixture)
{
    static const char *const texts[] = {
        "Name: Jo",       "*Name* Jo",      "Name  Jo", "Hurt? No",           "12 High St - flat",
        "Name ...... Jo", "at 10:30  noon", "(c) Jo",   "Name \xe2\x80\xa6Jo"};

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        const Lines lines = lines_of(texts[i]);
        const ParsersSlice line = parsers_slice(g_ptr_array_index(lines.lines, 0));
        ParsersSplit split = {0};
        bool hard = false;

        for (gsize at = line.from + 1; parsers_flow_border(line, line.to, &at, &split); at++)
            hard = hard || parsers_flow_hard(line, &split);
        assert_true(!hard || parsers_flow_signed(line));
        lines_free(lines);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_borders),
        cmocka_unit_test(test_signed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
