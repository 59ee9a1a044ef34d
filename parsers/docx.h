/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/docx.h - a Word document (Office Open XML) into the neutral model.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ECMA-376 (Transitional and Strict)
 */
#ifndef PARSERS_DOCX_H
#define PARSERS_DOCX_H

#include "parsers/document.h"

/* Read a .docx, .docm, .dotx or .dotm.  limits must outlive the result.
 *
 * Errors: PARSERS_ERROR_DAMAGED, cut short or not well-formed
 *         PARSERS_ERROR_ENCRYPTED, "OOXML in CFB" or "ZIP"
 *         PARSERS_ERROR_LIMIT, the message names the limit
 *         PARSERS_ERROR_UNSUPPORTED, another kind of office file */
bool parsers_docx_read(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
                       GError **error);

#endif
