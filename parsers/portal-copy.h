/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/portal-copy.h - print-outs of forms that were submitted on the council's portal.
 *
 * Runs in:  postern-parser.
 * Source:   doc/deciding.md, "What arrives, and the proof"
 */
#ifndef PARSERS_PORTAL_COPY_H
#define PARSERS_PORTAL_COPY_H

#include "parsers/document.h"

/* True if a document is what the children's portal prints of a form that it has received: its first
 * lines bear the portal's name as a title, and one of the next says that it was submitted.  A form
 * that only mentions the portal is none. */
bool parsers_portal_copy(const ParsersDocument *document);

#endif
