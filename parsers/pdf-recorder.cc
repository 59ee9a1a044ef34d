/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-recorder.cc - the poppler device that a PDF page is read with.
 *
 * Poppler gathers the text; lines and fills pass by in the same pass and are noted, never drawn.
 * No picture is decoded.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1 section 8
 */
#include "config.h"

#include "parsers/pdf-recorder.hh"

#include <GfxState.h>
#include <Object.h>
#include <Stream.h>

#include <cmath>
#include <cstring>
#include <vector>

namespace
{

const guint STATES_MAX = 1000;          /* kept one over the other */
const guint STEPS_AT_ONCE = 11;         /* that poppler makes between two questions */
const guint PAINTS_MAX = 20000;         /* of one page: a drawing has no lines worth finding */
const double STRAIGHT = 0.3;            /* points that a straight line may lean in all */
const double THINNEST = 0.1;            /* points of a line drawn as thin as can be */
const double SMALLEST_PICTURE = 5.0;    /* points; what is thinner is a line */
const double SMALL_PICTURE_SHARE = .03; /* of a page: no form, nothing but a crest */
const double LARGEST_TICK = 20.0;       /* points */
const double FULL_SHARE = 0.8;          /* of its box that an outline fills to count as all of it */

struct Point {
    double x;
    double y;
};

/* Notes what is painted while poppler's own device gathers the text. */
class Recorder : public TextOutputDev
{
  public:
    explicit Recorder(ParsersPdfRecording *recording)
        : TextOutputDev(nullptr, true, 0, false, false), sheet_(recording->sheet),
          recording_(recording)
    {
    }

    /* Without pictures poppler passes patterns and shadings by as well. */
    bool
    needNonText() override
    {
        return recording_->sees_pictures;
    }
    bool
    useTilingPatternFill() override
    {
        return true;
    }
    bool
    useShadedFills(int) override
    {
        return true;
    }

    void stroke(GfxState *state) override;
    void
    fill(GfxState *state) override
    {
        fill_path(state, false);
    }
    void
    eoFill(GfxState *state) override
    {
        fill_path(state, true);
    }

    void
    saveState(GfxState *) override
    {
        if (++depth_ > STATES_MAX)
            sheet_->limit = "pdf_page_steps";
    }
    void
    restoreState(GfxState *state) override
    {
        depth_ -= depth_ > 0;
        TextOutputDev::restoreState(state);
    }

    /* What stands in place of text is as long as it likes. */
    void
    beginActualText(GfxState *state, const GooString *stand_in) override
    {
        if (count_characters((guint)MIN(stand_in->getLength(), G_MAXINT / 2)))
            TextOutputDev::beginActualText(state, stand_in);
    }

    void
    drawChar(GfxState *state, double x, double y, double dx, double dy, double origin_x,
             double origin_y, CharCode code, int n_bytes, const Unicode *u, int length) override
    {
        if (length == 0 && state->getRender() != 3)
            sheet_->is_more_than_ink = true;
        if (!count_characters((guint)MAX(length, 1)))
            return;
        TextOutputDev::drawChar(state, x, y, dx, dy, origin_x, origin_y, code, n_bytes, u, length);
    }

    bool
    tilingPatternFill(GfxState *, Gfx *, Catalog *, GfxTilingPattern *, const double *, int, int,
                      int, int, double, double) override
    {
        return note_pattern();
    }
    bool
    functionShadedFill(GfxState *, GfxFunctionShading *) override
    {
        return note_pattern();
    }
    bool
    axialShadedFill(GfxState *, GfxAxialShading *, double, double) override
    {
        return note_pattern();
    }
    bool
    radialShadedFill(GfxState *, GfxRadialShading *, double, double) override
    {
        return note_pattern();
    }
    bool
    gouraudTriangleShadedFill(GfxState *, GfxGouraudTriangleShading *) override
    {
        return note_pattern();
    }
    bool
    patchMeshShadedFill(GfxState *, GfxPatchMeshShading *) override
    {
        return note_pattern();
    }

