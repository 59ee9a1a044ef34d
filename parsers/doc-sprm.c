/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/doc-sprm.c - the sprms that matter on a form.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-DOC] 2.2.5, 2.6.1 to 2.6.3, 2.9.327
 */
#include "config.h"

#include "parsers/doc-sprm.h"

enum {
    SPRM_TABS = 0xC615,
    SPRM_TABLE = 0xD608,
    SPRM_TABLE_10 = 0xD606, /* the same as Word 6 wrote it */
    COLUMNS_MAX = 64,
    CELL_BYTES = 20,
    COLOUR_AUTOMATIC = 0xFF,
};

/* One change.  operand: borrowed. */
typedef struct {
    guint code;
    ParsersOctets operand;
} Sprm;

/* ---- Lists ---- */

/* Bytes of the operand of a sprm whose length is given in itself. */
static gsize
variable_length(guint code, ParsersOctets list, gsize at)
{
    const gsize length = parsers_octets_u8(list, at);
    gsize deleted = 0;

    if (code == SPRM_TABLE || code == SPRM_TABLE_10)
        return (gsize)parsers_octets_u16(list, at) + 1;
    if (code != SPRM_TABS || length != 255)
        return length + 1;
    deleted = parsers_octets_u8(list, at + 1);
    return 2 + deleted * 4 + 1 + 3 * (gsize)parsers_octets_u8(list, at + 2 + deleted * 4);
}

/* Take the sprm at *at of a list and move *at behind it.  False at the end, or where the list
 * breaks off. */
static bool
next(ParsersOctets list, gsize *at, Sprm *out_sprm)
{
    static const guint8 lengths[8] = {1, 1, 2, 4, 2, 2, 0, 3}; /* 0: variable */
    const guint code = parsers_octets_u16(list, *at);
    gsize length = lengths[code >> 13];

    if (list.size < 3 || *at > list.size - 3)
        return false;
    if (length == 0)
        length = variable_length(code, list, *at + 2);
    if (!parsers_octets_slice(list, *at + 2, length, &out_sprm->operand))
        return false;
    out_sprm->code = code;
    *at += 2 + length;
    return true;
}

ParsersOctets
parsers_doc_sprm_elsewhere(const ParsersDocFile *file, ParsersOctets list)
{
    Sprm sprm = {0};
    ParsersOctets found = {0};
    gsize at = 0;

    while (next(list, &at, &sprm)) {
        ParsersOctets data = {0};

        if (sprm.code != 0x6645 && sprm.code != 0x6646 && sprm.code != 0x646B)
            continue;
        data = parsers_doc_file_data(file, parsers_octets_u32(sprm.operand, 0));
        parsers_octets_slice(data, 2, parsers_octets_u16(data, 0), &found);
    }
    return found;
}

/* ---- Shading ---- */

static bool
is_shaded_80(guint shading)
{
    const guint back = shading >> 5 & 0x1F;

    return shading != 0xFFFF && back != 0 && back != 8; /* automatic, white */
}

static bool
is_coloured(ParsersOctets colour, gsize at)
{
    const guint32 value = parsers_octets_u32(colour, at);

    return value >> 24 != COLOUR_AUTOMATIC && (value & 0xFFFFFF) != 0xFFFFFF;
}

/* at: of ten bytes: the colour in front, the one behind, the pattern. */
static bool
is_shaded(ParsersOctets octets, gsize at)
{
    const guint pattern = parsers_octets_u16(octets, at + 8);

    if (octets.size < 10 || at > octets.size - 10 || pattern == 0xFFFF)
        return false;
    return is_coloured(octets, pattern == 1 ? at : at + 4);
}

/* ---- Characters ---- */

/* 0 and 1 are off and on; 0x80 is as in the style, 0x81 the opposite. */
static bool
toggle(guint operand, bool style)
{
    if (operand == 0x80 || operand == 0x81)
        return style != (operand == 0x81);
    return operand != 0;
}

static void
set_flag(ParsersDocCharacter *character, guint flag, bool on)
{
    character->flags = on ? character->flags | flag : character->flags & ~flag;
}

