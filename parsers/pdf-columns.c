/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-columns.c - tables that are drawn without lines.
 *
 * Pieces that begin at one place on several lines, with nothing across that place on the
 * lines between, are a column.  A line begins a new row unless it is wrapped.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-columns.h"

#include "parsers/pdf-lines.h"
#include "parsers/pdf-rows.h"

#include <math.h>

#define APART 0.8      /* of the font's size: more than a space of any font */
#define APART_TICK 2.5 /* the same behind boxes to tick and their captions */
#define ALIGNED 1.6    /* points within which two places are one */
#define FAR 4.0        /* of the font's size: lines as far apart are no table */

enum {
    EDGES_MAX = 400,   /* places on a page */
    RUNS_MAX = 2000,   /* edges: runs of lines at one place */
    CHUNKS_MAX = 4000, /* of a page; no form has as many */
    LINES_MAX = 400,
    MANY = 4,      /* chunks on one line */
    EMPTY_MAX = 3, /* lines at the ends of a column on which nothing stands in it */
};

/* Where a column begins, and the lines over which it does: at least those from the first on which a
 * piece begins there to the last, at most those without anything across it. */
typedef struct {
    double x;
    guint first;
    guint last;
    guint first_free;
    guint last_free;
} Edge;

typedef struct {
    ParsersPdfPage *page;
    GPtrArray *lines;  /* ParsersPdfLine */
    GPtrArray *chunks; /* GArray of ParsersPdfSegment, for each line */
    guint8 *breaks;    /* 1 when a line does not follow the one before */
    GArray *edges;     /* Edge */
} Search;

static const GArray *
chunks_of(const Search *search, guint line)
{
    return g_ptr_array_index(search->chunks, line);
}

static const ParsersPdfSegment *
chunk_at(const GArray *chunks, guint index)
{
    return &g_array_index(chunks, ParsersPdfSegment, index);
}

static const ParsersPdfLine *
line_at(const Search *search, guint line)
{
    return g_ptr_array_index(search->lines, line);
}

/* ---- Chunks: what no more than a space parts ---- */

static bool
is_tick(const ParsersPdfPage *page, const ParsersPdfItem *item)
{
    gunichar character = 0;

    if (item->kind != PARSERS_PDF_WORD)
        return parsers_pdf_lines_is_tick(item);
    character = g_array_index(page->glyphs, ParsersPdfGlyph, item->first).character;
    return character >= 0x2610 && character <= 0x2612;
}

static bool
is_control(const ParsersPdfItem *item)
{
    return item->kind == PARSERS_PDF_WIDGET && !parsers_pdf_lines_is_tick(item);
}

/* True if a piece begins a chunk; the captions of boxes in a row stay with the first of them. */
static bool
begins(const ParsersPdfPage *page, const ParsersPdfLine *line, guint index, double reach,
       bool ticked)
{
    const ParsersPdfItem *item = g_ptr_array_index(line->items, index);
    const ParsersPdfItem *before = g_ptr_array_index(line->items, index - 1);
    double gap = item->box[0] - reach;

    if (index == 1 && before->kind == PARSERS_PDF_WORD && before->last == before->first + 1 &&
        parsers_pdf_text_is_bullet(
            g_array_index(page->glyphs, ParsersPdfGlyph, before->first).character))
        return false;
    if (ticked)
        return gap > APART_TICK * MAX(item->size, 8);
    if (is_control(item) || is_control(before))
        return gap > -2;
    return gap > APART * item->size;
}

static GArray *
split_chunks(const ParsersPdfPage *page, const ParsersPdfLine *line)
{
    GArray *chunks = g_array_new(FALSE, FALSE, sizeof(ParsersPdfSegment));
    ParsersPdfSegment chunk = {0};
    bool ticked = false;

    for (guint i = 0; i < line->items->len; i++) {
        const ParsersPdfItem *item = g_ptr_array_index(line->items, i);

        if (i > 0 && begins(page, line, i, chunk.right, ticked)) {
            g_array_append_val(chunks, chunk);
            chunk.first = i;
            ticked = false;
        }
        if (i == chunk.first) {
            chunk.left = item->box[0];
            chunk.right = item->box[2];
        }
        ticked = ticked || is_tick(page, item);
        chunk.right = MAX(chunk.right, item->box[2]);
        chunk.last = i + 1;
    }
    g_array_append_val(chunks, chunk);
    return chunks;
}

/* ---- Edges ---- */

static bool
begins_at(const Search *search, guint line, double x, guint from)
{
    const GArray *chunks = chunks_of(search, line);

    for (guint i = from; i < chunks->len; i++)
        if (fabs(chunk_at(chunks, i)->left - x) <= ALIGNED)
            return true;
    return false;
}

