/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/view-find.h - where the paragraphs of an office file stand on the pages printed of it.
 *
 * Runs in:  postern-view, inside the cage.
 * Source:   doc/review.md, "Pages of office files"
 */
#ifndef PARSERS_VIEW_FIND_H
#define PARSERS_VIEW_FIND_H

#include "parsers/view.h"

/* Set page and box of each paragraph whose place on the pages is certain; the others keep none.
 *
 * pages: a PDF; what cannot be read says nothing. */
void parsers_view_find(ParsersViewPart *part, GBytes *pages, const ParsersLimits *limits);

#endif
