/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/doc.h - a binary document of Word 97 to 2003 into the neutral model.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-DOC]
 */
#ifndef PARSERS_DOC_H
#define PARSERS_DOC_H

#include "parsers/document.h"

/* Read a Word binary document.  limits must outlive the result.
 *
 * Errors: PARSERS_ERROR_DAMAGED, not a Word document, cut short, or it contradicts itself
 *         PARSERS_ERROR_ENCRYPTED, it has a password
 *         PARSERS_ERROR_UNSUPPORTED, older than Word 97
 *         PARSERS_ERROR_LIMIT, the message names the limit */
bool parsers_doc_read(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
                      GError **error);

#endif
