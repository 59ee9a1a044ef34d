/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/doc-box.c - finds text boxes by the shape that holds them.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-DOC] 2.8.28, 2.8.37, 2.9.100, 2.9.253
 */
#include "config.h"

#include "parsers/doc-box.h"

enum {
    SHAPE_BYTES = 26,
    STORY_BYTES = 22,
    STORY_REUSABLE_AT = 8,
    STORY_SHAPE_AT = 14,
    BOXES_MAX = 10000,
};

struct ParsersDocBoxes {
    GHashTable *shapes;  /* CP of an anchor to the number of its shape */
    GHashTable *numbers; /* number of a shape to that of its box + 1 */
    GArray *boxes;       /* ParsersDocBox */
    guint next;
};

/* Records of a PLC: n + 1 positions, then n records. */
static guint
count_records(ParsersOctets plc, gsize record)
{
    return plc.size < 4 ? 0 : (guint)MIN((plc.size - 4) / (4 + record), (gsize)BOXES_MAX);
}

static void
load_shapes(ParsersDocBoxes *boxes, ParsersOctets plc)
{
    const guint n = count_records(plc, SHAPE_BYTES);

    for (guint i = 0; i < n; i++) {
        const guint32 cp = parsers_octets_u32(plc, (gsize)i * 4);
        const guint32 shape = parsers_octets_u32(plc, ((gsize)n + 1) * 4 + (gsize)i * SHAPE_BYTES);

        g_hash_table_insert(boxes->shapes, GUINT_TO_POINTER(cp), GUINT_TO_POINTER(shape));
    }
}

/* start, end: of the text that holds all boxes.  The last record only tells where it ends. */
static void
load_stories(ParsersDocBoxes *boxes, ParsersOctets plc, guint32 start, guint32 end)
{
    const guint n = count_records(plc, STORY_BYTES);

    for (guint i = 0; i + 1 < n; i++) {
        const gsize at = ((gsize)n + 1) * 4 + (gsize)i * STORY_BYTES;
        const guint32 from = parsers_octets_u32(plc, (gsize)i * 4);
        const guint32 to = parsers_octets_u32(plc, (gsize)i * 4 + 4);
        const ParsersDocBox box = {.start = start + from, .end = start + to};

        if (parsers_octets_u16(plc, at + STORY_REUSABLE_AT) != 0 || from >= to || to > end - start)
            continue;
        g_array_append_val(boxes->boxes, box);
        g_hash_table_insert(boxes->numbers,
                            GUINT_TO_POINTER(parsers_octets_u32(plc, at + STORY_SHAPE_AT)),
                            GUINT_TO_POINTER(boxes->boxes->len));
    }
}

ParsersDocBoxes *
parsers_doc_box_load(const ParsersDocFile *file, bool of_headers)
{
    ParsersDocBoxes *boxes = g_new0(ParsersDocBoxes, 1);
    guint32 start = 0;
    guint32 end = 0;

    boxes->shapes = g_hash_table_new(g_direct_hash, g_direct_equal);
    boxes->numbers = g_hash_table_new(g_direct_hash, g_direct_equal);
    boxes->boxes = g_array_new(FALSE, FALSE, sizeof(ParsersDocBox));
    parsers_doc_file_text(file, of_headers ? PARSERS_DOC_HEADER_BOXES : PARSERS_DOC_BOXES, &start,
                          &end);
    load_shapes(boxes, parsers_doc_file_part(file, of_headers ? PARSERS_DOC_HEADER_SHAPES
                                                              : PARSERS_DOC_SHAPES));
    load_stories(boxes,
                 parsers_doc_file_part(file, of_headers ? PARSERS_DOC_HEADER_BOX_STORIES
                                                        : PARSERS_DOC_BOX_STORIES),
                 start, end);
    return boxes;
}

void
parsers_doc_box_free(ParsersDocBoxes *boxes)
{
    if (boxes == NULL)
        return;
    g_hash_table_unref(boxes->shapes);
    g_hash_table_unref(boxes->numbers);
    g_array_unref(boxes->boxes);
    g_free(boxes);
}

static bool
take(ParsersDocBox *box, ParsersDocBox *out_box)
{
    if (box->taken)
        return false;
    box->taken = true;
    *out_box = *box;
    return true;
}

bool
parsers_doc_box_take(ParsersDocBoxes *boxes, guint32 position, ParsersDocBox *out_box)
{
    gpointer shape = NULL;
    guint number = 0;

    if (!g_hash_table_lookup_extended(boxes->shapes, GUINT_TO_POINTER(position), NULL, &shape))
        return false;
    number = GPOINTER_TO_UINT(g_hash_table_lookup(boxes->numbers, shape));
    return number > 0 && take(&g_array_index(boxes->boxes, ParsersDocBox, number - 1), out_box);
}

bool
parsers_doc_box_take_next(ParsersDocBoxes *boxes, ParsersDocBox *out_box)
{
    while (boxes->next < boxes->boxes->len)
        if (take(&g_array_index(boxes->boxes, ParsersDocBox, boxes->next++), out_box))
            return true;
    return false;
}
