/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf.c - PDF, flat or with form fields, into the neutral model.
 *
 * Poppler takes the file apart; where each piece stands decides the rest.  Opens nothing
 * once parsers_pdf_warm_up() was called.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1
 */
#include "config.h"

#include "parsers/pdf.h"

#include "parsers/pdf-columns.h"
#include "parsers/pdf-furniture.h"
#include "parsers/pdf-layout.h"
#include "parsers/pdf-streams.h"

#include <fontconfig/fontconfig.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PopplerDocument,
                              g_object_unref) /* poppler-glib has its own since 22 */

/* A page with text in a font that is not brought along, and a field with its value in UTF-16. */
static const char *const warm_objects[] = {
    "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]/DA(/F 10 Tf 0 g)>>>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    ("<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]/Resources<</Font<</F<</Type/Font/Subtype/Type1"
     "/BaseFont/Helvetica>>>>>>/Contents 4 0 R/Annots[5 0 R]>>"),
    "<</Length 43>>stream\nBT /F 10 Tf 9 60 Td (warm) Tj ET 9 9 9 9 re S\nendstream",
    "<</Type/Annot/Subtype/Widget/FT/Tx/T<FEFF0061>/V<FEFF0061>/Rect[9 9 80 30]>>",
};

static GBytes *
warm_file(void)
{
    GString *file = g_string_new("%PDF-1.5\n");
    gsize offsets[G_N_ELEMENTS(warm_objects)];
    gsize table = 0;

    for (guint i = 0; i < G_N_ELEMENTS(warm_objects); i++) {
        offsets[i] = file->len;
        g_string_append_printf(file, "%u 0 obj\n%s\nendobj\n", i + 1, warm_objects[i]);
    }
    table = file->len;
    g_string_append_printf(file, "xref\n0 %u\n0000000000 65535 f \n",
                           (guint)G_N_ELEMENTS(warm_objects) + 1);
    for (guint i = 0; i < G_N_ELEMENTS(warm_objects); i++)
        g_string_append_printf(file, "%010zu 00000 n \n", offsets[i]);
    g_string_append_printf(file, "trailer<</Size %u/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n",
                           (guint)G_N_ELEMENTS(warm_objects) + 1, table);
    return g_string_free_to_bytes(file);
}

void
parsers_pdf_warm_up(void)
{
    /* Held for ever: poppler frees its tables when its last document goes. */
    static PopplerDocument *kept = NULL;
    g_autoptr(GBytes) file = NULL;
    g_autoptr(ParsersDocument) document = NULL;

    if (kept != NULL)
        return;
    /* Only lines are looked at, so no font need be found to draw text in. */
    FcConfigSetCurrent(FcConfigCreate());
    file = warm_file();
    kept = poppler_document_new_from_bytes(file, NULL, NULL);
    parsers_pdf_read(file, parsers_limits_default(), &document, NULL, NULL);
}

static ParsersPdfSource *
open_document(GBytes *bytes, const ParsersLimits *limits, GError **error)
{
    if (g_bytes_get_size(bytes) == 0) {
        parsers_throw(error, PARSERS_ERROR_DAMAGED, "empty PDF");
        return NULL;
    }
    if (!parsers_pdf_streams_check(bytes, limits, error))
        return NULL;
    return parsers_pdf_source_open(bytes, limits, error);
}

/* All pages, so that running heads can be told by their repetition. */
static GPtrArray *
read_pages(ParsersPdfReading *reading, const ParsersLimits *limits, GError **error)
{
    g_autoptr(GPtrArray) pages =
        g_ptr_array_new_with_free_func((GDestroyNotify)parsers_pdf_page_free);
    guint n_pages = parsers_pdf_source_pages(reading->source);

    if (n_pages > limits->pdf_pages) {
        parsers_throw(error, PARSERS_ERROR_LIMIT, "limit pdf_pages was reached: %u pages", n_pages);
        return NULL;
    }
    for (guint i = 0; i < n_pages; i++) {
        ParsersPdfPage *read = NULL;

        if (!parsers_pdf_page_read(reading, i, &read, error))
            return NULL;
        if (read != NULL)
            g_ptr_array_add(pages, read);
    }
    return g_steal_pointer(&pages);
}

