/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/view-steps.c - a document as the flat list of steps that pages show.
 *
 * Runs in:  postern-view, inside the cage.
 * Source:   doc/review.md, "The original"
 */
#include "config.h"

#include "parsers/view-steps.h"

#include <string.h>

#include "parsers/repair.h"

typedef struct {
    ParsersViewPart *part;
    ParsersViewRoom *room;
    guint depth; /* of tables */
} Writer;

/* clang-format off */
static const struct { guint span, view; } marks[] = {
    {PARSERS_SPAN_STRIKE,      PARSERS_VIEW_STRUCK},
    {PARSERS_SPAN_BOLD,        PARSERS_VIEW_BOLD},
    {PARSERS_SPAN_CHECKED,     PARSERS_VIEW_TICKED},
    {PARSERS_SPAN_PLACEHOLDER, PARSERS_VIEW_EMPTY},
};
static const ParsersViewKind span_kinds[] = {
    [PARSERS_SPAN_TEXT]     = PARSERS_VIEW_TEXTS,
    [PARSERS_SPAN_CHECKBOX] = PARSERS_VIEW_BOX,
    [PARSERS_SPAN_CONTROL]  = PARSERS_VIEW_ANSWER,
    [PARSERS_SPAN_IMAGE]    = PARSERS_VIEW_PICTURE,
};
/* clang-format on */

static ParsersViewStep *
add(Writer *writer, ParsersViewKind kind)
{
    ParsersViewStep *step = g_new0(ParsersViewStep, 1);

    step->kind = kind;
    step->text = g_strdup("");
    step->place = g_strdup("");
    g_ptr_array_add(writer->part->steps, step);
    return step;
}

/* A start takes room for its end too, so that what is cut is well-formed. */
static ParsersViewStep *
start(Writer *writer, ParsersViewKind kind, const ParsersPlace *place)
{
    ParsersViewStep *step = NULL;

    if (writer->room->steps < 2)
        return NULL;
    writer->room->steps -= 2;
    step = add(writer, kind);
    if (place != NULL) {
        g_free(step->place);
        step->place = parsers_fields_place(place);
        step->page = place->page;
        for (guint i = 0; i < 4; i++)
            step->box[i] = (gint16)CLAMP(place->box[i], -20000, 20000);
    }
    return step;
}

static bool
put_span(Writer *writer, const ParsersSpan *span)
{
    const gsize length = strlen(span->text);
    ParsersViewStep *step = NULL;

    if (writer->room->steps == 0 || writer->room->text < length)
        return false;
    writer->room->steps--;
    writer->room->text -= length;
    step = add(writer, span_kinds[span->kind]);
    g_free(step->text);
    step->text = g_strdup(span->text);
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        step->flags |= (span->flags & marks[i].span) != 0 ? marks[i].view : 0u;
    return true;
}

static bool
put_paragraph(Writer *writer, const ParsersBlock *block)
{
    ParsersViewStep *step = start(writer, PARSERS_VIEW_PARAGRAPH, &block->place);
    bool whole = step != NULL;

    if (step == NULL)
        return false;
    step->number = MIN(block->heading, 6u);
    if (block->region == PARSERS_REGION_QUOTE)
        step->flags |= PARSERS_VIEW_QUOTED;
    else if (block->region != PARSERS_REGION_BODY)
        step->flags |= PARSERS_VIEW_MARGIN;
    step->flags |= block->list_item ? PARSERS_VIEW_LIST : 0u;
    for (guint i = 0; whole && i < block->spans->len; i++)
        whole = put_span(writer, block->spans->pdata[i]);
    add(writer, PARSERS_VIEW_END_PARAGRAPH);
    return whole;
}

static bool put_blocks(Writer *writer, const GPtrArray *blocks);

/* Where the fields of a cell say that they were read. */
static ParsersPlace
place_of(const ParsersBlock *table, guint row, const ParsersCell *cell)
{
    ParsersPlace place = {
        .page = table->place.page, .table = table->place.table, .row = row, .column = cell->column};
    const ParsersBlock *first = cell->blocks->len > 0 ? cell->blocks->pdata[0] : NULL;

    if (first != NULL && first->kind == PARSERS_BLOCK_PARAGRAPH) {
        place = first->place;
        memset(place.box, 0, sizeof place.box);
    }
    return place;
}

static bool
put_cell(Writer *writer, const ParsersCell *cell, const ParsersPlace *place)
{
    ParsersViewStep *step = start(writer, PARSERS_VIEW_CELL, place);
    bool whole = false;

    if (step == NULL)
        return false;
    step->number = CLAMP(cell->column_span, 1u, 1000u);
    step->second = CLAMP(cell->row_span, 1u, 1000u);
    step->flags = cell->header ? PARSERS_VIEW_HEADER : 0u;
    whole = put_blocks(writer, cell->blocks);
    add(writer, PARSERS_VIEW_END_CELL);
    return whole;
}

static bool
put_row(Writer *writer, const ParsersBlock *table, guint number)
{
    const GPtrArray *cells = table->rows->pdata[number];
    bool whole = start(writer, PARSERS_VIEW_ROW, NULL) != NULL;

    if (!whole)
        return false;
    for (guint i = 0; whole && i < cells->len; i++) {
        const ParsersCell *cell = cells->pdata[i];
        const ParsersPlace place = place_of(table, number + 1, cell);

        whole = put_cell(writer, cell, &place);
    }
    add(writer, PARSERS_VIEW_END_ROW);
    return whole;
}

static bool
put_table(Writer *writer, const ParsersBlock *table)
{
    bool whole =
        writer->depth < PARSERS_VIEW_DEPTH && start(writer, PARSERS_VIEW_TABLE, NULL) != NULL;

    if (!whole)
        return false;
    writer->depth++;
    for (guint i = 0; whole && i < table->rows->len; i++)
        whole = put_row(writer, table, i);
    writer->depth--;
    add(writer, PARSERS_VIEW_END_TABLE);
    return whole;
}

static bool
put_blocks(Writer *writer, const GPtrArray *blocks)
{
    bool whole = true;

    for (guint i = 0; whole && i < blocks->len; i++) {
        const ParsersBlock *block = blocks->pdata[i];

        whole = block->kind == PARSERS_BLOCK_TABLE ? put_table(writer, block)
                                                   : put_paragraph(writer, block);
    }
    return whole;
}

bool
parsers_view_steps_add(ParsersViewPart *part, const ParsersDocument *document,
                       ParsersViewRoom *room)
{
    Writer writer = {part, room, 0};

    return put_blocks(&writer, parsers_document_blocks(document));
}
