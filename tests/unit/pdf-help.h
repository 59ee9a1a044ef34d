/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/pdf-help.h - PDFs written by hand, a form among them, and how tests look at them.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#ifndef TESTS_UNIT_PDF_HELP_H
#define TESTS_UNIT_PDF_HELP_H

#include "parsers/pdf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Text is shown from here on. */
#define AT(x, y) "1 0 0 1 " #x " " #y " Tm "

/* ---- Writing PDFs ---- */

typedef struct {
    GString *file;
    GArray *offsets; /* gsize, of objects 1 and on */
} Writer;

static inline void
put_object(Writer *writer, const char *body)
{
    gsize offset = writer->file->len;

    g_array_append_val(writer->offsets, offset);
    g_string_append_printf(writer->file, "%u 0 obj\n%s\nendobj\n", writer->offsets->len, body);
}

static inline GBytes *
finish(Writer *writer, const char *trailer)
{
    gsize table = writer->file->len;
    guint size = writer->offsets->len + 1;

    g_string_append_printf(writer->file, "xref\n0 %u\n0000000000 65535 f \n", size);
    for (guint i = 0; i + 1 < size; i++)
        g_string_append_printf(writer->file, "%010zu 00000 n \n",
                               g_array_index(writer->offsets, gsize, i));
    g_string_append_printf(writer->file,
                           "trailer<</Size %u/Root 1 0 R%s>>\nstartxref\n%zu\n%%%%EOF\n", size,
                           trailer, table);
    g_array_unref(writer->offsets);
    return g_string_free_to_bytes(writer->file);
}

/* Pages that all have the same drawing; fields are objects 6 and on, NULL ends them.
 *
 * form: what else stands in the form's dictionary. */
