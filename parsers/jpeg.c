/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/jpeg.c - can this photograph be opened at all?
 *
 * The program that reads pictures need not be asked about one that was damaged on its way.
 *
 * Runs in:  postern-parser.
 * Source:   ITU-T T.81, annex B; libjpeg's get_sof(), which gives up where this finds no frame
 */
#include "config.h"

#include "parsers/jpeg.h"

#include <string.h>

#define HEAD ((gsize)PARSERS_JPEG_FRAME)

/* Marker, length, bits, height, width, colours. */
static bool
is_frame(const guint8 *at)
{
    const guint length = (guint)(at[2] << 8 | at[3]);

    if ((at[1] & 0xf0) != 0xc0 || at[1] == 0xc4 || at[1] == 0xc8 || at[1] == 0xcc)
        return false;
    return at[9] > 0 && length == 8u + 3u * at[9] && (at[5] | at[6]) != 0 && (at[7] | at[8]) != 0;
}

static bool
find_frame(const guint8 *data, gsize size)
{
    const guint8 *at = data;

    while (size >= HEAD && at <= data + size - HEAD &&
           (at = memchr(at, 0xff, (gsize)(data + size - HEAD - at) + 1)) != NULL) {
        if (is_frame(at))
            return true;
        at++;
    }
    return false;
}

void
parsers_jpeg_look(ParsersJpeg *jpeg, const void *data, gsize size)
{
    const gsize more = MIN(size, sizeof jpeg->tail);
    guint8 both[2 * sizeof jpeg->tail];

    if (jpeg->has_frame || size == 0)
        return;
    memcpy(both, jpeg->tail, jpeg->n_tail);
    memcpy(both + jpeg->n_tail, data, more);
    jpeg->has_frame = find_frame(both, jpeg->n_tail + more) || find_frame(data, size);
    if (size >= sizeof jpeg->tail) {
        jpeg->n_tail = sizeof jpeg->tail;
        memcpy(jpeg->tail, (const guint8 *)data + size - jpeg->n_tail, jpeg->n_tail);
        return;
    }
    size = jpeg->n_tail + more; /* of both */
    jpeg->n_tail = MIN(size, sizeof jpeg->tail);
    memcpy(jpeg->tail, both + size - jpeg->n_tail, jpeg->n_tail);
}
