/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/draw-image-none.c - what is drawn of pictures by a build that decodes none.
 *
 * Runs in:  postern-view, built without Leptonica.
 * Source:   parsers/draw-canvas.h
 */
#include "config.h"

#include "parsers/draw-canvas.h"

void
parsers_draw_image_sizes(GBytes *bytes, const ParsersLimits *limits, GArray *sizes)
{
    (void)bytes;
    (void)limits;
    (void)sizes;
}

bool
parsers_draw_image_page(GBytes *bytes, guint page, const ParsersLimits *limits,
                        cairo_surface_t **out_surface, GError **error)
{
    (void)bytes;
    (void)page;
    (void)limits;
    (void)out_surface;
    return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "this build shows no pictures");
}