    void
    drawImageMask(GfxState *state, Object *ref, Stream *stream, int width, int height, bool invert,
                  bool interpolate, bool is_inline) override
    {
        note_picture(state, width, height);
        if (is_inline) /* its bytes must be read to find its end */
            OutputDev::drawImageMask(state, ref, stream, width, height, invert, interpolate, true);
    }
    void
    drawImage(GfxState *state, Object *ref, Stream *stream, int width, int height,
              GfxImageColorMap *map, bool interpolate, const int *mask, bool is_inline) override
    {
        note_picture(state, width, height);
        if (is_inline)
            OutputDev::drawImage(state, ref, stream, width, height, map, interpolate, mask, true);
    }
    void
    drawMaskedImage(GfxState *state, Object *, Stream *, int width, int height, GfxImageColorMap *,
                    bool, Stream *, int, int, bool, bool) override
    {
        note_picture(state, width, height);
    }
    void
    drawSoftMaskedImage(GfxState *state, Object *, Stream *, int width, int height,
                        GfxImageColorMap *, bool, Stream *, int, int, GfxImageColorMap *,
                        bool) override
    {
        note_picture(state, width, height);
    }
    void
    setSoftMaskFromImageMask(GfxState *state, Object *, Stream *, int width, int height, bool, bool,
                             double *) override
    {
        note_picture(state, width, height);
    }

  private:
    bool
    count_characters(guint count)
    {
        recording_->characters += count;
        if (recording_->characters > recording_->limits->pdf_page_characters)
            sheet_->limit = "pdf_page_characters";
        return sheet_->limit == nullptr;
    }

    bool
    note_pattern()
    {
        sheet_->is_more_than_ink = true;
        return true;
    }

    void note_picture(GfxState *state, int width, int height);
    void fill_path(GfxState *state, bool even_odd);
    void fill_outline(GfxState *state, const std::vector<Point> &points, bool is_hole);
    void stroke_segment(GfxState *state, Point from, Point to, ParsersPdfPaint *paint);
    void add(GfxState *state, const ParsersPdfPaint &paint);

    ParsersPdfSheet *sheet_;
    ParsersPdfRecording *recording_;
    guint depth_ = 0; /* of states that are kept */
};

/* ---- Paints ---- */

void
set_tone(ParsersPdfPaint *paint, const GfxRGB &rgb, double opacity)
{
    int red = colToByte(rgb.r);
    int green = colToByte(rgb.g);
    int blue = colToByte(rgb.b);
    double grey = (2 * red + 5 * green + blue) / 8;

    paint->grey = (guint8)CLAMP(255 - (255 - grey) * opacity, 0, 255);
    paint->colour = (guint8)(MAX(MAX(red, green), blue) - MIN(MIN(red, green), blue));
}

std::vector<Point>
seen_points(const GfxState *state, const GfxSubpath *part)
{
    std::vector<Point> points((size_t)part->getNumPoints());

    for (int i = 0; i < part->getNumPoints(); i++)
        state->transform(part->getX(i), part->getY(i), &points[(size_t)i].x, &points[(size_t)i].y);
    return points;
}

void
set_bounds(double box[4], const std::vector<Point> &points)
{
    box[0] = box[1] = G_MAXDOUBLE;
    box[2] = box[3] = -G_MAXDOUBLE;
    for (const Point &point : points) {
        box[0] = MIN(box[0], point.x);
        box[1] = MIN(box[1], point.y);
        box[2] = MAX(box[2], point.x);
        box[3] = MAX(box[3], point.y);
    }
}

/* Twice the area within an outline; its sign tells which way round it goes. */
double
turning(const std::vector<Point> &points)
{
    double sum = 0;

    for (size_t i = 0; i < points.size(); i++) {
        const Point &next = points[(i + 1) % points.size()];

        sum += points[i].x * next.y - next.x * points[i].y;
    }
    return sum;
}

bool
lies_within(const double inner[4], const double outer[4])
{
    return inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] &&
           inner[3] <= outer[3];
}

/* Keep what the clip leaves of a paint. */
void
Recorder::add(GfxState *state, const ParsersPdfPaint &paint)
{
    ParsersPdfPaint seen = paint;
    double clip[4];

    state->getClipBBox(&clip[0], &clip[1], &clip[2], &clip[3]);
    if (paint.kind != PARSERS_PDF_SLANT)
        for (int i = 0; i < 2; i++) {
            seen.box[i] = MAX(paint.box[i], clip[i]);
            seen.box[i + 2] = MIN(paint.box[i + 2], clip[i + 2]);
        }
    /* Written so that what is no number is left out as well. */
    if (!(seen.box[0] <= seen.box[2] && seen.box[1] <= seen.box[3] && seen.box[0] < clip[2] &&
          seen.box[1] < clip[3] && seen.box[2] > clip[0] && seen.box[3] > clip[1]))
        return;
    if (sheet_->paints->len < PAINTS_MAX)
        g_array_append_val(sheet_->paints, seen);
    else
        sheet_->is_more_than_ink = true;
}

