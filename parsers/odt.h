/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/odt.h - an OpenDocument text, zipped or flat, into the neutral model.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; OpenDocument 1.3 part 2 and 3
 */
#ifndef PARSERS_ODT_H
#define PARSERS_ODT_H

#include "parsers/document.h"

/* Read an .odt, .ott or .fodt.  limits must outlive the result.
 *
 * Errors: PARSERS_ERROR_DAMAGED, cut short or not well-formed
 *         PARSERS_ERROR_ENCRYPTED, "ODF" or "ZIP"
 *         PARSERS_ERROR_LIMIT, the message names the limit
 *         PARSERS_ERROR_UNSUPPORTED, another kind of OpenDocument file */
bool parsers_odt_read(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
                      GError **error);

#endif
