/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/ocr-drawing.c - lines, boxes to tick and dotted lines in the picture of a page.
 *
 * A ruled line is longer than any stroke of a letter; an upright one also ends at lines that cross
 * it, as an "l" does not.
 *
 * Runs in:  postern-ocr.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/ocr-drawing.h"

#include <math.h>
#include <stdlib.h>

/* Pixels, at about 300 an inch. */
enum {
    ACROSS_LEAST = 64,   /* length of a line */
    UPRIGHT_LEAST = 38,  /* of one that ends at others */
    UPRIGHT_ALONE = 200, /* of one that does not */
    THICK_MOST = 22,     /* of a line, and what it leans over */
    BREAK_MOST = 25,     /* that a scanner leaves in a line */
    REACH = 7,           /* by which a line may miss the one that it ends at */
    INTO = 4,            /* by which it reaches over the middle of that, as a bracket does not */
    MEET = 12,           /* within which two lines meet */
    BAND_LEAST = 26,     /* height of a dark band with light writing */
    STROKES_MAX = 6000,
    BOX_SMALLEST = 27,
    BOX_LARGEST = 76,
    SIDE = 6,       /* in which the side of a box lies */
    CORNER = 4,     /* in which its corner lies */
    TICK_STEP = 20, /* grey levels between a mark and the ground of its box */
    DOT_MOST = 13,
    COLON = 31, /* pixels from dot to dot */
    DOT_GAP = 33,
    DOTS_LEAST = 80,
    LINES_MAX = 3000, /* no form has more */
};

#define SIDE_DRAWN 0.9
#define CLEAR 0.2
#define MARKED 0.015 /* share of a box's inside */

void
parsers_ocr_drawing_free(ParsersOcrDrawing *drawing)
{
    if (drawing == NULL)
        return;
    g_array_unref(drawing->horizontal);
    g_array_unref(drawing->vertical);
    g_array_unref(drawing->boxes);
    g_array_unref(drawing->leaders);
    g_free(drawing);
}

/* The boxes around what hangs together; NULL when there is nothing. */
static BOXA *
pieces_of(PIX *pix)
{
    int is_empty = 1;

    return pix == NULL || pixZero(pix, &is_empty) != 0 || is_empty ? NULL : pixConnCompBB(pix, 8);
}

static guint
count(BOXA *pieces)
{
    return pieces == NULL ? 0 : (guint)boxaGetCount(pieces);
}

typedef struct {
    int x;
    int y;
    int width;
    int height;
} Piece;

static Piece
piece_at(BOXA *pieces, guint index)
{
    Piece piece = {0};

    boxaGetBoxGeometry(pieces, (int)index, &piece.x, &piece.y, &piece.width, &piece.height);
    return piece;
}

static void
paint(PIX *mask, const Piece *piece)
{
    pixRasterop(mask, piece->x, piece->y, piece->width, piece->height, PIX_SET, NULL, 0, 0);
}

/* ---- Lines ---- */

/* What is at least `length` long, with short breaks closed.  A thin line that leans is thickened
 * first, or else it falls into steps. */
static PIX *
long_strokes(PIX *ink, int length, bool upright)
{
    PIX *thick = upright ? pixDilateBrick(NULL, ink, 3, 1) : pixDilateBrick(NULL, ink, 1, 3);
    PIX *strokes = NULL;
    PIX *closed = NULL;

    if (thick != NULL)
        strokes =
            upright ? pixOpenBrick(NULL, thick, 1, length) : pixOpenBrick(NULL, thick, length, 1);
    pixDestroy(&thick);
    if (strokes == NULL)
        return NULL;
    closed = upright ? pixCloseSafeBrick(NULL, strokes, 5, BREAK_MOST)
                     : pixCloseSafeBrick(NULL, strokes, BREAK_MOST, 5);
    pixDestroy(&strokes);
    return closed;
}

static void
add_rule(GArray *rules, double position, int start, int length)
{
    const ParsersPdfRule rule = {.position = position, .start = start, .end = start + length};

    if (rules->len < LINES_MAX)
        g_array_append_val(rules, rule);
}

static void
find_across(PIX *ink, PIX *drawn, GArray *rules)
{
    PIX *strokes = long_strokes(ink, ACROSS_LEAST, false);
    BOXA *pieces = pieces_of(strokes);

    for (guint i = 0; i < count(pieces); i++) {
        const Piece piece = piece_at(pieces, i);

        if (piece.height > THICK_MOST || piece.width < 4 * piece.height)
            continue;
        add_rule(rules, piece.y + piece.height / 2.0, piece.x, piece.width);
        pixRasterop(drawn, piece.x, piece.y, piece.width, piece.height, PIX_SRC | PIX_DST, strokes,
                    piece.x, piece.y);
    }
    boxaDestroy(&pieces);
    pixDestroy(&strokes);
}

