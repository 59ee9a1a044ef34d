/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/draw-none.c - what a program has that draws nothing.
 *
 * Runs in:  postern-parser, postern-ocr.
 * Source:   parsers/draw.h
 */
#include "config.h"

#include "parsers/draw.h"

void
parsers_draw_warm_up(void)
{
}

bool
parsers_draw_is_there(void)
{
    return false;
}

void
parsers_draw_sizes(const char *type, GBytes *bytes, const ParsersLimits *limits, GArray *sizes)
{
    (void)type;
    (void)bytes;
    (void)limits;
    (void)sizes;
}

bool
parsers_draw_page(const char *type, GBytes *bytes, guint page, const ParsersLimits *limits,
                  GBytes **out_png, GError **error)
{
    (void)bytes;
    (void)page;
    (void)limits;
    (void)out_png;
    return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "this program draws no %s", type);
}
