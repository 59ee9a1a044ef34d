/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/draw.c - pages and pictures drawn anew, as PNG files that are ours.
 *
 * Runs in:  postern-view, inside the cage.
 * Source:   doc/review.md, "The original"; ISO 15948
 */
#include "config.h"

#include <string.h>

#include "parsers/draw-canvas.h"
#include "parsers/sniff.h"

void
parsers_draw_warm_up(void)
{
    parsers_draw_fonts_keep();
}

bool
parsers_draw_is_there(void)
{
    return true;
}

cairo_surface_t *
parsers_draw_canvas(double width, double height, double *out_scale)
{
    cairo_surface_t *surface = NULL;
    cairo_t *cairo = NULL;
    double scale = 0;

    if (!(width >= 1 && height >= 1 && width <= 1e5 && height <= 1e5))
        return NULL;
    scale = MIN(PARSERS_DRAW_WIDTH / width, PARSERS_DRAW_HEIGHT / height);
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)MAX(width * scale, 1),
                                         (int)MAX(height * scale, 1));
    cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    *out_scale = scale;
    return surface;
}

void
parsers_draw_sizes(const char *type, GBytes *bytes, const ParsersLimits *limits, GArray *sizes)
{
    if (strcmp(type, "pdf") == 0)
        parsers_draw_pdf_sizes(bytes, limits, sizes);
    else if (parsers_sniff_is_image(type))
        parsers_draw_image_sizes(bytes, limits, sizes);
}

typedef struct {
    GByteArray *bytes;
    gsize most;
} Sink;

static cairo_status_t
sink(void *closure, const unsigned char *data, unsigned int length)
{
    Sink *to = closure;

    if (length > to->most - to->bytes->len)
        return CAIRO_STATUS_WRITE_ERROR;
    g_byte_array_append(to->bytes, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static bool
encode(cairo_surface_t *surface, gsize most, GBytes **out_png)
{
    Sink to = {g_byte_array_new(), most};
    const bool good = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS &&
                      cairo_surface_write_to_png_stream(surface, sink, &to) == CAIRO_STATUS_SUCCESS;
    GBytes *png = g_byte_array_free_to_bytes(to.bytes);

    if (good)
        *out_png = png;
    else
        g_bytes_unref(png);
    return good;
}

/* The same at half the size: noise does not compress. */
static cairo_surface_t *
halve(cairo_surface_t *surface)
{
    cairo_surface_t *half = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, MAX(cairo_image_surface_get_width(surface) / 2, 1),
        MAX(cairo_image_surface_get_height(surface) / 2, 1));
    cairo_t *cairo = cairo_create(half);

    cairo_scale(cairo, 0.5, 0.5);
    cairo_set_source_surface(cairo, surface, 0, 0);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    return half;
}

bool
parsers_draw_page(const char *type, GBytes *bytes, guint page, const ParsersLimits *limits,
                  GBytes **out_png, GError **error)
{
    cairo_surface_t *surface = NULL;
    bool done = false;

    if (strcmp(type, "pdf") == 0)
        done = parsers_draw_pdf_page(bytes, page, limits, &surface, error);
    else if (parsers_sniff_is_image(type))
        done = parsers_draw_image_page(bytes, page, limits, &surface, error);
    else
        parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "there is no picture of a %s", type);
    if (!done)
        return false;
    done = encode(surface, limits->findings_bytes, out_png);
    if (!done) {
        cairo_surface_t *half = halve(surface);

        done = encode(half, limits->findings_bytes, out_png);
        cairo_surface_destroy(half);
    }
    cairo_surface_destroy(surface);
    return done || parsers_throw(error, PARSERS_ERROR_LIMIT, "the picture is too large");
}
