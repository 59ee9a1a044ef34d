/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/ocr.c - reads the words in pictures of pages, into the neutral model.
 *
 * Runs in:  postern-ocr.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/ocr.h"

#include <string.h>

#include "parsers/ocr-page.h"
#include "parsers/pdf-furniture.h"
#include "parsers/pdf-layout.h"
#include "parsers/pdf.h"

enum {
    LETTERS_LEAST = 40,   /* of a page: less is a sign in a photograph */
    WORDS_EACH = 10,      /* of a long text, one in so many may be doubtful */
    PDF_LONG_SIDE = 2800, /* pixels that a page is drawn with */
};

#define PAGE_SURE 0.8 /* confidence below which a page is not taken */

struct ParsersOcr {
    const ParsersLimits *limits;
    guint pages_left;
    gint64 start_us; /* of the process's processor time */
    GPtrArray *pages;
    GHashTable *sure; /* char* to per cent, of all pages: ParsersOcrWords */
    double sum;       /* of confidence, by characters */
    guint n;
};

static bool is_loaded;

void
parsers_ocr_warm_up(void)
{
    is_loaded = parsers_ocr_words_load();
}

bool
parsers_ocr_is_there(void)
{
    return is_loaded;
}

ParsersOcr *
parsers_ocr_new(const ParsersLimits *limits)
{
    ParsersOcr *ocr = g_new0(ParsersOcr, 1);

    ocr->limits = limits;
    ocr->pages_left = limits->ocr_pages;
    ocr->start_us = parsers_ocr_words_clock();
    ocr->pages = g_ptr_array_new_with_free_func((GDestroyNotify)parsers_pdf_page_free);
    ocr->sure = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return ocr;
}

void
parsers_ocr_free(ParsersOcr *ocr)
{
    if (ocr == NULL)
        return;
    g_ptr_array_unref(ocr->pages);
    g_hash_table_unref(ocr->sure);
    g_free(ocr);
}

/* Milliseconds of processor time that may still be spent. */
static guint
time_left(const ParsersOcr *ocr)
{
    const gint64 spent = (parsers_ocr_words_clock() - ocr->start_us) / 1000;
    const gint64 all = (gint64)ocr->limits->ocr_seconds * 1000;

    return spent >= all ? 0 : (guint)(all - spent);
}

static bool
read_words(ParsersOcr *ocr, const ParsersPicture *picture, ParsersOcrWords *out_words,
           GError **error)
{
    if (time_left(ocr) == 0)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "limit ocr_seconds was reached");
    if (!parsers_ocr_words_read(picture, time_left(ocr), out_words, error))
        return false;
    if (out_words->glyphs->len >= LETTERS_LEAST && out_words->confidence >= PAGE_SURE)
        return true;
    parsers_ocr_words_clear(out_words);
    return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED,
                         "picture, could not be read with certainty");
}

static void
note_certainty(ParsersOcr *ocr, GHashTable *sure)
{
    GHashTableIter iter;
    gpointer word, percent;

    g_hash_table_iter_init(&iter, sure);
    while (g_hash_table_iter_next(&iter, &word, &percent)) {
        const gint best = GPOINTER_TO_INT(g_hash_table_lookup(ocr->sure, word));

        g_hash_table_replace(ocr->sure, g_strdup(word),
                             GINT_TO_POINTER(MAX(best, GPOINTER_TO_INT(percent))));
    }
}

static int
compare_percents(gconstpointer left, gconstpointer right)
{
    const gint a = *(const gint *)left;
    const gint b = *(const gint *)right;

    return (a > b) - (a < b);
}

double
parsers_ocr_certainty(const ParsersOcr *ocr, const char *text)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t\n", -1);
    g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(gint));

    for (guint i = 0; words[i] != NULL; i++) {
        g_autofree char *bare = parsers_ocr_words_bare(words[i]);
        gpointer percent = NULL;

        if (g_hash_table_lookup_extended(ocr->sure, bare, NULL, &percent)) {
            const gint value = GPOINTER_TO_INT(percent);

            g_array_append_val(known, value);
        }
    }
    g_array_sort(known, compare_percents);
    return known->len == 0 ? 1 : g_array_index(known, gint, known->len / WORDS_EACH) / 100.0;
}

