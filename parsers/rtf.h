/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/rtf.h - a Rich Text Format document into the neutral model.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; Rich Text Format Specification 1.9.1
 */
#ifndef PARSERS_RTF_H
#define PARSERS_RTF_H

#include "parsers/document.h"

/* Read an RTF document.  limits must outlive the result.
 *
 * Errors: PARSERS_ERROR_DAMAGED, not RTF, or cut short
 *         PARSERS_ERROR_LIMIT, the message names the limit */
bool parsers_rtf_read(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
                      GError **error);

#endif
