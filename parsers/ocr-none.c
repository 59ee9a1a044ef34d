/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/ocr-none.c - for postern-parser, which has no Tesseract: no picture is read.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/ocr.h"

void
parsers_ocr_warm_up(void)
{
}

bool
parsers_ocr_is_there(void)
{
    return false;
}

ParsersOcr *
parsers_ocr_new(const ParsersLimits *limits)
{
    return NULL;
}

void
parsers_ocr_free(ParsersOcr *ocr)
{
}

bool
parsers_ocr_add(ParsersOcr *ocr, GBytes *bytes, GError **error)
{
    return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "picture, not read");
}

double
parsers_ocr_certainty(const ParsersOcr *ocr, const char *text)
{
    return 1;
}

ParsersDocument *
parsers_ocr_finish(ParsersOcr *ocr, double *out_confidence)
{
    return NULL;
}