static inline GBytes *
make_pages(guint n_pages, const char *drawing, const char *const *fields, const char *form,
           const char *trailer)
{
    Writer writer = {g_string_new("%PDF-1.5\n"), g_array_new(FALSE, FALSE, sizeof(gsize))};
    g_autoptr(GString) kids = g_string_new(NULL);
    g_autoptr(GString) annots = g_string_new(NULL);
    g_autofree char *text = NULL;
    guint n_fields = fields == NULL ? 0 : g_strv_length((char **)fields);

    for (guint i = 0; i < n_fields; i++)
        g_string_append_printf(annots, "%u 0 R ", 6 + i);
    for (guint i = 0; i < n_pages; i++)
        g_string_append_printf(kids, "%u 0 R ", 6 + n_fields + i);
    text =
        g_strdup_printf("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%s]/DA(/F 10 Tf 0 g)%s>>>>",
                        annots->str, form);
    put_object(&writer, text);
    g_free(text);
    text = g_strdup_printf("<</Type/Pages/Kids[%s]/Count %u/MediaBox[0 0 400 400]/Resources<</Font"
                           "<</F 4 0 R/B 5 0 R>>>>>>",
                           kids->str, n_pages);
    put_object(&writer, text);
    g_free(text);
    text = g_strdup_printf("<</Length %zu>>stream\n%s\nendstream", strlen(drawing), drawing);
    put_object(&writer, text);
    put_object(&writer, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
    put_object(&writer,
               "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>");
    for (guint i = 0; i < n_fields; i++)
        put_object(&writer, fields[i]);
    for (guint i = 0; i < n_pages; i++) {
        g_free(text);
        text = g_strdup_printf("<</Type/Page/Parent 2 0 R/Contents 3 0 R/Annots[%s]>>",
                               i == 0 ? annots->str : "");
        put_object(&writer, text);
    }
    return finish(&writer, trailer);
}

static inline GBytes *
make_page(const char *drawing)
{
    return make_pages(1, drawing, NULL, "", "");
}

/* ---- Reading them ---- */

static inline ParsersDocument *
read_bytes(GBytes *given, ParsersPdfInfo *info)
{
    g_autoptr(GBytes) bytes = given;
    g_autoptr(GError) error = NULL;
    ParsersDocument *document = NULL;

    if (!parsers_pdf_read(bytes, parsers_limits_default(), &document, info, &error))
        fail_msg("%s", error->message);
    return document;
}

static inline void
assert_text(GBytes *bytes, const char *expected)
{
    g_autoptr(ParsersDocument) document = read_bytes(bytes, NULL);
    g_autofree char *text = parsers_document_text(document);

    assert_string_equal(text, expected);
}

static inline const ParsersBlock *
block_at(const ParsersDocument *document, guint index)
{
    const GPtrArray *blocks = parsers_document_blocks(document);

    assert_true(index < blocks->len);
    return g_ptr_array_index(blocks, index);
}

static inline const ParsersSpan *
span_at(const ParsersBlock *block, guint index)
{
    assert_int_equal(block->kind, PARSERS_BLOCK_PARAGRAPH);
    assert_true(index < block->spans->len);
    return g_ptr_array_index(block->spans, index);
}

static inline void
assert_refused(GBytes *given, const ParsersLimits *limits, ParsersError code, const char *word)
{
    g_autoptr(GBytes) bytes = given;
    g_autoptr(GError) error = NULL;
    ParsersDocument *document = NULL;

    assert_false(parsers_pdf_read(bytes, limits, &document, NULL, &error));
    assert_null(document);
    assert_true(g_error_matches(error, PARSERS_ERROR, (int)code));
    assert_non_null(strstr(error->message, word));
}

/* ---- A form ---- */

#define ON_AND_OFF "/AP<</N<</On 3 0 R/Off 3 0 R>>>>"

/* Values without a drawing of their own, one of them in UTF-16; a field shown at two places. */
G_GNUC_UNUSED static const char *const fields[] = {
    "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/TU(Your name)/V<FEFF017900E9>"
    "/Rect[150 295 300 311]>>",
    "<</FT/Tx/T(town)/V(Dover)/Kids[8 0 R 9 0 R]>>",
    "<</Type/Annot/Subtype/Widget/Parent 7 0 R/Rect[150 265 300 281]>>",
    "<</Type/Annot/Subtype/Widget/Parent 7 0 R/Rect[150 235 300 251]>>",
    "<</Type/Annot/Subtype/Widget/FT/Btn/T(hurt)/V/On/AS/On/Rect[150 200 160 210]" ON_AND_OFF ">>",
    "<</Type/Annot/Subtype/Widget/FT/Btn/T(told)/V/Off/AS/Off/Rect[220 200 230 210]" ON_AND_OFF
    ">>",
    "<</FT/Btn/Ff 49152/T(agree)/V/On/Kids[13 0 R]>>",
    "<</Type/Annot/Subtype/Widget/Parent 12 0 R/AS/On/Rect[150 170 160 180]" ON_AND_OFF ">>",
    "<</Type/Annot/Subtype/Widget/FT/Ch/Ff 131072/T(area)/Opt[(North)(South)]/V(South)"
    "/Rect[150 140 300 156]>>",
    NULL,
};

/* clang-format off */
G_GNUC_UNUSED static const char form_page[] =
    "BT /F 10 Tf "
    AT(20, 300) "(Name) Tj "
    AT(20, 270) "(Town) Tj "
    AT(20, 240) "(Town again) Tj "
    AT(163, 201) "(Hurt) Tj "
    AT(233, 201) "(Told) Tj "
    AT(163, 171) "(Agreed) Tj "
    AT(20, 145) "(Area) Tj ET";
/* clang-format on */

static inline GBytes *
make_form(void)
{
    return make_pages(1, form_page, fields, "/NeedAppearances true", "");
}

/* Before the first PDF of a program is read. */
static inline int
warm_up(void **fixture)
{
    (void)fixture;
    parsers_pdf_warm_up();
    return 0;
}

#endif
