/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/ocr-bold.h - which words in a picture are printed bold.
 *
 * Runs in:  postern-ocr.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_OCR_BOLD_H
#define PARSERS_OCR_BOLD_H

#include "parsers/picture.h"

/* A word, and the characters that are it. */
typedef struct {
    guint first; /* of the glyphs */
    guint length;
    double x, y;      /* its middle */
    double size;      /* of its font, in pixels */
    double thickness; /* of its strokes, in pixels; 0: not known */
    bool starts_line;
} ParsersOcrWord;

/* How thick the strokes in a part of a picture are, in pixels; 0 when nothing is there. */
double parsers_ocr_bold_thickness(PIX *ink, const int box[4]);

/* Mark the characters of bold words.
 *
 * words:  ParsersOcrWord, in the order of reading; borrowed.
 * glyphs: ParsersPdfGlyph; changed.
 *
 * Nothing is marked on a page whose words are not clearly of two kinds. */
void parsers_ocr_bold_mark(const GArray *words, GArray *glyphs);

#endif
