/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/picture-square.h - a page seen from the side, seen from the front again.
 *
 * Runs in:  postern-ocr.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PICTURE_SQUARE_H
#define PARSERS_PICTURE_SQUARE_H

#include <leptonica/allheaders.h>

#include <glib.h>
#include <stdbool.h>

/* Undo how a camera looked at a page, or how a page lay in a scanner.
 *
 * ink:  1 bit, what is written and drawn; borrowed.
 * seen: 8 bits, of the same size; borrowed.
 *
 * Returns `seen` with its lines level and upright, which the caller destroys; NULL when it is
 * straight as it is, or when nothing on it says how it lies. */
PIX *parsers_picture_square(PIX *ink, PIX *seen);

#endif
