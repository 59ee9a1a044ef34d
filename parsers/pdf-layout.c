/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-layout.c - puts the pieces of a PDF page into the neutral model.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-layout.h"

#include "parsers/pdf-captions.h"

#include <string.h>

enum {
    HEADING_WORDS_MAX = 16,
    NESTED_MAX = 6, /* tables inside one another */
};

typedef struct {
    ParsersDocument *document;
    const ParsersPdfPage *page;
    double body_size; /* of most characters */
    guint depth;
} Layout;

/* ---- Paragraphs ---- */

static void
append_word(GString *text, const ParsersPdfPage *page, const ParsersPdfItem *word)
{
    for (guint i = word->first; i < word->last; i++) {
        gunichar character = g_array_index(page->glyphs, ParsersPdfGlyph, i).character;

        if (character != 0xad)
            g_string_append_unichar(text, character);
    }
}

static guint
first_flags(const Layout *layout, const ParsersPdfItem *word)
{
    return g_array_index(layout->page->glyphs, ParsersPdfGlyph, word->first).flags;
}

/* Letters of one look are added at once. */
static void
add_word(const Layout *layout, const ParsersPdfItem *word)
{
    char letters[128];
    gsize length = 0;
    guint flags = 0;

    for (guint i = word->first; i < word->last; i++) {
        const ParsersPdfGlyph *glyph = &g_array_index(layout->page->glyphs, ParsersPdfGlyph, i);

        if (glyph->character == 0xad)
            continue;
        if (length > 0 && (glyph->flags != flags || length > sizeof(letters) - 6)) {
            parsers_document_add_text(layout->document, letters, length, flags);
            length = 0;
        }
        flags = glyph->flags;
        length += (gsize)g_unichar_to_utf8(glyph->character, letters + length);
    }
    if (length > 0)
        parsers_document_add_text(layout->document, letters, length, flags);
}

/* A separator is struck or bold if the words on both sides are. */
static void
add_separator(const Layout *layout, const GArray *tokens, guint index)
{
    const ParsersPdfToken *token = &g_array_index(tokens, ParsersPdfToken, index);
    guint flags = 0;

    if (token->before == 0)
        return;
    if (index > 0 && token->before == ' ' && token[-1].item->kind == PARSERS_PDF_WORD &&
        token->item->kind == PARSERS_PDF_WORD)
        flags =
            g_array_index(layout->page->glyphs, ParsersPdfGlyph, token[-1].item->last - 1).flags &
            first_flags(layout, token->item);
    parsers_document_add_text(layout->document, &token->before, 1, flags);
}

static char *
caption_text(const Layout *layout, const GArray *tokens, const int *owners, guint tick)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < tokens->len; i++) {
        const ParsersPdfToken *token = &g_array_index(tokens, ParsersPdfToken, i);

        if (owners[i] != (int)tick)
            continue;
        if (text->len > 0 && token->before != 0)
            g_string_append_c(text, token->before);
        append_word(text, layout->page, token->item);
    }
    return g_string_free(text, FALSE);
}

static void
add_fillable(const Layout *layout, const GArray *tokens, const int *owners, guint index)
{
    const ParsersPdfItem *item = g_array_index(tokens, ParsersPdfToken, index).item;
    ParsersSpan span = {.kind = PARSERS_SPAN_CHECKBOX};
    g_autofree char *caption = NULL;

    if (item->kind == PARSERS_PDF_WIDGET)
        span = item->widget->span;
    else if (item->checked)
        span.flags = PARSERS_SPAN_CHECKED;
    if (span.kind == PARSERS_SPAN_CHECKBOX)
        span.text = caption = caption_text(layout, tokens, owners, index);
    parsers_document_add_span(layout->document, &span);
}

static void
add_tokens(const Layout *layout, const GArray *tokens)
{
    g_autofree int *owners = parsers_pdf_captions_find(tokens, layout->page);
    bool is_first = true;

    for (guint i = 0; i < tokens->len; i++) {
        const ParsersPdfToken *token = &g_array_index(tokens, ParsersPdfToken, i);

        if (owners[i] >= 0)
            continue;
        if (!is_first)
            add_separator(layout, tokens, i);
        is_first = false;
        if (token->item->kind == PARSERS_PDF_WORD)
            add_word(layout, token->item);
        else
            add_fillable(layout, tokens, owners, i);
    }
}

/* Large words that stand alone.  Bold ones of the usual size may be a label: the reader of text
 * decides. */
