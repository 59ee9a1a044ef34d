/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-grey.c - a PDF page as grey pixels.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-grey.h"

#include <cairo.h>
#include <poppler.h>

static void
copy_pixels(cairo_surface_t *surface, const ParsersPdfGrey *grey)
{
    const guint8 *data = cairo_image_surface_get_data(surface);
    const gsize stride = (gsize)cairo_image_surface_get_stride(surface);

    for (guint y = 0; y < grey->height; y++) {
        const guint32 *from = (const guint32 *)(const void *)(data + y * stride);
        guint8 *to = grey->levels + (gsize)y * grey->stride;

        for (guint x = 0; x < grey->width; x++) {
            const guint red = from[x] >> 16 & 0xff;
            const guint green = from[x] >> 8 & 0xff;
            const guint blue = from[x] & 0xff;

            to[x] = (guint8)((2 * red + 5 * green + blue) / 8);
        }
    }
}

bool
parsers_pdf_grey_draw(struct _PopplerPage *page, double scale, const ParsersPdfGrey *grey)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)grey->width, (int)grey->height);
    cairo_t *cairo = cairo_create(surface);
    bool is_drawn = false;

    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    poppler_page_render_for_printing_with_options(page, cairo, POPPLER_PRINT_DOCUMENT);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    is_drawn = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    if (is_drawn)
        copy_pixels(surface, grey);
    cairo_surface_destroy(surface);
    return is_drawn;
}