void
Recorder::stroke_segment(GfxState *state, Point from, Point to, ParsersPdfPaint *paint)
{
    double *box = paint->box;
    int thin = fabs(from.y - to.y) <= STRAIGHT ? 1 : 0; /* across which it has its width */

    set_bounds(box, {from, to});
    paint->kind = PARSERS_PDF_SLANT;
    paint->rises = (from.x < to.x) == (from.y > to.y);
    if (fabs(from.x - to.x) <= STRAIGHT || fabs(from.y - to.y) <= STRAIGHT) {
        paint->kind = PARSERS_PDF_AREA;
        box[thin] -= paint->width / 2;
        box[thin + 2] += paint->width / 2;
    }
    add(state, *paint);
}

void
Recorder::stroke(GfxState *state)
{
    const GfxPath *path = state->getPath();
    ParsersPdfPaint paint = {};
    GfxRGB rgb;

    if (state->getStrokeOpacity() <= 0)
        return;
    state->getStrokeRGB(&rgb);
    set_tone(&paint, rgb, state->getStrokeOpacity());
    paint.width = MAX(state->getTransformedLineWidth(), THINNEST);
    for (int i = 0; i < path->getNumSubpaths(); i++) {
        const GfxSubpath *part = path->getSubpath(i);
        const std::vector<Point> points = seen_points(state, part);

        for (int at = 1; at < part->getNumPoints(); at++) {
            size_t from = (size_t)at - 1;

            if (part->getCurve(at))
                at += 2;
            if (at < part->getNumPoints())
                stroke_segment(state, points[from], points[(size_t)at], &paint);
        }
    }
}

void
Recorder::fill_outline(GfxState *state, const std::vector<Point> &points, bool is_hole)
{
    ParsersPdfPaint paint = {};
    GfxRGB rgb;

    state->getFillRGB(&rgb);
    set_tone(&paint, rgb, state->getFillOpacity());
    set_bounds(paint.box, points);
    if (is_hole)
        paint.grey = 255, paint.colour = 0;
    paint.kind = fabs(turning(points)) / 2 >=
                         FULL_SHARE * (paint.box[2] - paint.box[0]) * (paint.box[3] - paint.box[1])
                     ? PARSERS_PDF_AREA
                     : PARSERS_PDF_SHAPE;
    add(state, paint);
}

/* A part is a hole when it lies in the part before it: a frame is drawn as two rectangles. */
void
Recorder::fill_path(GfxState *state, bool even_odd)
{
    const GfxPath *path = state->getPath();
    double outer[4] = {};
    double way = 0;

    if (state->getFillOpacity() <= 0)
        return;
    for (int i = 0; i < path->getNumSubpaths(); i++) {
        const std::vector<Point> points = seen_points(state, path->getSubpath(i));
        double box[4];
        bool is_hole = false;

        if (points.empty())
            continue;
        set_bounds(box, points);
        is_hole =
            way != 0 && lies_within(box, outer) && (even_odd || (turning(points) > 0) != (way > 0));
        fill_outline(state, points, is_hole);
        if (is_hole)
            continue;
        memcpy(outer, box, sizeof(outer));
        way = turning(points);
    }
}

/* Thin pictures are lines.  Large ones may show a form, those as large as a box a tick. */
void
Recorder::note_picture(GfxState *state, int width, int height)
{
    const double *matrix = state->getCTM();
    double wide = fabs(matrix[0]) + fabs(matrix[2]);
    double high = fabs(matrix[1]) + fabs(matrix[3]);
    double page = sheet_->width * sheet_->height;

    if (MIN(wide, high) < SMALLEST_PICTURE) {
        const Point corner = {matrix[4], matrix[5]};
        const Point across = {matrix[4] + matrix[0] + matrix[2], matrix[5] + matrix[1] + matrix[3]};
        ParsersPdfPaint paint = {};

        set_bounds(paint.box, {corner, across});
        paint.kind = PARSERS_PDF_AREA;
        add(state, paint);
        return;
    }
    if (wide * high > SMALL_PICTURE_SHARE * page || MAX(wide, high) <= LARGEST_TICK) {
        sheet_->is_more_than_ink = true;
        sheet_->picture = MAX(sheet_->picture, (guint64)MAX(width, 0) * (guint64)MAX(height, 0));
    }
}

} /* namespace */

TextOutputDev *
parsers_pdf_recorder_new(ParsersPdfRecording *recording)
{
    return new Recorder(recording);
}

bool
parsers_pdf_recorder_is_over(void *recording)
{
    ParsersPdfRecording *page = static_cast<ParsersPdfRecording *>(recording);

    page->steps += STEPS_AT_ONCE;
    if (page->steps > page->limits->pdf_page_steps)
        page->sheet->limit = "pdf_page_steps";
    return page->sheet->limit != nullptr;
}