static guint
heading_level(const Layout *layout, const ParsersPdfParagraph *paragraph, const GArray *tokens)
{
    const ParsersPdfItem *last = g_array_index(tokens, ParsersPdfToken, tokens->len - 1).item;

    if (paragraph->columns->len > 1 || tokens->len > HEADING_WORDS_MAX || paragraph->n_lines > 2 ||
        paragraph->list_item)
        return 0;
    for (guint i = 0; i < tokens->len; i++)
        if (g_array_index(tokens, ParsersPdfToken, i).item->kind != PARSERS_PDF_WORD)
            return 0;
    if (g_array_index(layout->page->glyphs, ParsersPdfGlyph, last->last - 1).character == ':')
        return 0;
    if (paragraph->size >= 1.45 * layout->body_size)
        return 1;
    return paragraph->size >= 1.15 * layout->body_size ? 2 : 0;
}

static void
end_paragraph(const Layout *layout, ParsersPdfParagraph **paragraph, int cell)
{
    g_autoptr(ParsersPdfParagraph) done = g_steal_pointer(paragraph);
    g_autoptr(GArray) tokens = NULL;
    guint heading = 0;

    if (done == NULL)
        return;
    tokens = parsers_pdf_flow_tokens(done, layout->page);
    if (cell < 0)
        heading = heading_level(layout, done, tokens);
    if (!parsers_document_begin_paragraph(layout->document, heading, done->list_item))
        return;
    parsers_document_set_box(layout->document, done->box);
    add_tokens(layout, tokens);
    parsers_document_end_paragraph(layout->document);
}

/* ---- Cells and tables ---- */

/* Where text of a cell, or of the page, has to be wrapped. */
static double
wrap_limit(const Layout *layout, const GPtrArray *lines, int cell)
{
    const ParsersPdfHome *home = NULL;
    double left = G_MAXDOUBLE;
    double right = 0;

    for (guint i = 0; i < lines->len; i++) {
        const ParsersPdfLine *line = g_ptr_array_index(lines, i);

        left = MIN(left, g_array_index(line->segments, ParsersPdfSegment, 0).left);
        right = MAX(
            right, g_array_index(line->segments, ParsersPdfSegment, line->segments->len - 1).right);
    }
    if (cell < 0) {
        for (guint i = 0; i < layout->page->tables->len; i++)
            right = MAX(
                right,
                ((const ParsersPdfTable *)g_ptr_array_index(layout->page->tables, i))->box[2] - 5);
        return right;
    }
    home = &g_array_index(layout->page->cells, ParsersPdfHome, cell);
    return home->box[2] - CLAMP(left - home->box[0], 1, 8);
}

static void add_table(Layout *layout, guint index);

/* Tables of a cell that stand above a height, from the first not yet added. */
static void
add_tables_above(Layout *layout, const GArray *tables, guint *next, double top)
{
    for (; *next < tables->len; (*next)++) {
        guint index = g_array_index(tables, guint, *next);
        const ParsersPdfTable *table = g_ptr_array_index(layout->page->tables, index);

        if (table->box[1] > top)
            return;
        add_table(layout, index);
    }
}

static int
compare_table_tops(gconstpointer left, gconstpointer right, gpointer data)
{
    const ParsersPdfPage *page = data;
    const ParsersPdfTable *a = g_ptr_array_index(page->tables, *(const guint *)left);
    const ParsersPdfTable *b = g_ptr_array_index(page->tables, *(const guint *)right);

    return (a->box[1] > b->box[1]) - (a->box[1] < b->box[1]);
}

static GArray *
tables_in(const ParsersPdfPage *page, int cell)
{
    GArray *tables = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = 0; i < page->parents->len; i++)
        if (g_array_index(page->parents, int, i) == cell)
            g_array_append_val(tables, i);
    g_array_sort_with_data(tables, compare_table_tops, (gpointer)page);
    return tables;
}

