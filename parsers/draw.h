/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/draw.h - pages and pictures drawn anew, as PNG files that are ours.
 *
 * Only pixels go through: no metadata, no script, no link, no font.  A program without it has the
 * same functions (parsers/draw-none.c) and draws nothing.
 *
 * Runs in:  postern-view, inside the cage.
 * Source:   doc/review.md, "The original"
 */
#ifndef PARSERS_DRAW_H
#define PARSERS_DRAW_H

#include "parsers/view.h"

/* Pixels of a picture that we make, at most. */
enum { PARSERS_DRAW_WIDTH = 1200, PARSERS_DRAW_HEIGHT = 3000 };

/* Open what libraries need; call once, before the cage closes. */
void parsers_draw_warm_up(void);

/* Does this program draw? */
bool parsers_draw_is_there(void);

/* Append the sizes of the pages (points) or the picture (pixels) that can be drawn; nothing when
 * there is none.  type: of parsers/sniff.h. */
void parsers_draw_sizes(const char *type, GBytes *bytes, const ParsersLimits *limits,
                        GArray *sizes);

/* Draw one page, counted from 0.
 *
 * Errors: PARSERS_ERROR_UNSUPPORTED, _DAMAGED, _LIMIT, _ENCRYPTED */
bool parsers_draw_page(const char *type, GBytes *bytes, guint page, const ParsersLimits *limits,
                       GBytes **out_png, GError **error);

#endif
