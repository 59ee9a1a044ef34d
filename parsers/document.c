/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/document.c - builds the neutral model, and never past its limits.
 *
 * Once a limit was reached every later call is ignored, so a reader that cannot
 * stop at once (a SAX callback) can do no harm.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/document.h"

#include "parsers/symbol.h"

#include <string.h>

enum {
    COLUMNS_MAX = 1024, /* of one table; a word processor stops at 63 */
};

/* The lowest cell met so far in one grid column. */
typedef struct {
    ParsersCell *cell;
    guint first_row;
    guint last_row;
} Above;

typedef struct {
    ParsersBlock *block;
    guint number;
    GPtrArray *row;    /* open row, or NULL; borrowed from the block */
    ParsersCell *cell; /* open cell, or NULL; borrowed from the row */
    guint cell_row;
    GArray *above; /* Above, by grid column */
} Table;

/* A paragraph still open, with the text that has not become a span yet. */
typedef struct {
    ParsersBlock *block;
    GString *text;
    guint flags;
} Paragraph;

struct ParsersDocument {
    const ParsersLimits *limits;
    GPtrArray *blocks;
    GArray *tables;     /* Table, the innermost last */
    GArray *paragraphs; /* Paragraph, the innermost last */
    guint page;
    ParsersRegion region;
    guint n_tables;
    guint n_paragraphs;
    guint n_cells;
    gsize text_bytes;
    const char *reached; /* static: name of the limit that was reached, or NULL */
};

void
parsers_document_span_free(gpointer data)
{
    ParsersSpan *span = data;

    g_free(span->text);
    g_free(span->label);
    g_free(span->name);
    g_free(span);
}

static void
free_block(gpointer data)
{
    ParsersBlock *block = data;

    g_clear_pointer(&block->spans, g_ptr_array_unref);
    g_clear_pointer(&block->rows, g_ptr_array_unref);
    g_free(block);
}

static void
free_cell(gpointer data)
{
    ParsersCell *cell = data;

    g_ptr_array_unref(cell->blocks);
    g_free(cell);
}

static void
clear_table(gpointer data)
{
    g_array_unref(((Table *)data)->above);
}

static void
clear_paragraph(gpointer data)
{
    g_string_free(((Paragraph *)data)->text, TRUE);
}

ParsersDocument *
parsers_document_new(const ParsersLimits *limits)
{
    ParsersDocument *document = g_new0(ParsersDocument, 1);

    document->limits = limits;
    document->blocks = g_ptr_array_new_with_free_func(free_block);
    document->tables = g_array_new(FALSE, TRUE, sizeof(Table));
    g_array_set_clear_func(document->tables, clear_table);
    document->paragraphs = g_array_new(FALSE, TRUE, sizeof(Paragraph));
    g_array_set_clear_func(document->paragraphs, clear_paragraph);
    return document;
}

void
parsers_document_free(ParsersDocument *document)
{
    if (document == NULL)
        return;
    g_array_unref(document->paragraphs);
    g_array_unref(document->tables);
    g_ptr_array_unref(document->blocks);
    g_free(document);
}

const GPtrArray *
parsers_document_blocks(const ParsersDocument *document)
{
    return document->blocks;
}

/* ---- Building ---- */

static Table *
open_table(const ParsersDocument *document)
{
    if (document->tables->len == 0)
        return NULL;
    return &g_array_index(document->tables, Table, document->tables->len - 1);
}

static Paragraph *
open_paragraph(const ParsersDocument *document)
{
    if (document->paragraphs->len == 0)
        return NULL;
    return &g_array_index(document->paragraphs, Paragraph, document->paragraphs->len - 1);
}

static bool
reach(ParsersDocument *document, const char *limit)
{
    document->reached = limit;
    return false;
}

static ParsersPlace
place_here(const ParsersDocument *document)
{
    const Table *table = open_table(document);
    ParsersPlace place = {.page = document->page};

    if (table != NULL && table->cell != NULL) {
        place.table = table->number;
        place.row = table->cell_row;
        place.column = table->cell->column;
    }
    return place;
}

static ParsersBlock *
append_block(ParsersDocument *document, ParsersBlockKind kind)
{
    const Table *table = open_table(document);
    ParsersBlock *block = g_new0(ParsersBlock, 1);

    g_assert(table == NULL || table->cell != NULL);
    block->kind = kind;
    block->region = document->region;
    block->place = place_here(document);
    g_ptr_array_add(table == NULL ? document->blocks : table->cell->blocks, block);
    return block;
}

void
parsers_document_set_page(ParsersDocument *document, guint page)
{
    document->page = page;
}

void
parsers_document_set_region(ParsersDocument *document, ParsersRegion region)
{
    document->region = region;
}

