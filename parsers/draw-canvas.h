/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/draw-canvas.h - what draws on which pixels; for parsers/draw.c only.
 *
 * Runs in:  postern-view, inside the cage.
 * Source:   doc/review.md, "The original"
 */
#ifndef PARSERS_DRAW_CANVAS_H
#define PARSERS_DRAW_CANVAS_H

#include <cairo.h>

#include "parsers/draw.h"

/* A white canvas of at most the size of parsers/draw.h in the shape of something of this size, and
 * the factor that fits the one into the other; NULL when the shape is absurd. */
cairo_surface_t *parsers_draw_canvas(double width, double height, double *out_scale);

/* Sizes and pages of a PDF; errors as parsers_draw_page(). */
void parsers_draw_pdf_sizes(GBytes *bytes, const ParsersLimits *limits, GArray *sizes);
bool parsers_draw_pdf_page(GBytes *bytes, guint page, const ParsersLimits *limits,
                           cairo_surface_t **out_surface, GError **error);

/* The same of a picture; none when this build knows no pictures (parsers/draw-image-none.c). */
void parsers_draw_image_sizes(GBytes *bytes, const ParsersLimits *limits, GArray *sizes);
bool parsers_draw_image_page(GBytes *bytes, guint page, const ParsersLimits *limits,
                             cairo_surface_t **out_surface, GError **error);

/* Read the fonts of this machine into memory, so that libraries find them in the cage. */
void parsers_draw_fonts_keep(void);

#endif
