/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-rules.c - finds lines and edges of fills in the pixels of a page.
 *
 * A line is two edges and a fill has four, so looking for edges finds both.
 * What lies within the boxes of characters is a part of letters.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-rules.h"

#include "parsers/pdf-grey.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    PICTURE_SIDE_MAX = 1800, /* pixels; what is larger is drawn smaller */
    EDGE_STEP = 9,           /* grey levels between the two sides of an edge; a hairline gives 13 */
    EDGE_MIN = 6,            /* pixels */
    EDGES_MAX = 30000,       /* of one page: a photograph has no lines worth finding */
    INK_STEP = 14,           /* grey levels between ink and its ground; a hairline again */
    WHITE = 250,
    STROKE_MAX = 30, /* pixels of one stroke of a letter */
    LETTER = 1,      /* how a pixel is covered */
    DASH = 2,
};

struct ParsersPdfPicture {
    int width;
    int height;
    int stride; /* of grey and letters, in elements; a multiple of 8 above width */
    double scale;
    guint8 *grey;
    guint8 *letters; /* LETTER or DASH where the box of a character lies */
};

void
parsers_pdf_rules_free(ParsersPdfPicture *picture)
{
    if (picture == NULL)
        return;
    g_free(picture->grey);
    g_free(picture->letters);
    g_free(picture);
}

/* The pixels that a box covers, cut to the picture.  False when there are none. */
static bool
pixel_box(const ParsersPdfPicture *picture, const double box[4], int out_pixels[4])
{
    int sides[4];

    for (int i = 0; i < 4; i++)
        sides[i] = (int)floor(CLAMP(box[i] * picture->scale, -10.0, 1e5));
    out_pixels[0] = CLAMP(sides[0], 0, picture->width);
    out_pixels[1] = CLAMP(sides[1], 0, picture->height);
    out_pixels[2] = CLAMP(sides[2] + 1, 0, picture->width);
    out_pixels[3] = CLAMP(sides[3] + 1, 0, picture->height);
    return out_pixels[0] < out_pixels[2] && out_pixels[1] < out_pixels[3];
}

static bool
is_dash(gunichar character)
{
    return character == '_' || character == '-' || character == 0xaf || character == 0x2026 ||
           (character >= 0x2010 && character <= 0x2015);
}

void
parsers_pdf_rules_cover(ParsersPdfPicture *picture, const GArray *glyphs)
{
    guint64 budget = 4 * (guint64)picture->width * (guint64)picture->height;

    for (guint i = 0; i < glyphs->len; i++) {
        const ParsersPdfGlyph *glyph = &g_array_index(glyphs, ParsersPdfGlyph, i);
        int cover = is_dash(glyph->character) ? DASH : LETTER;
        int at[4];

        if (!pixel_box(picture, glyph->box, at))
            continue;
        if ((guint64)(at[2] - at[0]) * (guint64)(at[3] - at[1]) > budget)
            return;
        budget -= (guint64)(at[2] - at[0]) * (guint64)(at[3] - at[1]);
        for (int y = at[1]; y < at[3]; y++)
            memset(picture->letters + (gsize)y * (gsize)picture->stride + at[0], cover,
                   (gsize)(at[2] - at[0]));
    }
}

ParsersPdfPicture *
parsers_pdf_rules_render(PopplerPage *page)
{
    g_autoptr(ParsersPdfPicture) picture = g_new0(ParsersPdfPicture, 1);
    double width = 0;
    double height = 0;
    gsize n_pixels = 0;

    poppler_page_get_size(page, &width, &height);
    if (!(width >= 1 && height >= 1 && width < 1e5 && height < 1e5))
        return NULL;
    picture->scale = MIN(1, PICTURE_SIDE_MAX / MAX(width, height));
    picture->width = (int)ceil(width * picture->scale) + 1;
    picture->height = (int)ceil(height * picture->scale) + 1;
    picture->stride = (picture->width + 16) / 8 * 8;
    n_pixels = (gsize)picture->stride * (gsize)picture->height;
    picture->grey = g_malloc(n_pixels);
    picture->letters = g_malloc0(n_pixels);
    memset(picture->grey, 255, n_pixels);
    parsers_pdf_grey_draw(page, picture->scale,
                          &(ParsersPdfGrey){.width = (guint)picture->width,
                                            .height = (guint)picture->height,
                                            .stride = (guint)picture->stride,
                                            .levels = picture->grey});
    return g_steal_pointer(&picture);
}

/* ---- Edges ---- */

static int
step_sign(int from, int to)
{
    if (from - to >= EDGE_STEP)
        return 1;
    return to - from >= EDGE_STEP ? -1 : 0;
}

/* True if an edge lies within letters: pixels `step` apart, or those `across` on its far side.
 * What is long is no stroke of a letter, unless it is a row of dashes. */
