/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/view-read.h - make the view of a mail, and pictures of its pages.
 *
 * Runs in:  postern-view, inside the cage.
 * Source:   doc/review.md, "The original"
 */
#ifndef PARSERS_VIEW_READ_H
#define PARSERS_VIEW_READ_H

#include "parsers/definition.h"
#include "parsers/view.h"
#include "parsers/wire.h"

/* The mail that is looked at, and what converters made of its parts: ParsersForeign or NULL; all
 * borrowed. */
typedef struct {
    GBytes *raw;
    const ParsersDefinitions *definitions;
    const ParsersLimits *limits;
    const GPtrArray *converted;
} ParsersViewMail;

/* Look at a whole mail.  Never fails: what cannot be shown is said in its parts.  The caller frees.
 */
ParsersView *parsers_view_read(const ParsersViewMail *mail);

/* Draw a page of a part as PNG.
 *
 * part: from 0, as in the view.  page: from 1.
 *
 * Errors: PARSERS_ERROR_UNSUPPORTED  there is no such part or page, or no picture of it
 *         PARSERS_ERROR_DAMAGED, _LIMIT, _ENCRYPTED */
bool parsers_view_draw(const ParsersViewMail *mail, guint part, guint page, GBytes **out_png,
                       GError **error);

/* Hand out a part whose pages a program outside must print, packed as parsers/foreign.h has it: one
 * entry.  Its converter is "print" when only pages are wanted of it, else what makes it readable.
 *
 * Errors: PARSERS_ERROR_UNSUPPORTED  there is no such part, or nothing prints it */
bool parsers_view_document(const ParsersViewMail *mail, guint part, GBytes **out_packed,
                           GError **error);

/* Whichever of these a request wants, as bytes.  Errors: as above. */
bool parsers_view_answer(const ParsersViewMail *mail, const ParsersWireRequest *request,
                         GBytes **out_bytes, GError **error);

#endif
