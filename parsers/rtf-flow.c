/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/rtf-flow.c - gathers RTF tables and gives them to the model, row by row.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; RTF Specification 1.9.1, "Table Definitions"
 */
#include "config.h"

#include "parsers/rtf-flow.h"

#include <string.h>

enum {
    LEVELS_MAX = 16,
    EDGES_MAX = 512, /* grid columns of one table */
    EDGE_SLACK = 30, /* twips; edges nearer than this are one */
    ITEM_COST = 64,  /* bytes that a record is charged for */
};

typedef struct Table Table;

/* A paragraph or a table. */
typedef struct {
    GPtrArray *spans; /* ParsersSpan; NULL for a table */
    guint heading;
    bool list_item;
    Table *table;
} Item;

typedef struct {
    gint left;
    gint right;
    bool up_merged;
    bool shaded;
    GPtrArray *items;
} Cell;

typedef struct {
    bool header;
    GPtrArray *cells;
} Row;

struct Table {
    GPtrArray *rows;
};

/* A table that is being read. */
typedef struct {
    Table *table;
    GPtrArray *cells; /* GPtrArray of Item: the whole cells of the open row */
    GPtrArray *cell;  /* Item: the open cell */
} Level;

struct ParsersRtfFlow {
    ParsersDocument *document;
    ParsersRtfBudget *budget;
    GPtrArray *root;              /* Item */
    Level levels[LEVELS_MAX + 1]; /* from 1 */
    guint depth;
    GPtrArray *spans; /* of the open paragraph */
    GPtrArray *after; /* Item: stands after the open paragraph */
};

static void free_table(Table *table);

static void
free_item(gpointer data)
{
    Item *item = data;

    g_clear_pointer(&item->spans, g_ptr_array_unref);
    g_clear_pointer(&item->table, free_table);
    g_free(item);
}

static void
free_cell(gpointer data)
{
    Cell *cell = data;

    g_ptr_array_unref(cell->items);
    g_free(cell);
}

static void
free_row(gpointer data)
{
    Row *row = data;

    g_ptr_array_unref(row->cells);
    g_free(row);
}

static void
free_table(Table *table)
{
    g_ptr_array_unref(table->rows);
    g_free(table);
}

static GPtrArray *
new_items(void)
{
    return g_ptr_array_new_with_free_func(free_item);
}

static bool
spend(ParsersRtfFlow *flow, gsize bytes)
{
    bytes += ITEM_COST;
    if (flow->budget->spent || bytes > flow->budget->left) {
        flow->budget->spent = true;
        return false;
    }
    flow->budget->left -= bytes;
    return true;
}

static gsize
length_of(const char *text)
{
    return text == NULL ? 0 : strlen(text);
}

ParsersRtfFlow *
parsers_rtf_flow_new(ParsersDocument *document, ParsersRtfBudget *budget)
{
    ParsersRtfFlow *flow = g_new0(ParsersRtfFlow, 1);

    flow->document = document;
    flow->budget = budget;
    flow->root = new_items();
    flow->spans = g_ptr_array_new_with_free_func(parsers_document_span_free);
    flow->after = new_items();
    return flow;
}

static void
clear_level(Level *level)
{
    g_clear_pointer(&level->table, free_table);
    g_clear_pointer(&level->cells, g_ptr_array_unref);
    g_clear_pointer(&level->cell, g_ptr_array_unref);
}

void
parsers_rtf_flow_free(ParsersRtfFlow *flow)
{
    if (flow == NULL)
        return;
    for (guint i = 1; i <= flow->depth; i++)
        clear_level(&flow->levels[i]);
    g_ptr_array_unref(flow->root);
    g_ptr_array_unref(flow->spans);
    g_ptr_array_unref(flow->after);
    g_free(flow);
}

/* ---- Into the document ---- */

static void emit_items(ParsersDocument *document, const GPtrArray *items);

/* Keep edges sorted; those that lie close together count once. */
static void
add_edge(GArray *edges, gint edge)
{
    guint at = 0;

    while (at < edges->len && g_array_index(edges, gint, at) < edge - EDGE_SLACK)
        at++;
    if (edges->len < EDGES_MAX &&
        (at == edges->len || g_array_index(edges, gint, at) > edge + EDGE_SLACK))
        g_array_insert_val(edges, at, edge);
}

