/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/document-append.c - one document after another, as one.
 *
 * Everything is added anew, so that numbers of tables and paragraphs go on, and limits count both.
 *
 * Runs in:  postern-parser.
 * Source:   doc/architecture.md
 */
#include "config.h"

#include "parsers/document.h"

#include <string.h>

static bool append_blocks(ParsersDocument *document, const GPtrArray *blocks);

static bool
append_paragraph(ParsersDocument *document, const ParsersBlock *block)
{
    bool good = parsers_document_begin_paragraph(document, block->heading, block->list_item);

    for (guint i = 0; good && i < block->spans->len; i++) {
        const ParsersSpan *span = block->spans->pdata[i];

        if (span->kind == PARSERS_SPAN_TEXT)
            good = parsers_document_add_text(document, span->text, strlen(span->text), span->flags);
        else
            good = parsers_document_add_span(document, span);
    }
    parsers_document_end_paragraph(document);
    return good;
}

/* The lower parts of cells that began in rows above. */
static bool
append_continued(ParsersDocument *document, const GPtrArray *rows, guint row)
{
    bool good = true;

    for (guint above = 0; good && above < row; above++) {
        const GPtrArray *cells = rows->pdata[above];

        for (guint i = 0; good && i < cells->len; i++) {
            const ParsersCell *cell = cells->pdata[i];

            if (cell->row_span <= row - above)
                continue;
            good = parsers_document_begin_cell(document, cell->column, cell->column_span, true);
            parsers_document_end_cell(document);
        }
    }
    return good;
}

static bool
append_row(ParsersDocument *document, const GPtrArray *rows, guint row)
{
    const GPtrArray *cells = rows->pdata[row];
    bool good;

    parsers_document_begin_row(document);
    good = append_continued(document, rows, row);
    for (guint i = 0; good && i < cells->len; i++) {
        const ParsersCell *cell = cells->pdata[i];

        good = parsers_document_begin_cell(document, cell->column, cell->column_span, false);
        parsers_document_mark_cell(document, cell->header, cell->shaded);
        good = good && append_blocks(document, cell->blocks);
        parsers_document_end_cell(document);
    }
    parsers_document_end_row(document);
    return good;
}

static bool
append_table(ParsersDocument *document, const ParsersBlock *block)
{
    bool good = parsers_document_begin_table(document);

    for (guint i = 0; good && i < block->rows->len; i++)
        good = append_row(document, block->rows, i);
    parsers_document_end_table(document);
    return good;
}

static bool
append_blocks(ParsersDocument *document, const GPtrArray *blocks)
{
    bool good = true;

    for (guint i = 0; good && i < blocks->len; i++) {
        const ParsersBlock *block = blocks->pdata[i];

        parsers_document_set_region(document, block->region);
        good = block->kind == PARSERS_BLOCK_TABLE ? append_table(document, block)
                                                  : append_paragraph(document, block);
    }
    return good;
}

bool
parsers_document_append(ParsersDocument *document, const ParsersDocument *other)
{
    const bool good = append_blocks(document, parsers_document_blocks(other));

    parsers_document_set_region(document, PARSERS_REGION_BODY);
    return good;
}
