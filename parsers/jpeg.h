/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/jpeg.h - can this photograph be opened at all?
 *
 * Runs in:  postern-parser.
 * Source:   ITU-T T.81, annex B
 */
#ifndef PARSERS_JPEG_H
#define PARSERS_JPEG_H

#include <glib.h>
#include <stdbool.h>

enum { PARSERS_JPEG_FRAME = 10 }; /* bytes of a frame's head that are looked at */

/* What is known of a file that comes piece by piece; zero at first. */
typedef struct {
    bool has_frame; /* the head of a frame was seen: size and number of colours */
    gsize n_tail;
    guint8 tail[PARSERS_JPEG_FRAME - 1]; /* the last bytes that came */
} ParsersJpeg;

/* Look at the next piece.  A file in which no frame begins, also behind bytes that do not belong
 * there, is opened by no decoder; one that has a frame may be broken all the same. */
void parsers_jpeg_look(ParsersJpeg *jpeg, const void *data, gsize size);

#endif
