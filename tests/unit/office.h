/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/office.h - small office files made in a test, and models written down in a line.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#ifndef TESTS_UNIT_OFFICE_H
#define TESTS_UNIT_OFFICE_H

#include "parsers/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <zip.h>

typedef bool (*OfficeRead)(GBytes *bytes, const ParsersLimits *limits,
                           ParsersDocument **out_document, GError **error);

/* A ZIP archive of names and contents, in turn, up to NULL. */
static inline GBytes *
office_zip(const char *name, ...)
{
    zip_error_t problem;
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &problem);
    zip_t *archive = zip_open_from_source(target, ZIP_TRUNCATE, &problem);
    va_list args;
    zip_stat_t about;
    char *data = NULL;

    zip_source_keep(target);
    va_start(args, name);
    for (; name != NULL; name = va_arg(args, const char *)) {
        const char *content = va_arg(args, const char *);

        assert_true(zip_file_add(archive, name,
                                 zip_source_buffer(archive, content, strlen(content), 0),
                                 ZIP_FL_ENC_UTF_8) >= 0);
    }
    va_end(args);
    assert_int_equal(zip_close(archive), 0);
    assert_int_equal(zip_source_stat(target, &about), 0);
    data = g_malloc(about.size);
    assert_int_equal(zip_source_open(target), 0);
    assert_int_equal(zip_source_read(target, data, about.size), (zip_int64_t)about.size);
    zip_source_close(target);
    zip_source_free(target);
    return g_bytes_new_take(data, about.size);
}

static inline void office_write_blocks(GString *out, const GPtrArray *blocks);

static inline void
office_write_span(GString *out, const ParsersSpan *span)
{
    static const char letters[] = "bush";

    for (guint i = 0; i < 4; i++) {
        if ((span->flags & (1u << i)) != 0)
            g_string_append_c(out, letters[i]);
    }
    if (span->kind == PARSERS_SPAN_TEXT)
        g_string_append_printf(out, "'%s'", span->text);
    else if (span->kind == PARSERS_SPAN_IMAGE)
        g_string_append_printf(out, "<%s>", span->text);
    else if (span->kind == PARSERS_SPAN_CHECKBOX)
        g_string_append_printf(out, (span->flags & PARSERS_SPAN_CHECKED) != 0 ? "[x%s" : "[%s",
                               span->text);
    else
        g_string_append_printf(out, "{%s%s%s",
                               (span->flags & PARSERS_SPAN_PLACEHOLDER) != 0 ? "?" : "",
                               (span->flags & PARSERS_SPAN_LIST) != 0 ? "#" : "", span->text);
    if (span->label != NULL)
        g_string_append_printf(out, "|%s", span->label);
    if (span->name != NULL)
        g_string_append_printf(out, "@%s", span->name);
    if (span->kind == PARSERS_SPAN_CHECKBOX)
        g_string_append_c(out, ']');
    if (span->kind == PARSERS_SPAN_CONTROL)
        g_string_append_c(out, '}');
}

static inline void
office_write_row(GString *out, const GPtrArray *row)
{
    g_string_append(out, "R(");
    for (guint i = 0; i < row->len; i++) {
        const ParsersCell *cell = g_ptr_array_index(row, i);

        g_string_append_printf(out, "%u", cell->column);
        if (cell->column_span > 1)
            g_string_append_printf(out, "-%u", cell->column + cell->column_span - 1);
        if (cell->row_span > 1)
            g_string_append_printf(out, "v%u", cell->row_span);
        g_string_append_printf(out, "%s%s:", cell->header ? "h" : "", cell->shaded ? "s" : "");
        office_write_blocks(out, cell->blocks);
    }
    g_string_append_c(out, ')');
}

static inline void
office_write_blocks(GString *out, const GPtrArray *blocks)
{
    static const char *const regions[] = {"", "^", "_", ">"};

    for (guint i = 0; i < blocks->len; i++) {
        const ParsersBlock *block = g_ptr_array_index(blocks, i);

        if (block->kind == PARSERS_BLOCK_TABLE) {
            g_string_append(out, "T(");
            for (guint j = 0; j < block->rows->len; j++)
                office_write_row(out, g_ptr_array_index(block->rows, j));
            g_string_append_c(out, ')');
            continue;
        }
        g_string_append_printf(out, "%sP", regions[block->region]);
        if (block->heading > 0)
            g_string_append_printf(out, "%u", block->heading);
        g_string_append(out, block->list_item ? "*(" : "(");
        for (guint j = 0; j < block->spans->len; j++)
            office_write_span(out, g_ptr_array_index(block->spans, j));
        g_string_append_c(out, ')');
    }
}

/* Paragraphs P(...), with the level of a heading and * for a list; tables T(R(column:...)), with
 * -last column, v rows, h header, s shaded.  Spans: 'text', [ ] as [x|label@name],
 * {answer|label@name} with ? for a placeholder and # for a list, <picture>; before them b u s h for
 * their look. Regions: ^ header, _ footer, > quotation. */
static inline void
office_check(OfficeRead read, GBytes *bytes, const char *wanted)
{
    g_autoptr(ParsersDocument) document = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    bool ok = read(bytes, parsers_limits_default(), &document, &error);

    if (!ok)
        print_message("%s\n", error->message);
    assert_true(ok);
    office_write_blocks(out, parsers_document_blocks(document));
    assert_string_equal(out->str, wanted);
}

static inline void
office_check_fails(OfficeRead read, GBytes *bytes, const ParsersLimits *limits, ParsersError code,
                   const char *words)
{
    g_autoptr(ParsersDocument) document = NULL;
    g_autoptr(GError) error = NULL;

    assert_false(read(bytes, limits, &document, &error));
    assert_null(document);
    assert_true(g_error_matches(error, PARSERS_ERROR, (gint)code));
    assert_non_null(strstr(error->message, words));
}

#endif
