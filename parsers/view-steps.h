/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/view-steps.h - a document as the flat list of steps that pages show.
 *
 * Runs in:  postern-view, inside the cage.
 * Source:   doc/review.md, "The original"
 */
#ifndef PARSERS_VIEW_STEPS_H
#define PARSERS_VIEW_STEPS_H

#include "parsers/view.h"

/* What may still be shown of a mail. */
typedef struct {
    gsize steps;
    gsize text; /* bytes */
} ParsersViewRoom;

/* Append all that a document holds to a part.  False when it was too much: what fits is there, and
 * well-formed. */
bool parsers_view_steps_add(ParsersViewPart *part, const ParsersDocument *document,
                            ParsersViewRoom *room);

#endif