static bool
lies_across(const Search *search, guint line, double x)
{
    const GArray *chunks = chunks_of(search, line);

    for (guint i = 0; i < chunks->len; i++)
        if (chunk_at(chunks, i)->left < x - ALIGNED && chunk_at(chunks, i)->right > x + 1)
            return true;
    return false;
}

/* Where chunks begin that are not the first of their line, each place once. */
static GArray *
places(const Search *search)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(double));
    GArray *kept = NULL;

    for (guint i = 0; i < search->lines->len; i++)
        for (guint j = 1; j < chunks_of(search, i)->len; j++)
            g_array_append_val(all, chunk_at(chunks_of(search, i), j)->left);
    kept = parsers_pdf_grid_distinct(all, ALIGNED);
    g_array_set_size(kept, MIN(kept->len, EDGES_MAX));
    return kept;
}

/* How much it counts that a chunk begins somewhere: a line of many chunks is a row by itself. */
static guint
weight_at(const Search *search, guint line, double x)
{
    return begins_at(search, line, x, 1) ? (chunks_of(search, line)->len >= MANY ? 2 : 1) : 0;
}

static guint
count_begins(const Search *search, double x)
{
    guint begins = 0;

    for (guint i = 0; i < search->lines->len; i++)
        begins += weight_at(search, i, x);
    return begins;
}

/* True if a line goes on with a label that the line above began. */
static bool
is_rest_of_label(const Search *search, guint line)
{
    const ParsersPdfItem *item = g_ptr_array_index(line_at(search, line)->items, 0);

    return item->kind == PARSERS_PDF_WORD && chunks_of(search, line - 1)->len == 1 &&
           chunk_at(chunks_of(search, line - 1), 0)->left - item->box[0] <= ALIGNED &&
           g_unichar_islower(
               g_array_index(search->page->glyphs, ParsersPdfGlyph, item->first).character);
}

/* The edge at one place over a run of lines without anything across it. */
static void
add_edge(Search *search, const Edge *run, guint least)
{
    Edge edge = *run;
    guint begins = 0;

    edge.last = edge.first;
    for (guint i = run->first_free; i < run->last_free; i++) {
        if (!begins_at(search, i, run->x, begins == 0))
            continue;
        if (begins == 0)
            edge.first = i;
        edge.last = i + 1;
        begins += weight_at(search, i, run->x);
    }
    while (edge.first > run->first_free && begins > 0 && is_rest_of_label(search, edge.first))
        edge.first--;
    /* Lines right below may be the last row's, wrapped, or rows without an answer. */
    while (edge.last < run->last_free && chunks_of(search, edge.last)->len == 1)
        edge.last++;
    if (begins >= least && search->edges->len < RUNS_MAX)
        g_array_append_val(search->edges, edge);
}

/* A place that is used often on the page counts even where it is used once. */
static void
add_edges(Search *search, double x)
{
    guint least = count_begins(search, x) >= 3 ? 1 : 2;
    Edge run = {.x = x};

    for (guint i = 0; i <= search->lines->len; i++) {
        bool ends = i == search->lines->len || search->breaks[i] != 0;
        bool crossed = i < search->lines->len && lies_across(search, i, x);

        if (!ends && !crossed)
            continue;
        run.last_free = i;
        if (run.last_free > run.first_free)
            add_edge(search, &run, least);
        run.first_free = crossed ? i + 1 : i;
    }
}

/* A column whose first or last cells are empty is longer than what stands in it: the columns beside
 * it tell, as far as nothing lies across. */
static void
lengthen_edges(Search *search)
{
    g_autoptr(GArray) before = g_array_copy(search->edges);

    for (guint i = 0; i < search->edges->len; i++) {
        Edge *edge = &g_array_index(search->edges, Edge, i);
        const Edge own = *edge;

        for (guint j = 0; j < before->len; j++) {
            const Edge *other = &g_array_index(before, Edge, j);

            if (other->first >= own.last || other->last <= own.first)
                continue;
            edge->first = MIN(edge->first, MAX(MAX(other->first, edge->first_free),
                                               own.first - MIN(own.first, (guint)EMPTY_MAX)));
            edge->last =
                MAX(edge->last, MIN(MIN(other->last, edge->last_free), own.last + EMPTY_MAX));
        }
    }
}

/* ---- Blocks: lines with the same columns ---- */

typedef struct {
    guint first;
    guint last;
    GArray *edges; /* double */
} Block;

/* The edges over a line, as a set that two lines can be compared by. */
static GArray *
edges_over(const Search *search, guint line)
{
    GArray *over = g_array_new(FALSE, FALSE, sizeof(double));

    for (guint i = 0; i < search->edges->len; i++) {
        const Edge *edge = &g_array_index(search->edges, Edge, i);

        if (edge->first <= line && line < edge->last)
            g_array_append_val(over, edge->x);
    }
    return over;
}

static bool
are_same(const GArray *left, const GArray *right)
{
    if (left->len != right->len)
        return false;
    for (guint i = 0; i < left->len; i++)
        if (g_array_index(left, double, i) != g_array_index(right, double, i))
            return false;
    return true;
}

