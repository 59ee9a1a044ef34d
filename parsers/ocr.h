/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/ocr.h - reads the words in pictures of pages, into the neutral model.
 *
 * What a machine reads in a picture is never certain: it helps a person, who decides.
 * A program without Tesseract has the same functions (parsers/ocr-none.c) and reads nothing.
 *
 * Runs in:  postern-ocr.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_OCR_H
#define PARSERS_OCR_H

#include "parsers/document.h"

/* The pictures of one mail, and what may still be spent on them. */
typedef struct ParsersOcr ParsersOcr;

/* Load what reading needs; call once, before the cage closes. */
void parsers_ocr_warm_up(void);

/* False when this program, or this machine, reads no pictures. */
bool parsers_ocr_is_there(void);

/* limits: borrowed; ocr_pages and ocr_seconds hold for all that is read with it. */
ParsersOcr *parsers_ocr_new(const ParsersLimits *limits);
void parsers_ocr_free(ParsersOcr *ocr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersOcr, parsers_ocr_free)

/* Read one picture, or each page of a PDF that is only pictures, as the next pages.
 *
 * bytes: JPEG, PNG, TIFF, BMP, GIF, WebP or PDF; borrowed.
 *
 * Errors: PARSERS_ERROR_DAMAGED, _LIMIT, _UNSUPPORTED: nothing was added.  UNSUPPORTED is also
 *         for a picture in which nothing is written that can be read with confidence. */
bool parsers_ocr_add(ParsersOcr *ocr, GBytes *bytes, GError **error);

/* How sure the least sure word of a text is, 0 to 1 (of a long one, all but a tenth); 1 when no
 * picture had any of its words. */
double parsers_ocr_certainty(const ParsersOcr *ocr, const char *text);

/* Make a document of the pages since the last call.
 *
 * out_confidence: 0 to 1, how sure the reading is over all.
 *
 * NULL when there is no page.  The caller frees; the limits must outlive it. */
ParsersDocument *parsers_ocr_finish(ParsersOcr *ocr, double *out_confidence);

#endif