bool
parsers_document_begin_table(ParsersDocument *document)
{
    Table table = {0};

    if (document->reached != NULL)
        return false;
    if (document->tables->len >= document->limits->document_depth)
        return reach(document, "document_depth");
    if (document->n_tables >= document->limits->document_cells)
        return reach(document, "document_cells");
    table.block = append_block(document, PARSERS_BLOCK_TABLE);
    table.block->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    table.number = ++document->n_tables;
    table.block->place.table = table.number;
    table.above = g_array_new(FALSE, TRUE, sizeof(Above));
    g_array_append_val(document->tables, table);
    return true;
}

void
parsers_document_begin_row(ParsersDocument *document)
{
    Table *table = open_table(document);

    if (document->reached != NULL)
        return;
    g_assert(table != NULL && table->row == NULL);
    /* A row costs memory even without cells, so it counts as one. */
    if (document->n_cells >= document->limits->document_cells) {
        reach(document, "document_cells");
        return;
    }
    document->n_cells++;
    table->row = g_ptr_array_new_with_free_func(free_cell);
    g_ptr_array_add(table->block->rows, table->row);
}

static ParsersCell *
new_cell(guint column, guint column_span)
{
    ParsersCell *cell = g_new0(ParsersCell, 1);

    cell->column = column;
    cell->column_span = column_span;
    cell->row_span = 1;
    cell->blocks = g_ptr_array_new_with_free_func(free_block);
    return cell;
}

bool
parsers_document_begin_cell(ParsersDocument *document, guint column, guint column_span,
                            bool continues)
{
    Table *table = open_table(document);
    guint row = 0;
    Above *above = NULL;

    if (document->reached != NULL)
        return false;
    g_assert(table != NULL && table->row != NULL && table->cell == NULL);
    if (document->n_cells >= document->limits->document_cells)
        return reach(document, "document_cells");
    document->n_cells++;
    row = table->block->rows->len;
    column = CLAMP(column, 1, COLUMNS_MAX);
    column_span = CLAMP(column_span, 1, COLUMNS_MAX + 1 - column);
    if (table->above->len <= column)
        g_array_set_size(table->above, column + 1);
    above = &g_array_index(table->above, Above, column);
    if (continues && above->cell != NULL && above->last_row + 1 == row) {
        above->cell->row_span++;
    } else {
        above->cell = new_cell(column, column_span);
        above->first_row = row;
        g_ptr_array_add(table->row, above->cell);
    }
    above->last_row = row;
    table->cell = above->cell;
    table->cell_row = above->first_row;
    return true;
}

void
parsers_document_mark_cell(ParsersDocument *document, bool header, bool shaded)
{
    Table *table = open_table(document);

    if (document->reached != NULL)
        return;
    g_assert(table != NULL && table->cell != NULL);
    table->cell->header = table->cell->header || header;
    table->cell->shaded = table->cell->shaded || shaded;
}

void
parsers_document_end_cell(ParsersDocument *document)
{
    Table *table = open_table(document);

    if (document->reached != NULL)
        return;
    g_assert(table != NULL && table->cell != NULL);
    table->cell = NULL;
}

void
parsers_document_end_row(ParsersDocument *document)
{
    Table *table = open_table(document);

    if (document->reached != NULL)
        return;
    g_assert(table != NULL && table->row != NULL && table->cell == NULL);
    table->row = NULL;
}

void
parsers_document_end_table(ParsersDocument *document)
{
    Table *table = open_table(document);

    if (document->reached != NULL)
        return;
    g_assert(table != NULL && table->row == NULL);
    g_array_set_size(document->tables, document->tables->len - 1);
}

bool
parsers_document_begin_paragraph(ParsersDocument *document, guint heading, bool list_item)
{
    Paragraph paragraph = {0};

    if (document->reached != NULL)
        return false;
    if (document->n_paragraphs >= document->limits->document_paragraphs)
        return reach(document, "document_paragraphs");
    if (document->paragraphs->len >= document->limits->document_depth)
        return reach(document, "document_depth");
    paragraph.block = append_block(document, PARSERS_BLOCK_PARAGRAPH);
    paragraph.block->place.paragraph = ++document->n_paragraphs;
    paragraph.block->heading = MIN(heading, 6);
    paragraph.block->list_item = list_item;
    paragraph.block->spans = g_ptr_array_new_with_free_func(parsers_document_span_free);
    paragraph.text = g_string_new(NULL);
    g_array_append_val(document->paragraphs, paragraph);
    return true;
}

void
parsers_document_set_box(ParsersDocument *document, const double box[4])
{
    Paragraph *paragraph = open_paragraph(document);

    if (document->reached != NULL)
        return;
    g_assert(paragraph != NULL);
    memcpy(paragraph->block->place.box, box, sizeof(paragraph->block->place.box));
}

