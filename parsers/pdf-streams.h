/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-streams.h - how large the streams of a PDF become when they are inflated.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1 section 7.4.4
 */
#ifndef PARSERS_PDF_STREAMS_H
#define PARSERS_PDF_STREAMS_H

#include "parsers/error.h"
#include "parsers/limits.h"

/* Inflate what could become too large, and throw it away: poppler sets no bound to what it
 * inflates.  Pictures are not looked at, since they are not decoded either.
 *
 * Errors: PARSERS_ERROR_LIMIT  a stream is larger than pdf_stream_bytes, a font larger
 *                              than pdf_font_bytes, or a stream is deflated twice */
bool parsers_pdf_streams_check(GBytes *bytes, const ParsersLimits *limits, GError **error);

#endif
