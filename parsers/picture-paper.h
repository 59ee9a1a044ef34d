/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/picture-paper.h - the sheet of paper in a photograph, without what it lies on.
 *
 * Runs in:  postern-ocr.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PICTURE_PAPER_H
#define PARSERS_PICTURE_PAPER_H

#include <leptonica/allheaders.h>

/* Make white what is not the sheet; nothing when the picture is all paper.
 *
 * seen: 8 bits, at about 300 pixels an inch; changed. */
void parsers_picture_paper(PIX *seen);

#endif