static bool
ends_at_line(const GArray *across, int x, int y, int near)
{
    for (guint i = 0; i < across->len; i++) {
        const ParsersPdfRule *rule = &g_array_index(across, ParsersPdfRule, i);

        if (fabs(rule->position - y) <= near && rule->start <= x + MEET && rule->end >= x - MEET)
            return true;
    }
    return false;
}

static bool
is_upright_line(const Piece *piece, const GArray *across)
{
    const int x = piece->x + piece->width / 2;

    if (piece->width > THICK_MOST || piece->height < 2 * piece->width)
        return false;
    return piece->height >= UPRIGHT_ALONE ||
           (ends_at_line(across, x, piece->y + INTO, REACH) &&
            ends_at_line(across, x, piece->y + piece->height - INTO, REACH));
}

static void
find_upright(PIX *ink, PIX *drawn, const GArray *across, GArray *rules)
{
    PIX *strokes = long_strokes(ink, UPRIGHT_LEAST, true);
    BOXA *pieces = pieces_of(strokes);

    for (guint i = 0; i < count(pieces); i++) {
        const Piece piece = piece_at(pieces, i);

        if (!is_upright_line(&piece, across))
            continue;
        add_rule(rules, piece.x + piece.width / 2.0, piece.y, piece.height);
        pixRasterop(drawn, piece.x, piece.y, piece.width, piece.height, PIX_SRC | PIX_DST, strokes,
                    piece.x, piece.y);
    }
    boxaDestroy(&pieces);
    pixDestroy(&strokes);
}

/* ---- Boxes to tick ---- */

/* Share of one side of a piece that is inked within the `depth` pixels from `from` on. */
static double
side_inked(PIX *ink, const Piece *piece, bool upright, int from, int depth)
{
    const int length = upright ? piece->height : piece->width;
    int inked = 0;

    for (int i = 0; i < length; i++) {
        bool found = false;

        for (int across = from; across < from + depth && !found; across++) {
            const int x = piece->x + (upright ? across : i);
            const int y = piece->y + (upright ? i : across);
            l_uint32 value = 0;

            found = pixGetPixel(ink, x, y, &value) == 0 && value != 0;
        }
        inked += found;
    }
    return (double)inked / length;
}

/* Share of the length of one side of a piece along which there is ink. */
static double
side_drawn(PIX *ink, const Piece *piece, bool upright, bool far)
{
    const int edge = upright ? piece->width : piece->height;

    return side_inked(ink, piece, upright, far ? edge - SIDE : 0, SIDE);
}

/* Letters have others beside them. */
static bool
stands_alone(PIX *ink, const Piece *piece)
{
    return side_inked(ink, piece, true, -SIDE - 3, SIDE) < CLEAR &&
           side_inked(ink, piece, true, piece->width + 3, SIDE) < CLEAR;
}

/* A letter that fills its box ("B", "D", "O") is round at some corner. */
static bool
has_corner(PIX *ink, const Piece *piece, bool right, bool low)
{
    const int x = piece->x + (right ? piece->width - CORNER : 0);
    const int y = piece->y + (low ? piece->height - CORNER : 0);

    for (int i = 0; i < CORNER * CORNER; i++) {
        l_uint32 value = 0;

        if (pixGetPixel(ink, x + i % CORNER, y + i / CORNER, &value) == 0 && value != 0)
            return true;
    }
    return false;
}

static bool
is_box(PIX *ink, const Piece *piece)
{
    const double shape = (double)piece->width / MAX(piece->height, 1);

    if (piece->width < BOX_SMALLEST || piece->width > BOX_LARGEST || piece->height < BOX_SMALLEST ||
        piece->height > BOX_LARGEST || shape < 0.75 || shape > 1.34)
        return false;
    for (int side = 0; side < 4; side++)
        if (side_drawn(ink, piece, (side & 1) != 0, (side & 2) != 0) < SIDE_DRAWN ||
            !has_corner(ink, piece, (side & 1) != 0, (side & 2) != 0))
            return false;
    return true;
}