/* The edges of all cells. */
static GArray *
gather_edges(const Table *table)
{
    GArray *edges = g_array_new(FALSE, FALSE, sizeof(gint));

    for (guint i = 0; i < table->rows->len; i++) {
        const Row *row = g_ptr_array_index(table->rows, i);

        for (guint j = 0; j < row->cells->len; j++) {
            const Cell *cell = g_ptr_array_index(row->cells, j);

            add_edge(edges, cell->left);
            add_edge(edges, cell->right);
        }
    }
    return edges;
}

static guint
edge_index(const GArray *edges, gint edge)
{
    guint at = 0;

    while (at + 1 < edges->len && g_array_index(edges, gint, at) < edge - EDGE_SLACK)
        at++;
    return at;
}

static void
emit_row(ParsersDocument *document, const Row *row, const GArray *edges)
{
    guint taken = 0; /* columns */

    parsers_document_begin_row(document);
    for (guint i = 0; i < row->cells->len; i++) {
        const Cell *cell = g_ptr_array_index(row->cells, i);
        guint left = MAX(edge_index(edges, cell->left), taken);
        guint right = MAX(edge_index(edges, cell->right), left + 1);

        if (!parsers_document_begin_cell(document, left + 1, right - left, cell->up_merged))
            return;
        parsers_document_mark_cell(document, row->header, cell->shaded);
        emit_items(document, cell->items);
        parsers_document_end_cell(document);
        taken = right;
    }
    parsers_document_end_row(document);
}

static void
emit_table(ParsersDocument *document, const Table *table)
{
    g_autoptr(GArray) edges = gather_edges(table);

    if (!parsers_document_begin_table(document))
        return;
    for (guint i = 0; i < table->rows->len; i++)
        emit_row(document, g_ptr_array_index(table->rows, i), edges);
    parsers_document_end_table(document);
}

/* As deep as tables and text boxes are nested, which LEVELS_MAX and the depth of groups limit. */
static void
emit_items(ParsersDocument *document, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const Item *item = g_ptr_array_index(items, i);

        if (item->table != NULL) {
            emit_table(document, item->table);
            continue;
        }
        if (!parsers_document_begin_paragraph(document, item->heading, item->list_item))
            return;
        for (guint j = 0; j < item->spans->len; j++)
            parsers_document_add_span(document, g_ptr_array_index(item->spans, j));
        parsers_document_end_paragraph(document);
    }
}

/* ---- Gathering ---- */

/* Where whole items of a level go. */
static GPtrArray *
items_at(ParsersRtfFlow *flow, guint level)
{
    return level == 0 ? flow->root : flow->levels[level].cell;
}

static void
flush_root(ParsersRtfFlow *flow)
{
    if (flow->document == NULL)
        return;
    emit_items(flow->document, flow->root);
    g_ptr_array_set_size(flow->root, 0);
}

static void
close_level(ParsersRtfFlow *flow)
{
    Level *level = &flow->levels[flow->depth];
    const ParsersRtfRow none = {0};
    Item *item = NULL;

    if (level->cell->len > 0)
        parsers_rtf_flow_end_cell(flow, flow->depth);
    if (level->cells->len > 0)
        parsers_rtf_flow_end_row(flow, flow->depth, &none);
    if (level->table->rows->len > 0 && spend(flow, 0)) {
        item = g_new0(Item, 1);
        item->table = g_steal_pointer(&level->table);
        g_ptr_array_add(items_at(flow, flow->depth - 1), item);
    }
    clear_level(level);
    flow->depth--;
}

/* Make level the open one: tables deeper than it end, tables up to it begin. */
static void
go_to_level(ParsersRtfFlow *flow, guint level)
{
    bool whole = level == 0 && flow->depth > 0;

    while (flow->depth > level)
        close_level(flow);
    if (whole)
        flush_root(flow);
    while (flow->depth < level) {
        Level *next = &flow->levels[++flow->depth];

        next->table = g_new0(Table, 1);
        next->table->rows = g_ptr_array_new_with_free_func(free_row);
        next->cells = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
        next->cell = new_items();
    }
}

static void
append_span(ParsersRtfFlow *flow, const ParsersSpan *span)
{
    ParsersSpan *copy = g_new0(ParsersSpan, 1);

    copy->kind = span->kind;
    copy->flags = span->flags;
    copy->text = g_strdup(span->text == NULL ? "" : span->text);
    copy->label = g_strdup(span->label);
    copy->name = g_strdup(span->name);
    g_ptr_array_add(flow->spans, copy);
}