static void
free_block(gpointer data)
{
    Block *block = data;

    g_array_unref(block->edges);
    g_free(block);
}

static bool
is_used(const Search *search, guint first, guint last, double x)
{
    for (guint i = first; i < last; i++)
        if (begins_at(search, i, x, 0))
            return true;
    return false;
}

/* True if pieces stand side by side anywhere. */
static bool
is_table(const Search *search, const Block *block)
{
    for (guint i = block->first; i < block->last; i++)
        if (chunks_of(search, i)->len > 1)
            return block->edges->len > 0 && block->edges->len < PARSERS_PDF_BLOCK_COLUMNS;
    return false;
}

/* Lines first to last - 1 as a block with the columns that something stands in. */
static void
add_block(Search *search, GPtrArray *blocks, guint first, guint last)
{
    GArray *edges = edges_over(search, first);
    Block *above = blocks->len == 0 ? NULL : g_ptr_array_index(blocks, blocks->len - 1);
    Block *block = NULL;

    for (guint i = edges->len; i > 0; i--)
        if (!is_used(search, first, last, g_array_index(edges, double, i - 1)))
            g_array_remove_index(edges, i - 1);
    if (above != NULL && search->breaks[first] == 0 && are_same(above->edges, edges)) {
        above->last = last;
        g_array_unref(edges);
        return;
    }
    block = g_new0(Block, 1);
    block->first = first;
    block->last = last;
    block->edges = edges;
    g_ptr_array_add(blocks, block);
}

static GPtrArray *
find_blocks(Search *search)
{
    GPtrArray *blocks = g_ptr_array_new_with_free_func(free_block);
    g_autoptr(GArray) edges = NULL;
    guint first = 0;

    for (guint i = 0; i < search->lines->len; i++) {
        g_autoptr(GArray) over = edges_over(search, i);

        if (edges != NULL && (search->breaks[i] != 0 || !are_same(edges, over))) {
            add_block(search, blocks, first, i);
            first = i;
        }
        g_clear_pointer(&edges, g_array_unref);
        edges = g_steal_pointer(&over);
    }
    add_block(search, blocks, first, search->lines->len);
    return blocks;
}

static void
add_rows(Search *search, const Block *block)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    ParsersPdfBlock rows = {.page = search->page, .lines = lines, .edges = block->edges};

    if (!is_table(search, block))
        return;
    for (guint i = block->first; i < block->last; i++)
        g_ptr_array_add(lines, g_ptr_array_index(search->lines, i));
    parsers_pdf_rows_add(&rows);
}

/* ---- The page ---- */

/* True if a ruled table stands between two heights. */
static bool
is_table_between(const ParsersPdfPage *page, double top, double bottom)
{
    for (guint i = 0; i < page->tables->len; i++) {
        const double *box = ((const ParsersPdfTable *)g_ptr_array_index(page->tables, i))->box;

        if (g_array_index(page->parents, int, i) < 0 && box[1] < bottom && box[3] > top)
            return true;
    }
    return false;
}

static void
find_breaks(Search *search)
{
    for (guint i = 1; i < search->lines->len; i++) {
        const ParsersPdfLine *above = line_at(search, i - 1);
        const ParsersPdfLine *line = line_at(search, i);

        search->breaks[i] = is_table_between(search->page, above->top, line->bottom) ||
                            line->top - MAX(above->bottom, parsers_pdf_block_reach(above)) >
                                FAR * MAX(line->size, 8);
    }
}

void
parsers_pdf_columns_find(ParsersPdfPage *page)
{
    g_autoptr(GPtrArray) lines = parsers_pdf_lines_build(page, -1, PARSERS_REGION_BODY);
    g_autoptr(GPtrArray) chunks = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(Edge));
    g_autofree guint8 *breaks = g_new0(guint8, MAX(lines->len, 1));
    g_autoptr(GArray) xs = NULL;
    guint n_chunks = 0;
    g_autoptr(GPtrArray) blocks = NULL;
    Search search = {
        .page = page, .lines = lines, .chunks = chunks, .breaks = breaks, .edges = edges};

    if (lines->len < 2 || lines->len > LINES_MAX)
        return;
    for (guint i = 0; i < lines->len; i++) {
        GArray *split = split_chunks(page, g_ptr_array_index(lines, i));

        g_ptr_array_add(chunks, split);
        n_chunks += split->len;
    }
    if (n_chunks > CHUNKS_MAX)
        return;
    find_breaks(&search);
    xs = places(&search);
    for (guint i = 0; i < xs->len; i++)
        add_edges(&search, g_array_index(xs, double, i));
    lengthen_edges(&search);
    blocks = find_blocks(&search);
    for (guint i = 0; i < blocks->len; i++)
        add_rows(&search, g_ptr_array_index(blocks, i));
}