/* Share of a box's inside that is marked.  A pencil's mark may be too light to count as ink. */
static double
marked(PIX *grey, const Piece *piece)
{
    const int inset = SIDE + piece->width / 10;
    guint histogram[256] = {0};
    guint n_pixels = 0, above = 0, dark = 0;
    int ground = 255;

    for (int y = piece->y + inset; y < piece->y + piece->height - inset; y++)
        for (int x = piece->x + inset; x < piece->x + piece->width - inset; x++) {
            l_uint32 value = 255;

            pixGetPixel(grey, x, y, &value);
            histogram[value & 0xff]++;
            n_pixels++;
        }
    /* The ground is what the lightest fifth has. */
    while (ground > 0 && (above += histogram[ground]) * 5 < n_pixels)
        ground--;
    for (int level = 0; level + TICK_STEP <= ground; level++)
        dark += histogram[level];
    return n_pixels == 0 ? 0 : (double)dark / n_pixels;
}

/* Take the upright sides away, so that they are not found again as lines.  The others stay: one of
 * them may be a part of a line of the table. */
static void
clear_sides(PIX *ink, const Piece *box)
{
    const int xs[] = {box->x - 2, box->x + box->width - SIDE};

    for (gsize i = 0; i < G_N_ELEMENTS(xs); i++)
        pixRasterop(ink, xs[i], box->y + 4, SIDE + 2, box->height - 8, PIX_CLR, NULL, 0, 0);
}

/* The box between two upright strokes. */
static bool
box_between(PIX *ink, const Piece *left, const Piece *right, Piece *out_box)
{
    const Piece box = {.x = left->x,
                       .y = MIN(left->y, right->y),
                       .width = right->x + right->width - left->x,
                       .height = MAX(left->height, right->height)};

    if (abs(left->y - right->y) > SIDE || abs(left->height - right->height) > SIDE ||
        !is_box(ink, &box) || !stands_alone(ink, &box))
        return false;
    *out_box = box;
    return true;
}

static void
add_box(PIX *grey, PIX *drawn, const Piece *piece, GArray *boxes)
{
    const ParsersPdfBox box = {
        .box = {piece->x, piece->y, piece->x + piece->width, piece->y + piece->height},
        .checked = marked(grey, piece) > MARKED};

    if (boxes->len < LINES_MAX)
        g_array_append_val(boxes, box);
    paint(drawn, piece);
}

/* Boxes that stand free. */
static void
find_boxes(PIX *grey, PIX *ink, PIX *drawn, GArray *boxes)
{
    BOXA *pieces = pieces_of(ink);

    for (guint i = 0; i < count(pieces); i++) {
        const Piece piece = piece_at(pieces, i);

        if (is_box(ink, &piece)) {
            add_box(grey, drawn, &piece, boxes);
            pixRasterop(ink, piece.x, piece.y, piece.width, piece.height, PIX_CLR, NULL, 0, 0);
        }
    }
    boxaDestroy(&pieces);
}

/* Boxes that touch a line, which hang together with all of its table. */
static void
find_touching(PIX *grey, PIX *ink, PIX *drawn, ParsersOcrDrawing *drawing)
{
    PIX *strokes = pixOpenBrick(NULL, ink, 1, BOX_SMALLEST - 2);
    BOXA *pieces = pieces_of(strokes);
    const guint n_strokes = MIN(count(pieces), STROKES_MAX);

    for (guint i = 0; i < n_strokes; i++) {
        const Piece left = piece_at(pieces, i);
        Piece box = {0};

        if (left.height > BOX_LARGEST || left.width > 2 * SIDE ||
            !(ends_at_line(drawing->horizontal, left.x, left.y, MEET) ||
              ends_at_line(drawing->horizontal, left.x, left.y + left.height, MEET)))
            continue;
        for (guint j = 0; j < n_strokes; j++) {
            const Piece right = piece_at(pieces, j);

            if (!box_between(ink, &left, &right, &box))
                continue;
            add_box(grey, drawn, &box, drawing->boxes);
            clear_sides(ink, &box);
            break;
        }
    }
    boxaDestroy(&pieces);
    pixDestroy(&strokes);
}

/* ---- Rows of dots ---- */

/* Dots one above the other are a colon before the row, and none of it. */
static void
spare_colons(PIX *dots)
{
    PIX *closed = pixCloseSafeBrick(NULL, dots, 1, COLON);
    PIX *columns = closed != NULL ? pixOpenBrick(NULL, closed, 1, COLON / 2) : NULL;
    PIX *wider = columns != NULL ? pixDilateBrick(NULL, columns, DOT_MOST, DOT_MOST) : NULL;

    if (wider != NULL)
        pixSubtract(dots, dots, wider);
    pixDestroy(&wider);
    pixDestroy(&columns);
    pixDestroy(&closed);
}