void
parsers_rtf_flow_text(ParsersRtfFlow *flow, const char *text, gsize length, guint flags)
{
    g_autofree char *copy = NULL;
    ParsersSpan span = {.kind = PARSERS_SPAN_TEXT, .flags = flags};

    if (length == 0 || !spend(flow, length))
        return;
    copy = g_strndup(text, length);
    span.text = copy;
    append_span(flow, &span);
}

void
parsers_rtf_flow_span(ParsersRtfFlow *flow, const ParsersSpan *span)
{
    if (spend(flow, length_of(span->text) + length_of(span->label) + length_of(span->name)))
        append_span(flow, span);
}

bool
parsers_rtf_flow_is_open(const ParsersRtfFlow *flow)
{
    return flow->spans->len > 0 || flow->after->len > 0;
}

void
parsers_rtf_flow_end_paragraph(ParsersRtfFlow *flow, guint level, guint heading, bool list_item)
{
    GPtrArray *items = NULL;
    Item *item = NULL;

    level = MIN(level, (guint)LEVELS_MAX);
    go_to_level(flow, level);
    if (!spend(flow, 0))
        return;
    item = g_new0(Item, 1);
    item->heading = heading;
    item->list_item = list_item;
    item->spans = flow->spans;
    flow->spans = g_ptr_array_new_with_free_func(parsers_document_span_free);
    items = items_at(flow, level);
    g_ptr_array_add(items, item);
    g_ptr_array_extend_and_steal(items, flow->after);
    flow->after = new_items();
    if (level == 0)
        flush_root(flow);
}

void
parsers_rtf_flow_end_cell(ParsersRtfFlow *flow, guint level)
{
    Level *open = NULL;

    level = CLAMP(level, 1, (guint)LEVELS_MAX);
    go_to_level(flow, level);
    open = &flow->levels[level];
    if (!spend(flow, 0))
        return;
    g_ptr_array_add(open->cells, open->cell);
    open->cell = new_items();
}

/* What stands in a cell that is merged with the one before it belongs to that one. */
static void
widen(Cell *cell, gint right, GPtrArray *items)
{
    cell->right = right;
    g_ptr_array_extend_and_steal(cell->items, g_ptr_array_ref(items));
}

static Row *
shape_row(GPtrArray *contents, const ParsersRtfRow *shape)
{
    Row *row = g_new0(Row, 1);
    guint n_edges = shape->edges == NULL ? 0 : shape->edges->len;
    gint left = shape->left;

    row->header = shape->header;
    row->cells = g_ptr_array_new_with_free_func(free_cell);
    for (guint i = 0; i < contents->len; i++) {
        GPtrArray *items = g_ptr_array_index(contents, i);
        ParsersRtfEdge edge = {.right = left + 1440};
        Cell *cell = NULL;

        if (i < n_edges)
            edge = g_array_index(shape->edges, ParsersRtfEdge, i);
        if (edge.left_merged && row->cells->len > 0) {
            widen(g_ptr_array_index(row->cells, row->cells->len - 1), edge.right, items);
        } else {
            cell = g_new0(Cell, 1);
            cell->left = left;
            cell->right = edge.right;
            cell->up_merged = edge.up_merged;
            cell->shaded = edge.shaded;
            cell->items = g_ptr_array_ref(items);
            g_ptr_array_add(row->cells, cell);
        }
        left = edge.right;
    }
    return row;
}

void
parsers_rtf_flow_end_row(ParsersRtfFlow *flow, guint level, const ParsersRtfRow *row)
{
    Level *open = NULL;

    level = CLAMP(level, 1, (guint)LEVELS_MAX);
    if (flow->depth < level)
        return;
    while (flow->depth > level)
        close_level(flow);
    open = &flow->levels[level];
    if (open->cells->len == 0 || !spend(flow, 0))
        return;
    g_ptr_array_add(open->table->rows, shape_row(open->cells, row));
    g_ptr_array_set_size(open->cells, 0);
}

void
parsers_rtf_flow_finish(ParsersRtfFlow *flow)
{
    if (parsers_rtf_flow_is_open(flow))
        parsers_rtf_flow_end_paragraph(flow, flow->depth, 0, false);
    go_to_level(flow, 0);
    flush_root(flow);
}

void
parsers_rtf_flow_attach(ParsersRtfFlow *flow, ParsersRtfFlow *inner)
{
    g_ptr_array_extend_and_steal(flow->after, inner->root);
    inner->root = new_items();
}