/* Read one page.  grey: consumed. */
static bool
add_page(ParsersOcr *ocr, PIX *grey, GError **error)
{
    g_autoptr(ParsersPicture) picture = NULL;
    g_autoptr(ParsersOcrDrawing) drawing = NULL;
    g_auto(ParsersOcrWords) words = {0};

    if (ocr->pages_left == 0) {
        pixDestroy(&grey);
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "limit ocr_pages was reached");
    }
    ocr->pages_left--;
    picture = parsers_picture_clean(grey);
    pixDestroy(&grey);
    if (picture == NULL)
        return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "picture too small to be read");
    drawing = parsers_ocr_drawing_take(picture);
    if (!read_words(ocr, picture, &words, error))
        return false;
    ocr->sum += words.confidence * words.glyphs->len;
    ocr->n += words.glyphs->len;
    g_ptr_array_add(ocr->pages,
                    parsers_ocr_page_build(ocr->pages->len + 1, picture, drawing, &words));
    note_certainty(ocr, words.sure);
    return true;
}

static bool
draw_pdf(GBytes *bytes, guint page, PIX **out_grey, GError **error)
{
    ParsersPdfGrey drawn = {0};
    PIX *grey = NULL;

    if (!parsers_pdf_draw(bytes, page, PDF_LONG_SIDE, &drawn, error))
        return false;
    if (drawn.levels != NULL)
        grey = pixCreate((int)drawn.width, (int)drawn.height, 8);
    for (guint y = 0; grey != NULL && y < drawn.height; y++) {
        l_uint32 *line = pixGetData(grey) + (gsize)y * (gsize)pixGetWpl(grey);

        for (guint x = 0; x < drawn.width; x++)
            SET_DATA_BYTE(line, x, drawn.levels[(gsize)y * drawn.width + x]);
    }
    g_free(drawn.levels);
    *out_grey = grey;
    return true;
}

/* The page-th picture of a file; NULL after the last. */
static bool
next_picture(const ParsersOcr *ocr, GBytes *bytes, guint page, PIX **out_grey, GError **error)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);

    if (size > 5 && memcmp(data, "%PDF-", 5) == 0)
        return draw_pdf(bytes, page, out_grey, error);
    return parsers_picture_decode(bytes, page, ocr->limits, out_grey, error);
}

bool
parsers_ocr_add(ParsersOcr *ocr, GBytes *bytes, GError **error)
{
    const guint before = ocr->pages->len;
    PIX *grey = NULL;

    for (guint page = 0;; page++) {
        if (!next_picture(ocr, bytes, page, &grey, error))
            break;
        if (grey == NULL)
            return true;
        if (!add_page(ocr, grey, error))
            break;
    }
    g_ptr_array_set_size(ocr->pages, (int)before);
    return false;
}

ParsersDocument *
parsers_ocr_finish(ParsersOcr *ocr, double *out_confidence)
{
    g_autoptr(GPtrArray) pages = g_steal_pointer(&ocr->pages);
    g_autoptr(ParsersDocument) document = NULL;

    ocr->pages = g_ptr_array_new_with_free_func((GDestroyNotify)parsers_pdf_page_free);
    if (pages->len == 0)
        return NULL;
    parsers_pdf_furniture_mark(pages);
    document = parsers_document_new(ocr->limits);
    for (guint i = 0; i < pages->len; i++)
        parsers_pdf_layout_add(document, g_ptr_array_index(pages, i));
    *out_confidence = ocr->n == 0 ? 0 : ocr->sum / ocr->n;
    ocr->sum = 0;
    ocr->n = 0;
    return parsers_document_check(document, NULL) ? g_steal_pointer(&document) : NULL;
}