/* Lines and tables of a cell (-1: of the page) from the top down. */
static void
add_region(Layout *layout, int cell, ParsersRegion region)
{
    g_autoptr(GPtrArray) lines = parsers_pdf_lines_build(layout->page, cell, region);
    g_autoptr(GArray) tables = tables_in(layout->page, cell);
    g_autoptr(ParsersPdfParagraph) paragraph = NULL;
    double limit = wrap_limit(layout, lines, cell);
    guint next = region == PARSERS_REGION_BODY ? 0 : tables->len;

    for (guint i = 0; i < lines->len; i++) {
        const ParsersPdfLine *line = g_ptr_array_index(lines, i);
        guint before = next;

        while (before < tables->len &&
               ((const ParsersPdfTable *)g_ptr_array_index(layout->page->tables,
                                                           g_array_index(tables, guint, before)))
                       ->box[1] <= line->top)
            before++;
        if (before > next) {
            end_paragraph(layout, &paragraph, cell);
            add_tables_above(layout, tables, &next, line->top);
        }
        if (paragraph != NULL && parsers_pdf_flow_add(paragraph, layout->page, line))
            continue;
        end_paragraph(layout, &paragraph, cell);
        paragraph = parsers_pdf_flow_new(layout->page, line, limit);
    }
    end_paragraph(layout, &paragraph, cell);
    add_tables_above(layout, tables, &next, G_MAXDOUBLE);
}

static void
add_cell(Layout *layout, const ParsersPdfCell *cell, int home, bool continues)
{
    if (!parsers_document_begin_cell(layout->document, cell->column + 1, cell->column_span,
                                     continues))
        return;
    if (!continues) {
        parsers_document_mark_cell(layout->document, false,
                                   g_array_index(layout->page->cells, ParsersPdfHome, home).shaded);
        add_region(layout, home, PARSERS_REGION_BODY);
    }
    parsers_document_end_cell(layout->document);
}

static int
compare_columns(gconstpointer left, gconstpointer right)
{
    const ParsersPdfCell *a = *(const ParsersPdfCell *const *)left;
    const ParsersPdfCell *b = *(const ParsersPdfCell *const *)right;

    return (a->column > b->column) - (a->column < b->column);
}

static void
add_row(Layout *layout, const ParsersPdfTable *table, int first_home, guint row)
{
    g_autoptr(GPtrArray) cells = g_ptr_array_new();

    for (guint i = 0; i < table->cells->len; i++) {
        ParsersPdfCell *cell = &g_array_index(table->cells, ParsersPdfCell, i);

        if (cell->row <= row && row < cell->row + cell->row_span)
            g_ptr_array_add(cells, cell);
    }
    g_ptr_array_sort(cells, compare_columns);
    parsers_document_begin_row(layout->document);
    for (guint i = 0; i < cells->len; i++) {
        const ParsersPdfCell *cell = g_ptr_array_index(cells, i);
        guint index = (guint)(cell - (const ParsersPdfCell *)(const void *)table->cells->data);

        add_cell(layout, cell, first_home + (int)index, cell->row < row);
    }
    parsers_document_end_row(layout->document);
}

static void
add_table(Layout *layout, guint index)
{
    const ParsersPdfTable *table = g_ptr_array_index(layout->page->tables, index);
    int first_home = 0;

    if (layout->depth >= NESTED_MAX || !parsers_document_begin_table(layout->document))
        return;
    layout->depth++;
    for (guint i = 0; i < index; i++)
        first_home +=
            (int)((const ParsersPdfTable *)g_ptr_array_index(layout->page->tables, i))->cells->len;
    for (guint row = 0; row < table->n_rows; row++)
        add_row(layout, table, first_home, row);
    parsers_document_end_table(layout->document);
    layout->depth--;
}

/* The size that most characters have, to half a point. */
static double
common_size(const GArray *glyphs)
{
    guint counts[402] = {0};
    guint best = 20;

    for (guint i = 0; i < glyphs->len; i++)
        counts[(guint)(g_array_index(glyphs, ParsersPdfGlyph, i).size * 2 + 0.5)]++;
    for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
        if (counts[i] > counts[best])
            best = i;
    return best / 2.0;
}

void
parsers_pdf_layout_add(ParsersDocument *document, const ParsersPdfPage *page)
{
    Layout layout = {.document = document, .page = page, .body_size = common_size(page->glyphs)};

    parsers_document_set_page(document, page->number);
    parsers_document_set_region(document, PARSERS_REGION_HEADER);
    add_region(&layout, -1, PARSERS_REGION_HEADER);
    parsers_document_set_region(document, PARSERS_REGION_BODY);
    add_region(&layout, -1, PARSERS_REGION_BODY);
    parsers_document_set_region(document, PARSERS_REGION_FOOTER);
    add_region(&layout, -1, PARSERS_REGION_FOOTER);
    parsers_document_set_region(document, PARSERS_REGION_BODY);
}