static bool
has_text(const GPtrArray *pages)
{
    for (guint i = 0; i < pages->len; i++)
        if (((const ParsersPdfPage *)g_ptr_array_index(pages, i))->glyphs->len > 0)
            return true;
    return false;
}

/* Damaged forms name XFA where poppler does not look for it. */
static bool
mentions_xfa(GBytes *bytes)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    const guint8 *end = data + size;
    const guint8 *found = memmem(data, size, "/XFA", 4);

    while (found != NULL && found + 4 < end && g_ascii_isalnum(found[4]))
        found = memmem(found + 4, (gsize)(end - found) - 4, "/XFA", 4);
    return found != NULL;
}

/* All that is read of an open document. */
static bool
read_document(ParsersPdfReading *reading, const ParsersLimits *limits,
              ParsersDocument **out_document, ParsersPdfInfo *out_info, GError **error)
{
    g_autoptr(ParsersDocument) document = NULL;
    g_autoptr(GPtrArray) pages = read_pages(reading, limits, error);
    ParsersPdfInfo info = {0};

    if (pages == NULL)
        return false;
    info.pages = pages->len;
    info.has_form_fields = parsers_pdf_form_count(reading->form) > 0;
    info.is_xfa = parsers_pdf_source_has_xfa(reading->source) || mentions_xfa(reading->bytes);
    info.is_image_only = !has_text(pages) && parsers_pdf_form_filled(reading->form) == 0;
    if (info.pages == 0)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "PDF without a page");
    if (info.is_xfa && !info.has_form_fields)
        return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "XFA form");
    parsers_pdf_furniture_mark(pages);
    document = parsers_document_new(limits);
    for (guint i = 0; i < pages->len; i++) {
        parsers_pdf_columns_find(g_ptr_array_index(pages, i));
        parsers_pdf_layout_add(document, g_ptr_array_index(pages, i));
    }
    if (!parsers_document_check(document, error))
        return false;
    *out_document = g_steal_pointer(&document);
    *out_info = info;
    return true;
}

bool
parsers_pdf_read(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
                 ParsersPdfInfo *out_info, GError **error)
{
    g_autoptr(ParsersPdfSource) source = open_document(bytes, limits, error);
    g_autoptr(ParsersPdfForm) form = parsers_pdf_form_new(limits->pdf_fields);
    ParsersPdfReading reading = {.source = source,
                                 .bytes = bytes,
                                 .form = form,
                                 .most_glyphs = limits->document_text_bytes / 8};
    ParsersPdfInfo info = {0};
    bool is_read = false;

    if (source == NULL)
        return false;
    is_read = read_document(&reading, limits, out_document, &info, error);
    g_clear_object(&reading.drawn);
    if (is_read && out_info != NULL)
        *out_info = info;
    return is_read;
}

/* ---- Pages that are pictures ---- */

bool
parsers_pdf_draw(GBytes *bytes, guint page, guint long_side, ParsersPdfGrey *out_grey,
                 GError **error)
{
    g_autoptr(ParsersPdfSource) sound = open_document(bytes, parsers_limits_default(), error);
    g_autoptr(PopplerDocument) source = NULL;
    ParsersPdfGrey grey = {0};
    PopplerPage *drawn = NULL;
    double width = 0, height = 0, scale = 0;

    if (sound == NULL)
        return false;
    source = poppler_document_new_from_bytes(bytes, NULL, NULL);
    if (source == NULL)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "PDF cannot be opened");
    if (page < (guint)MAX(poppler_document_get_n_pages(source), 0))
        drawn = poppler_document_get_page(source, (int)page);
    if (drawn == NULL) {
        *out_grey = grey;
        return true;
    }
    poppler_page_get_size(drawn, &width, &height);
    scale = long_side / CLAMP(MAX(width, height), 10, 1e5);
    grey.width = (guint)CLAMP(width * scale, 1, long_side);
    grey.height = (guint)CLAMP(height * scale, 1, long_side);
    grey.stride = grey.width;
    grey.levels = g_malloc((gsize)grey.stride * grey.height);
    if (!parsers_pdf_grey_draw(drawn, scale, &grey))
        g_clear_pointer(&grey.levels, g_free);
    g_object_unref(drawn);
    if (grey.levels == NULL)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "PDF cannot be drawn");
    *out_grey = grey;
    return true;
}