/* Turn the text that was added so far into a span. */
static void
flush_text(Paragraph *paragraph)
{
    ParsersSpan *span = NULL;

    if (paragraph->text->len == 0)
        return;
    span = g_new0(ParsersSpan, 1);
    span->kind = PARSERS_SPAN_TEXT;
    span->flags = paragraph->flags;
    span->text = g_strndup(paragraph->text->str, paragraph->text->len);
    g_ptr_array_add(paragraph->block->spans, span);
    g_string_truncate(paragraph->text, 0);
}

/* Charge bytes to the budget of text. */
static bool
take_text(ParsersDocument *document, gsize bytes)
{
    if (bytes > document->limits->document_text_bytes - document->text_bytes)
        return reach(document, "document_text_bytes");
    document->text_bytes += bytes;
    return true;
}

static bool
append_text(ParsersDocument *document, const char *text, gsize length, guint flags)
{
    Paragraph *paragraph = open_paragraph(document);

    if (length == 0)
        return true;
    if (!take_text(document, length))
        return false;
    if (flags != paragraph->flags && paragraph->text->len > 0) {
        if (!take_text(document, sizeof(ParsersSpan)))
            return false;
        flush_text(paragraph);
    }
    paragraph->flags = flags;
    g_string_append_len(paragraph->text, text, (gssize)length);
    return true;
}

static bool
append_box(ParsersDocument *document, ParsersSymbol symbol, guint flags)
{
    const ParsersSpan span = {
        .kind = PARSERS_SPAN_CHECKBOX,
        .flags = flags | (symbol == PARSERS_SYMBOL_TICKED ? PARSERS_SPAN_CHECKED : 0)};

    return parsers_document_add_span(document, &span);
}

bool
parsers_document_add_text(ParsersDocument *document, const char *text, gsize length, guint flags)
{
    g_autofree char *valid = NULL;
    const char *pending = NULL;
    const char *end = NULL;

    if (document->reached != NULL)
        return false;
    g_assert(open_paragraph(document) != NULL);
    /* A copy is made of it, so the limit comes first. */
    if (length > document->limits->document_text_bytes)
        return reach(document, "document_text_bytes");
    if (!g_utf8_validate_len(text, length, NULL)) {
        valid = g_utf8_make_valid(text, (gssize)length);
        text = valid;
        length = strlen(valid);
    }
    end = text + length;
    pending = text;
    for (const char *at = text; at < end; at = g_utf8_next_char(at)) {
        ParsersSymbol symbol =
            (guchar)*at < 0xE2 ? PARSERS_SYMBOL_OTHER : parsers_symbol_of_char(g_utf8_get_char(at));

        if (symbol == PARSERS_SYMBOL_OTHER)
            continue;
        if (!append_text(document, pending, (gsize)(at - pending), flags) ||
            !append_box(document, symbol, flags))
            return false;
        pending = g_utf8_next_char(at);
    }
    return append_text(document, pending, (gsize)(end - pending), flags);
}

/* A valid copy; NULL stays NULL. */
static char *
copy_valid(const char *text)
{
    return text == NULL ? NULL : g_utf8_make_valid(text, -1);
}

#define LENGTH_OF(text) ((text) == NULL ? 0 : strlen(text))

bool
parsers_document_add_span(ParsersDocument *document, const ParsersSpan *span)
{
    Paragraph *paragraph = open_paragraph(document);
    ParsersSpan *copy = NULL;

    if (document->reached != NULL)
        return false;
    g_assert(paragraph != NULL);
    if (span->kind == PARSERS_SPAN_TEXT)
        return parsers_document_add_text(document, span->text, LENGTH_OF(span->text), span->flags);
    /* The record itself is charged too, so that empty spans do not come for nothing. */
    if (!take_text(document, sizeof(ParsersSpan) + LENGTH_OF(span->text) + LENGTH_OF(span->label) +
                                 LENGTH_OF(span->name)))
        return false;
    flush_text(paragraph);
    copy = g_new0(ParsersSpan, 1);
    copy->kind = span->kind;
    copy->flags = span->flags;
    copy->text = span->text == NULL ? g_strdup("") : copy_valid(span->text);
    copy->label = copy_valid(span->label);
    copy->name = copy_valid(span->name);
    g_ptr_array_add(paragraph->block->spans, copy);
    return true;
}

void
parsers_document_end_paragraph(ParsersDocument *document)
{
    Paragraph *paragraph = open_paragraph(document);

    if (document->reached != NULL)
        return;
    g_assert(paragraph != NULL);
    flush_text(paragraph);
    g_array_set_size(document->paragraphs, document->paragraphs->len - 1);
}

bool
parsers_document_check(const ParsersDocument *document, GError **error)
{
    if (document->reached == NULL)
        return true;
    return parsers_throw(error, PARSERS_ERROR_LIMIT, "limit %s was reached", document->reached);
}