/* Sprms that switch a flag of a span. */
static bool
apply_flag(const Sprm *sprm, const ParsersDocCharacter *style, ParsersDocCharacter *character)
{
    /* clang-format off */
    static const struct {
        guint code;
        guint flag;
    } flags[] = {
        { 0x0835, PARSERS_SPAN_BOLD   },
        { 0x0837, PARSERS_SPAN_STRIKE }, { 0x2A53, PARSERS_SPAN_STRIKE    },
        { 0x2A3E, PARSERS_SPAN_UNDERLINE }, { 0x2A0C, PARSERS_SPAN_HIGHLIGHT },
    };
    /* clang-format on */
    const guint operand = parsers_octets_u8(sprm->operand, 0);

    for (gsize i = 0; i < G_N_ELEMENTS(flags); i++) {
        if (flags[i].code != sprm->code)
            continue;
        set_flag(character, flags[i].flag, toggle(operand, (style->flags & flags[i].flag) != 0));
        return true;
    }
    return false;
}

/* Sprms that tell what a special character stands for. */
static void
apply_special(const Sprm *sprm, ParsersDocCharacter *character)
{
    if (sprm->code == 0x0855) {
        character->special = parsers_octets_u8(sprm->operand, 0) != 0;
    } else if (sprm->code == 0x0806) {
        character->is_data = parsers_octets_u8(sprm->operand, 0) != 0;
    } else if (sprm->code == 0x6A03) {
        character->has_picture = true;
        character->special = true;
        character->picture = parsers_octets_u32(sprm->operand, 0);
    } else if (sprm->code == 0x6A09) {
        character->has_symbol = true;
        character->special = true;
        character->symbol_font = parsers_octets_u16(sprm->operand, 0);
        character->symbol = parsers_octets_u16(sprm->operand, 2);
    }
}

static void
apply_character(const Sprm *sprm, const ParsersDocCharacter *style, ParsersDocCharacter *character)
{
    const guint operand = parsers_octets_u8(sprm->operand, 0);

    if (apply_flag(sprm, style, character))
        return;
    if (sprm->code == 0x083C) {
        character->hidden = toggle(operand, style->hidden);
    } else if (sprm->code == 0x0800) {
        character->deleted = toggle(operand, false);
    } else if (sprm->code == 0x4866) {
        set_flag(character, PARSERS_SPAN_HIGHLIGHT,
                 is_shaded_80(parsers_octets_u16(sprm->operand, 0)));
    } else if (sprm->code == 0xCA71) {
        set_flag(character, PARSERS_SPAN_HIGHLIGHT, is_shaded(sprm->operand, 1));
    } else if (sprm->code == 0x4A4F) {
        character->has_font = true;
        character->font = parsers_octets_u16(sprm->operand, 0);
    } else if (sprm->code == 0x4A30) {
        character->has_style = true;
        character->style = parsers_octets_u16(sprm->operand, 0);
    } else {
        apply_special(sprm, character);
    }
}

void
parsers_doc_sprm_character(ParsersOctets list, const ParsersDocCharacter *style,
                           ParsersDocCharacter *character)
{
    Sprm sprm = {0};
    gsize at = 0;

    while (next(list, &at, &sprm))
        apply_character(&sprm, style, character);
}

/* ---- Paragraphs ---- */

static void
apply_paragraph(const Sprm *sprm, ParsersDocParagraph *paragraph)
{
    const guint operand = parsers_octets_u8(sprm->operand, 0);
    const guint wide = parsers_octets_u16(sprm->operand, 0);

    switch (sprm->code) {
    case 0x2416:
        paragraph->in_table = operand != 0;
        break;
    case 0x2417:
        paragraph->ends_row = operand != 0;
        break;
    case 0x244B:
        paragraph->ends_inner_cell = operand != 0;
        break;
    case 0x244C:
        paragraph->ends_inner_row = operand != 0;
        break;
    case 0x6649:
        paragraph->depth = (gint32)parsers_octets_u32(sprm->operand, 0);
        break;
    case 0x664A:
        paragraph->depth += (gint32)parsers_octets_u32(sprm->operand, 0);
        break;
    case 0x2640: /* outline level; 9 is body text */
        paragraph->heading = operand < 9 ? MIN(operand + 1, 6) : 0;
        break;
    case 0x460B:
        paragraph->list_item = wide != 0 && wide != 0xF801;
        break;
    default:
        break;
    }
}

