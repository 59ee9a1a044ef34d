/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/picture.h - a photograph or scan of a page, as clean and upright pixels.
 *
 * Runs in:  postern-ocr, postern-view.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PICTURE_H
#define PARSERS_PICTURE_H

#include <leptonica/allheaders.h>

#include "parsers/error.h"
#include "parsers/limits.h"

/* One page, upright and straight, at about 300 pixels an inch. */
typedef struct {
    PIX *grey; /* 8 bits, the ground near white */
    PIX *ink;  /* 1 bit, of the same size */
    PIX *seen; /* 8 bits, of the same size, as it came: shadows and shades of print */
} ParsersPicture;

void parsers_picture_free(ParsersPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersPicture, parsers_picture_free)

/* Decode a JPEG, PNG, TIFF, BMP, GIF or WebP file into grey levels.
 *
 * page:     0-based; only TIFF has more than one.
 * out_grey: 8 bits a pixel, turned as the camera says; the caller destroys it.  NULL when the file
 *           has no such page.
 *
 * Errors: PARSERS_ERROR_DAMAGED      cannot be decoded
 *         PARSERS_ERROR_LIMIT        image_pixels; found before anything is decoded
 *         PARSERS_ERROR_UNSUPPORTED  another format */
bool parsers_picture_decode(GBytes *bytes, guint page, const ParsersLimits *limits, PIX **out_grey,
                            GError **error);

/* The same in colour: 32 bits a pixel, red in the highest byte. */
bool parsers_picture_decode_colour(GBytes *bytes, guint page, const ParsersLimits *limits,
                                   PIX **out_colour, GError **error);

/* Its size in pixels, as the camera was held, without decoding it.  False when there is no such
 * page, or it cannot be decoded. */
bool parsers_picture_measure(GBytes *bytes, guint page, const ParsersLimits *limits,
                             guint *out_width, guint *out_height);

/* Make a page of it: even light, upright, straight, of the size that reading needs.
 *
 * grey: 8 bits a pixel; borrowed.
 *
 * NULL when it is too small to hold writing; the caller frees. */
ParsersPicture *parsers_picture_clean(PIX *grey);

#endif
