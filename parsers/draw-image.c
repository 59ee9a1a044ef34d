/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/draw-image.c - photographs and scans as pixels.
 *
 * Runs in:  postern-view, inside the cage.
 * Source:   doc/review.md, "The original"
 */
#include "config.h"

#include "parsers/draw-canvas.h"
#include "parsers/picture.h"

enum { FAX_PAGES = 60 };

void
parsers_draw_image_sizes(GBytes *bytes, const ParsersLimits *limits, GArray *sizes)
{
    ParsersViewSize size = {0, 0};
    guint width = 0, height = 0;

    for (guint page = 0; page < FAX_PAGES; page++) {
        if (!parsers_picture_measure(bytes, page, limits, &width, &height))
            return;
        size = (ParsersViewSize){(guint16)MIN(width, 65535u), (guint16)MIN(height, 65535u)};
        g_array_append_val(sizes, size);
    }
}

/* Smooth when it shrinks; small pictures stay as they are. */
static PIX *
shrink(PIX *pix)
{
    const double scale = MIN(PARSERS_DRAW_WIDTH / (double)pixGetWidth(pix),
                             PARSERS_DRAW_HEIGHT / (double)pixGetHeight(pix));

    return scale < 1 ? pixScale(pix, (float)scale, (float)scale) : pixClone(pix);
}

/* Leptonica keeps red in the highest byte, cairo in the third. */
static cairo_surface_t *
copy(PIX *pix)
{
    const int width = pixGetWidth(pix), height = pixGetHeight(pix);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    guchar *data = cairo_image_surface_get_data(surface);
    const gsize stride = (gsize)cairo_image_surface_get_stride(surface);

    for (int y = 0; data != NULL && y < height; y++) {
        const l_uint32 *from = pixGetData(pix) + (gsize)y * (gsize)pixGetWpl(pix);
        guint32 *to = (guint32 *)(void *)(data + (gsize)y * stride);

        for (int x = 0; x < width; x++)
            to[x] = from[x] >> 8;
    }
    cairo_surface_mark_dirty(surface);
    return surface;
}

bool
parsers_draw_image_page(GBytes *bytes, guint page, const ParsersLimits *limits,
                        cairo_surface_t **out_surface, GError **error)
{
    PIX *pix = NULL, *small = NULL, *colour = NULL;

    if (!parsers_picture_decode_colour(bytes, page, limits, &pix, error))
        return false;
    if (pix == NULL)
        return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "there is no such page");
    small = shrink(pix);
    colour = small != NULL ? pixConvertTo32(small) : NULL;
    pixDestroy(&pix);
    pixDestroy(&small);
    if (colour == NULL)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "picture cannot be drawn");
    *out_surface = copy(colour);
    pixDestroy(&colour);
    return true;
}