void
parsers_doc_sprm_paragraph(ParsersOctets list, ParsersDocParagraph *paragraph)
{
    Sprm sprm = {0};
    gsize at = 0;

    while (next(list, &at, &sprm))
        apply_paragraph(&sprm, paragraph);
}

/* ---- Rows ---- */

static gint
twips_at(ParsersOctets octets, gsize at)
{
    return (gint16)parsers_octets_u16(octets, at);
}

/* The edges of all cells, then what is known of each of them; that list may be short. */
static void
define_row(ParsersOctets operand, ParsersRtfRow *row)
{
    const guint n = MIN(parsers_octets_u8(operand, 2), (guint)COLUMNS_MAX);
    const gsize cells_at = 3 + ((gsize)n + 1) * 2;

    g_array_set_size(row->edges, 0);
    row->left = twips_at(operand, 3);
    for (guint i = 0; i < n; i++) {
        const guint flags = parsers_octets_u16(operand, cells_at + (gsize)i * CELL_BYTES);
        const ParsersRtfEdge edge = {.right = twips_at(operand, 5 + (gsize)i * 2),
                                     .left_merged = (flags & 0x0002) != 0,
                                     .up_merged = (flags & 0x0060) == 0x0020};

        g_array_append_val(row->edges, edge);
    }
}

static ParsersRtfEdge *
edge_at(const ParsersRtfRow *row, guint i)
{
    return i < row->edges->len ? &g_array_index(row->edges, ParsersRtfEdge, i) : NULL;
}

/* Shading of cells from first on.  operand: after its length. */
static void
shade_row(ParsersOctets operand, guint first, ParsersRtfRow *row)
{
    for (guint i = 0; i < (operand.size - 1) / 10; i++) {
        ParsersRtfEdge *edge = edge_at(row, first + i);

        if (edge != NULL)
            edge->shaded = is_shaded(operand, 1 + (gsize)i * 10);
    }
}

static void
shade_row_80(ParsersOctets operand, ParsersRtfRow *row)
{
    for (guint i = 0; i < (operand.size - 1) / 2; i++) {
        ParsersRtfEdge *edge = edge_at(row, i);

        if (edge != NULL)
            edge->shaded = is_shaded_80(parsers_octets_u16(operand, 1 + (gsize)i * 2));
    }
}

static void
merge_cells(ParsersOctets operand, ParsersRtfRow *row)
{
    for (guint i = parsers_octets_u8(operand, 0) + 1; i < parsers_octets_u8(operand, 1); i++)
        if (edge_at(row, i) != NULL)
            edge_at(row, i)->left_merged = true;
}

static void
apply_row(const Sprm *sprm, ParsersRtfRow *row)
{
    ParsersRtfEdge *edge = NULL;

    switch (sprm->code) {
    case SPRM_TABLE:
        define_row(sprm->operand, row);
        break;
    case 0x3404:
        row->header = parsers_octets_u8(sprm->operand, 0) != 0;
        break;
    case 0xD62B:
        edge = edge_at(row, parsers_octets_u8(sprm->operand, 1));
        if (edge != NULL)
            edge->up_merged = parsers_octets_u8(sprm->operand, 2) == 1;
        break;
    case 0x5624:
        merge_cells(sprm->operand, row);
        break;
    case 0xD609:
        shade_row_80(sprm->operand, row);
        break;
    case 0xD612:
        shade_row(sprm->operand, 0, row);
        break;
    case 0xD616:
        shade_row(sprm->operand, 22, row);
        break;
    case 0xD60C:
        shade_row(sprm->operand, 44, row);
        break;
    default:
        break;
    }
}

void
parsers_doc_sprm_row(ParsersOctets list, ParsersRtfRow *row)
{
    Sprm sprm = {0};
    gsize at = 0;

    while (next(list, &at, &sprm))
        apply_row(&sprm, row);
}
