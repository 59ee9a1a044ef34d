/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/document-text.c - the neutral model as plain text.
 *
 * Declared in parsers/document.h; only what is public there is used here.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/document.h"

#define BOX_EMPTY "\xe2\x98\x90"  /* U+2610 */
#define BOX_TICKED "\xe2\x98\x92" /* U+2612 */

static void
append_span_text(GString *text, const ParsersSpan *span)
{
    switch (span->kind) {
    case PARSERS_SPAN_CHECKBOX:
        g_string_append(text, (span->flags & PARSERS_SPAN_CHECKED) != 0 ? BOX_TICKED : BOX_EMPTY);
        if (*span->text != '\0')
            g_string_append_c(text, ' ');
        g_string_append(text, span->text);
        break;
    case PARSERS_SPAN_CONTROL:
        if ((span->flags & PARSERS_SPAN_PLACEHOLDER) == 0)
            g_string_append(text, span->text);
        break;
    case PARSERS_SPAN_TEXT:
        g_string_append(text, span->text);
        break;
    case PARSERS_SPAN_IMAGE:
        break;
    }
}

static void
append_paragraph_text(GString *text, const ParsersBlock *paragraph)
{
    for (guint i = 0; i < paragraph->spans->len; i++)
        append_span_text(text, g_ptr_array_index(paragraph->spans, i));
}

static void append_blocks_text(GString *text, const GPtrArray *blocks);

static void
append_row_text(GString *text, const GPtrArray *row)
{
    for (guint i = 0; i < row->len; i++) {
        const ParsersCell *cell = g_ptr_array_index(row, i);

        if (i > 0)
            g_string_append_c(text, '\t');
        append_blocks_text(text, cell->blocks);
        if (cell->blocks->len > 0)
            g_string_truncate(text, text->len - 1);
    }
    g_string_append_c(text, '\n');
}

/* Every block ends in a line break.  The recursion is as deep as tables are nested, which is
 * limited while building. */
static void
append_blocks_text(GString *text, const GPtrArray *blocks)
{
    for (guint i = 0; i < blocks->len; i++) {
        const ParsersBlock *block = g_ptr_array_index(blocks, i);

        if (block->kind == PARSERS_BLOCK_PARAGRAPH) {
            append_paragraph_text(text, block);
            g_string_append_c(text, '\n');
            continue;
        }
        for (guint j = 0; j < block->rows->len; j++)
            append_row_text(text, g_ptr_array_index(block->rows, j));
        if (block->rows->len == 0)
            g_string_append_c(text, '\n');
    }
}

char *
parsers_document_text(const ParsersDocument *document)
{
    GString *text = g_string_new(NULL);

    append_blocks_text(text, parsers_document_blocks(document));
    return g_string_free(text, FALSE);
}

char *
parsers_document_paragraph_text(const ParsersBlock *paragraph)
{
    GString *text = g_string_new(NULL);

    append_paragraph_text(text, paragraph);
    return g_string_free(text, FALSE);
}