static bool
is_letter_part(const ParsersPdfPicture *picture, gsize first, gsize count, gsize step, gsize across)
{
    const guint8 *near = picture->letters + first;
    gsize letters = 0;
    gsize dashes = 0;

    for (gsize i = 0; i < count; i++) {
        guint8 cover = near[i * step] | near[i * step + across];

        letters += cover != 0;
        dashes += (cover & DASH) != 0;
    }
    return letters * 10 >= count * 9 && (count <= STROKE_MAX || dashes * 2 > count);
}

static void
add_edge(const ParsersPdfPicture *picture, GArray *edges, int position, int start, int end)
{
    ParsersPdfRule edge = {.position = position / picture->scale,
                           .start = start / picture->scale,
                           .end = end / picture->scale};

    if (edges->len < EDGES_MAX)
        g_array_append_val(edges, edge);
}

/* Edges between row y and the row below it. */
static void
scan_row(const ParsersPdfPicture *picture, int y, GArray *edges)
{
    gsize offset = (gsize)y * (gsize)picture->stride;
    const guint8 *above = picture->grey + offset;
    const guint8 *below = above + picture->stride;
    int start = 0;
    int sign = 0;

    for (int x = 0; x <= picture->width; x++) {
        int now = 0;

        if (sign == 0 && x % 8 == 0 && memcmp(above + x, below + x, 8) == 0) {
            x += 7;
            continue;
        }
        now = x < picture->width ? step_sign(above[x], below[x]) : 0;
        if (now == sign)
            continue;
        if (sign != 0 && x - start >= EDGE_MIN &&
            !is_letter_part(picture, offset + (gsize)start, (gsize)(x - start), 1,
                            (gsize)picture->stride))
            add_edge(picture, edges, y + 1, start, x);
        start = x;
        sign = now;
    }
}

/* One column's open edge while the rows are walked. */
typedef struct {
    gint16 *start;
    gint8 *sign;
} Columns;

static void
close_column(const ParsersPdfPicture *picture, Columns *columns, int x, int y, GArray *edges)
{
    int start = columns->start[x];
    gsize first = (gsize)start * (gsize)picture->stride + (gsize)x;

    if (columns->sign[x] != 0 && y - start >= EDGE_MIN &&
        !is_letter_part(picture, first, (gsize)(y - start), (gsize)picture->stride, 1))
        add_edge(picture, edges, x + 1, start, y);
}

static void
scan_columns(const ParsersPdfPicture *picture, Columns *columns, int y, GArray *edges)
{
    const guint8 *row = picture->grey + (gsize)y * (gsize)picture->stride;
    bool past = y >= picture->height;
    static const gint8 none[8] = {0};

    for (int x = 0; x < picture->width - 1; x++) {
        int now = 0;

        if (x % 8 == 0 && memcmp(columns->sign + x, none, 8) == 0 &&
            (past || memcmp(row + x, row + x + 1, 8) == 0)) {
            x += 7;
            continue;
        }
        now = past ? 0 : step_sign(row[x], row[x + 1]);
        if (now == columns->sign[x])
            continue;
        close_column(picture, columns, x, y, edges);
        columns->start[x] = (gint16)y;
        columns->sign[x] = (gint8)now;
    }
}

void
parsers_pdf_rules_find(const ParsersPdfPicture *picture, GArray *horizontal, GArray *vertical)
{
    g_autofree gint16 *start = g_new0(gint16, (gsize)picture->stride);
    g_autofree gint8 *sign = g_new0(gint8, (gsize)picture->stride);
    Columns columns = {.start = start, .sign = sign};

    for (int y = 0; y + 1 < picture->height; y++)
        scan_row(picture, y, horizontal);
    for (int y = 0; y <= picture->height; y++)
        scan_columns(picture, &columns, y, vertical);
}

/* ---- Looking at pixels ---- */

static guint
grey_at(const ParsersPdfPicture *picture, int x, int y)
{
    return picture->grey[(gsize)y * (gsize)picture->stride + (gsize)x];
}

static guint
lightest(const ParsersPdfPicture *picture, const int at[4])
{
    guint most = 0;

    for (int y = at[1]; y < at[3]; y++)
        for (int x = at[0]; x < at[2]; x++)
            most = MAX(most, grey_at(picture, x, y));
    return most;
}

double
parsers_pdf_rules_ink(const ParsersPdfPicture *picture, const double box[4])
{
    int at[4];
    guint ground = 0;
    guint inked = 0;

    if (!pixel_box(picture, box, at))
        return 0;
    ground = lightest(picture, at);
    for (int y = at[1]; y < at[3]; y++)
        for (int x = at[0]; x < at[2]; x++)
            inked += grey_at(picture, x, y) + INK_STEP <= ground;
    return (double)inked / ((at[2] - at[0]) * (at[3] - at[1]));
}

bool
parsers_pdf_rules_shaded(const ParsersPdfPicture *picture, const double box[4])
{
    int at[4];

    return pixel_box(picture, box, at) && lightest(picture, at) < WHITE;
}