static void
find_leaders(PIX *ink, PIX *drawn, GArray *leaders)
{
    PIX *dots =
        pixSelectBySize(ink, DOT_MOST, DOT_MOST, 8, L_SELECT_IF_BOTH, L_SELECT_IF_LTE, NULL);
    PIX *closed = NULL, *rows = NULL, *joined = NULL;
    BOXA *pieces = NULL;

    if (dots != NULL) {
        spare_colons(dots);
        closed = pixCloseSafeBrick(NULL, dots, DOT_GAP, 1);
    }
    rows = closed != NULL ? pixOpenBrick(NULL, closed, DOTS_LEAST, 1) : NULL;
    joined = rows != NULL ? pixCloseSafeBrick(NULL, rows, DOT_GAP, 5) : NULL;
    pieces = pieces_of(joined);

    for (guint i = 0; i < count(pieces) && leaders->len < LINES_MAX; i++) {
        Piece piece = piece_at(pieces, i);
        const ParsersPdfBox box = {
            .box = {piece.x, piece.y, piece.x + piece.width, piece.y + piece.height}};

        if (piece.height > THICK_MOST)
            continue;
        g_array_append_val(leaders, box);
        piece = (Piece){piece.x - 4, piece.y - 4, piece.width + 8, piece.height + 8};
        pixRasterop(drawn, piece.x, piece.y, piece.width, piece.height, PIX_SRC | PIX_DST, dots,
                    piece.x, piece.y);
    }
    boxaDestroy(&pieces);
    pixDestroy(&joined);
    pixDestroy(&rows);
    pixDestroy(&closed);
    pixDestroy(&dots);
}

/* ---- Dark bands ---- */

static void
invert(PIX *grey, const Piece *piece)
{
    pixRasterop(grey, piece->x, piece->y, piece->width, piece->height, PIX_NOT(PIX_DST), NULL, 0,
                0);
}

/* A band of light writing on a dark ground is turned to dark on light.  Its edges are lines. */
static void
find_bands(ParsersPicture *picture, ParsersOcrDrawing *drawing)
{
    PIX *solid = pixOpenBrick(NULL, picture->ink, ACROSS_LEAST, 5);
    BOXA *pieces = pieces_of(solid);

    for (guint i = 0; i < count(pieces); i++) {
        const Piece piece = piece_at(pieces, i);

        if (piece.height < BAND_LEAST || piece.width < 2 * piece.height)
            continue;
        invert(picture->grey, &piece);
        pixRasterop(picture->ink, piece.x, piece.y, piece.width, piece.height, PIX_CLR, NULL, 0, 0);
        add_rule(drawing->horizontal, piece.y, piece.x, piece.width);
        add_rule(drawing->horizontal, piece.y + piece.height, piece.x, piece.width);
        add_rule(drawing->vertical, piece.x, piece.y, piece.height);
        add_rule(drawing->vertical, piece.x + piece.width, piece.y, piece.height);
    }
    boxaDestroy(&pieces);
    pixDestroy(&solid);
}

/* ---- All of it ---- */

/* Wipe a little wider than what was found: the edges of a stroke are grey. */
static void
wipe(PIX *grey, PIX *drawn)
{
    PIX *wider = pixDilateBrick(NULL, drawn, 5, 5);

    if (wider != NULL)
        pixSetMaskedGeneral(grey, wider, 255, 0, 0);
    pixDestroy(&wider);
}

ParsersOcrDrawing *
parsers_ocr_drawing_take(ParsersPicture *picture)
{
    ParsersOcrDrawing *drawing = g_new0(ParsersOcrDrawing, 1);
    PIX *drawn = pixCreateTemplate(picture->ink);
    PIX *left = NULL;

    drawing->horizontal = g_array_new(FALSE, FALSE, sizeof(ParsersPdfRule));
    drawing->vertical = g_array_new(FALSE, FALSE, sizeof(ParsersPdfRule));
    drawing->boxes = g_array_new(FALSE, FALSE, sizeof(ParsersPdfBox));
    drawing->leaders = g_array_new(FALSE, FALSE, sizeof(ParsersPdfBox));
    if (drawn == NULL)
        return drawing;
    find_bands(picture, drawing);
    left = pixCopy(NULL, picture->ink);
    if (left != NULL) {
        find_boxes(picture->grey, left, drawn, drawing->boxes);
        find_across(left, drawn, drawing->horizontal);
        find_touching(picture->grey, left, drawn, drawing);
        find_upright(left, drawn, drawing->horizontal, drawing->vertical);
        pixSubtract(left, left, drawn);
        find_leaders(left, drawn, drawing->leaders);
    }
    wipe(picture->grey, drawn);
    pixDestroy(&left);
    pixDestroy(&drawn);
    return drawing;
}
