/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/picture.c - the pixels of a picture file.
 *
 * How large a picture will be is read from its head, and nothing is decoded before that is known
 * to be within the limit.
 *
 * Runs in:  postern-ocr, postern-view.
 * Source:   doc/reading.md; CIPA DC-008 (Exif) section 4.6
 */
#include "config.h"

#include "parsers/picture.h"

#include <string.h>

enum {
    REDUCE_ABOVE = 16 * 1000 * 1000, /* pixels from which a JPEG is decoded at half its size */
    REDUCE_COLOUR = 6 * 1000 * 1000, /* the same of one that is only looked at */
    REDUCE_MOST = 8,
    EXIF_WITHIN = 64 * 1024, /* bytes in which the camera's notes start */
    ENTRIES_MAX = 512,
    ORIENTATION = 0x0112,
};

/* ---- How the camera was held ---- */

typedef struct {
    const guint8 *data;
    gsize size;
    bool big_endian;
} Notes;

static guint
number_at(const Notes *notes, gsize offset, guint width)
{
    guint value = 0;

    if (offset > notes->size || notes->size - offset < width)
        return 0;
    for (guint i = 0; i < width; i++)
        value = value << 8 | notes->data[offset + (notes->big_endian ? i : width - 1 - i)];
    return value;
}

/* The value of tag 0x0112, 0 when there is none. */
static guint
orientation(const guint8 *data, gsize size)
{
    const guint8 *exif = memmem(data, MIN(size, EXIF_WITHIN), "Exif\0", 6);
    Notes notes = {0};
    gsize directory = 0;
    guint n_entries = 0;

    if (exif == NULL)
        return 0;
    notes.data = exif + 6;
    notes.size = size - (gsize)(notes.data - data);
    notes.big_endian = notes.size > 0 && notes.data[0] == 'M';
    directory = number_at(&notes, 4, 4);
    n_entries = MIN(number_at(&notes, directory, 2), ENTRIES_MAX);
    for (guint i = 0; i < n_entries; i++) {
        const gsize entry = directory + 2 + (gsize)12 * i;

        if (number_at(&notes, entry, 2) == ORIENTATION)
            return number_at(&notes, entry + 8, 2);
    }
    return 0;
}

/* Quarter turns clockwise for each value of the tag.  Mirrored ones come from no camera. */
static PIX *
turn(PIX *pix, guint tag)
{
    static const guint8 quarters[] = {[3] = 2, [6] = 1, [8] = 3};
    PIX *turned = NULL;

    if (tag >= G_N_ELEMENTS(quarters) || quarters[tag] == 0)
        return pix;
    turned = pixRotateOrth(pix, quarters[tag]);
    pixDestroy(&pix);
    return turned;
}

/* ---- Decoding ---- */

typedef struct {
    int format;
    int width;
    int height;
} Head;

typedef struct {
    GBytes *bytes;
    guint page; /* 0-based */
    bool colour;
} Wanted;

static bool
read_head(const guint8 *data, gsize size, guint page, Head *head)
{
    int depth = 0, samples = 0, resolution = 0, mapped = 0, compression = 0;

    if (pixReadHeaderMem(data, size, &head->format, &head->width, &head->height, &depth, &samples,
                         &mapped) != 0)
        return false;
    return page == 0 ||
           readHeaderMemTiff(data, size, (int)page, &head->width, &head->height, &depth, &samples,
                             &resolution, &mapped, &compression) == 0;
}

static bool
is_tiff(int format)
{
    return format == IFF_TIFF || (format >= IFF_TIFF_PACKBITS && format <= IFF_TIFF_ZIP) ||
           format == IFF_TIFF_JPEG;
}

static PIX *
decode_jpeg(const guint8 *data, gsize size, const Head *head, bool colour)
{
    const gint64 most = colour ? REDUCE_COLOUR : REDUCE_ABOVE;
    int reduction = 1;

    while (reduction < REDUCE_MOST &&
           (gint64)(head->width / reduction) * (head->height / reduction) > most)
        reduction *= 2;
    return pixReadMemJpeg(data, size, 0, reduction, NULL, colour ? 0 : L_JPEG_READ_LUMINANCE);
}

static PIX *
decode(const guint8 *data, gsize size, const Head *head, const Wanted *wanted)
{
    PIX *pix = NULL;
    PIX *made = NULL;

    if (head->format == IFF_JFIF_JPEG)
        pix = decode_jpeg(data, size, head, wanted->colour);
    else
        pix = is_tiff(head->format) ? pixReadMemTiff(data, size, (int)wanted->page)
                                    : pixReadMem(data, size);
    if (pix != NULL && pixGetDepth(pix) == 32 && pixGetSpp(pix) == 4) {
        PIX *opaque = pixAlphaBlendUniform(pix, 0xffffff00);

        pixDestroy(&pix);
        pix = opaque;
    }
    if (pix == NULL)
        return NULL;
    made = wanted->colour ? pixConvertTo32(pix) : pixConvertTo8(pix, 0);
    pixDestroy(&pix);
    return made;
}

/* The head of a page, of a size within the limit; its width is 0 when there is no such page. */
static bool
measure(GBytes *bytes, guint page, const ParsersLimits *limits, Head *head, GError **error)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);

    setMsgSeverity(L_SEVERITY_NONE);
    if (size == 0 || !read_head(data, size, 0, head))
        return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "picture of a kind not read");
    if (page > 0 && (!is_tiff(head->format) || !read_head(data, size, page, head))) {
        *head = (Head){0};
        return true;
    }
    if (head->width <= 0 || head->height <= 0)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "picture without a size");
    if ((guint64)head->width * (guint64)head->height > limits->image_pixels)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "limit image_pixels was reached");
    return true;
}

bool
parsers_picture_measure(GBytes *bytes, guint page, const ParsersLimits *limits, guint *out_width,
                        guint *out_height)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    Head head = {0};
    guint tag = 0;

    if (!measure(bytes, page, limits, &head, NULL) || head.width == 0)
        return false;
    tag = head.format == IFF_JFIF_JPEG ? orientation(data, size) : 0;
    *out_width = (guint)(tag == 6 || tag == 8 ? head.height : head.width);
    *out_height = (guint)(tag == 6 || tag == 8 ? head.width : head.height);
    return true;
}

/* *out_pix is NULL when there is no such page. */
static bool
decode_page(const Wanted *wanted, const ParsersLimits *limits, PIX **out_pix, GError **error)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(wanted->bytes, &size);
    Head head = {0};
    PIX *pix = NULL;

    if (!measure(wanted->bytes, wanted->page, limits, &head, error))
        return false;
    if (head.width == 0) {
        *out_pix = NULL;
        return true;
    }
    pix = decode(data, size, &head, wanted);
    if (pix != NULL && head.format == IFF_JFIF_JPEG)
        pix = turn(pix, orientation(data, size));
    if (pix == NULL)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "picture cannot be decoded");
    *out_pix = pix;
    return true;
}

bool
parsers_picture_decode(GBytes *bytes, guint page, const ParsersLimits *limits, PIX **out_grey,
                       GError **error)
{
    const Wanted wanted = {bytes, page, false};

    return decode_page(&wanted, limits, out_grey, error);
}

bool
parsers_picture_decode_colour(GBytes *bytes, guint page, const ParsersLimits *limits,
                              PIX **out_colour, GError **error)
{
    const Wanted wanted = {bytes, page, true};

    return decode_page(&wanted, limits, out_colour, error);
}
