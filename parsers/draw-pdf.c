/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/draw-pdf.c - pages of PDF files as pixels.
 *
 * poppler runs no script, follows no link and opens no file; what a viewer of somebody's own would
 * do with a PDF does not happen here.
 *
 * Runs in:  postern-view, inside the cage.
 * Source:   doc/review.md, "The original"; ISO 32000-1
 */
#include "config.h"

#include <poppler.h>

#include "parsers/draw-canvas.h"
#include "parsers/pdf-streams.h"

#define GREATEST 14400.0 /* points of a side; ISO 32000-1, annex C */

static PopplerDocument *
open_pdf(GBytes *bytes, const ParsersLimits *limits, GError **error)
{
    g_autoptr(GError) problem = NULL;
    PopplerDocument *document = NULL;

    if (g_bytes_get_size(bytes) == 0) {
        parsers_throw(error, PARSERS_ERROR_DAMAGED, "PDF is empty");
        return NULL;
    }
    if (!parsers_pdf_streams_check(bytes, limits, error))
        return NULL;
    document = poppler_document_new_from_bytes(bytes, NULL, &problem);
    if (document == NULL)
        parsers_throw(error,
                      g_error_matches(problem, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)
                          ? PARSERS_ERROR_ENCRYPTED
                          : PARSERS_ERROR_DAMAGED,
                      "PDF cannot be opened");
    return document;
}

static bool
size_of(PopplerPage *page, double *out_width, double *out_height)
{
    poppler_page_get_size(page, out_width, out_height);
    return *out_width >= 1 && *out_height >= 1 && *out_width <= GREATEST && *out_height <= GREATEST;
}

void
parsers_draw_pdf_sizes(GBytes *bytes, const ParsersLimits *limits, GArray *sizes)
{
    PopplerDocument *document = open_pdf(bytes, limits, NULL);
    const int n = document != NULL ? poppler_document_get_n_pages(document) : 0;

    for (int i = 0; i < MIN(n, (int)limits->pdf_pages); i++) {
        PopplerPage *page = poppler_document_get_page(document, i);
        double width = 0, height = 0;
        ParsersViewSize size = {0, 0};

        if (page != NULL && size_of(page, &width, &height))
            size = (ParsersViewSize){(guint16)width, (guint16)height};
        g_array_append_val(sizes, size);
        g_clear_object(&page);
    }
    g_clear_object(&document);
}

static bool
draw(PopplerPage *page, cairo_surface_t **out_surface, GError **error)
{
    double width = 0, height = 0, scale = 0;
    cairo_surface_t *surface = NULL;
    cairo_t *cairo = NULL;

    if (size_of(page, &width, &height))
        surface = parsers_draw_canvas(width, height, &scale);
    if (surface == NULL)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "a page of an absurd size");
    cairo = cairo_create(surface);
    cairo_scale(cairo, scale, scale);
    poppler_page_render(page, cairo);
    cairo_destroy(cairo);
    *out_surface = surface;
    return true;
}

bool
parsers_draw_pdf_page(GBytes *bytes, guint page, const ParsersLimits *limits,
                      cairo_surface_t **out_surface, GError **error)
{
    PopplerDocument *document = open_pdf(bytes, limits, error);
    PopplerPage *drawn = NULL;
    bool done = false;

    if (document == NULL)
        return false;
    if (page < limits->pdf_pages && page < (guint)MAX(poppler_document_get_n_pages(document), 0))
        drawn = poppler_document_get_page(document, (int)page);
    done = drawn != NULL ? draw(drawn, out_surface, error)
                         : parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "there is no such page");
    g_clear_object(&drawn);
    g_object_unref(document);
    return done;
}
