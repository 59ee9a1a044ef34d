/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/preview.h - the pages that a document of Apple's carries as a PDF or a picture.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md, "Documents of other programs"
 */
#ifndef PARSERS_PREVIEW_H
#define PARSERS_PREVIEW_H

#include "parsers/limits.h"

/* The best preview in a document of Pages, Numbers or Keynote, or NULL when it has none that can be
 * taken out.  bytes: borrowed.  The caller unrefs. */
GBytes *parsers_preview_take(GBytes *bytes, const ParsersLimits *limits);

#endif
