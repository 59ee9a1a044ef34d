/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/forms-help.h - small documents made by hand, and the definitions we ship.
 */
#ifndef TESTS_FORMS_HELP_H
#define TESTS_FORMS_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/document.h"
#include "parsers/match.h"
#include "tests/load-forms.h"

/* The definitions of templates/forms. */
static inline ParsersDefinitions *
help_definitions(void)
{
    ParsersDefinitions *definitions = parsers_definitions_new();
    g_autoptr(GError) error = NULL;

    if (!load_forms(definitions, FORMS_DIR, &error))
        fail_msg("%s", error->message);
    return definitions;
}

/* A paragraph; '*' around letters makes them bold, '~' struck, '^' highlighted. */
static inline void
help_paragraph(ParsersDocument *document, const char *text, guint heading)
{
    guint flags = 0;

    parsers_document_begin_paragraph(document, heading, false);
    while (*text != '\0') {
        const gsize n = strcspn(text, "*~^");

        parsers_document_add_text(document, text, n, flags);
        text += n;
        if (*text == '*')
            flags ^= PARSERS_SPAN_BOLD;
        if (*text == '~')
            flags ^= PARSERS_SPAN_STRIKE;
        if (*text == '^')
            flags ^= PARSERS_SPAN_HIGHLIGHT;
        text += *text != '\0';
    }
    parsers_document_end_paragraph(document);
}

/* A row: cells between bars, lines of a cell between semicolons; '#' first shades a cell. */
static inline void
help_row(ParsersDocument *document, const char *row)
{
    g_auto(GStrv) cells = g_strsplit(row, "|", -1);

    parsers_document_begin_row(document);
    for (guint i = 0; cells[i] != NULL; i++) {
        const bool shaded = cells[i][0] == '#';
        g_auto(GStrv) lines = g_strsplit(cells[i] + shaded, ";", -1);

        parsers_document_begin_cell(document, i + 1, 1, false);
        parsers_document_mark_cell(document, false, shaded);
        for (guint j = 0; lines[j] != NULL; j++)
            help_paragraph(document, lines[j], 0);
        parsers_document_end_cell(document);
    }
    parsers_document_end_row(document);
}

static inline void
help_table(ParsersDocument *document, const char *const *rows)
{
    parsers_document_begin_table(document);
    for (guint i = 0; rows[i] != NULL; i++)
        help_row(document, rows[i]);
    parsers_document_end_table(document);
}

/* Lines of plain text. */
static inline void
help_lines(ParsersDocument *document, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++)
        help_paragraph(document, lines[i], 0);
}

static inline ParsersForm *
help_match(ParsersDocument *document)
{
    g_autoptr(ParsersDefinitions) definitions = help_definitions();

    return parsers_match_document(definitions, document);
}

/* The form in a text; the caller frees. */
static inline ParsersForm *
help_read(const char *text)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());

    help_lines(document, text);
    return help_match(document);
}

static inline void
help_value(const ParsersForm *form, const char *key, const char *wanted)
{
    const char *value = parsers_form_value(form, key);

    if (wanted == NULL) {
        assert_null(value);
        return;
    }
    assert_non_null(value);
    assert_string_equal(value, wanted);
}

#endif
