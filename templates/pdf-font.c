/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/pdf-font.c - a Unicode font for libhpdf: found, loaded, measured.
 *
 * libhpdf drops what it cannot draw without a word, so each character is asked
 * for first.
 *
 * Runs in:  staff pages, command line.
 * Source:   https://dejavu-fonts.github.io; libharu documentation
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include <hpdf_doc.h>
#include <hpdf_fontdef.h>
#include <hpdf_objects.h>

#include "templates/pdf-font.h"

static const char *const folders[] = {
    "/usr/share/fonts/truetype/dejavu",   /* Debian: fonts-dejavu-core */
    "/usr/share/fonts/dejavu-sans-fonts", /* Fedora */
    "/usr/share/fonts/TTF",               /* Arch */
    "/usr/share/fonts/dejavu",            /* Alpine */
    "/usr/local/share/fonts/dejavu",
};

static char *
find_file(const char *file)
{
    const char *own = g_getenv("POSTERN_FONTS");

    for (guint i = 0; i < (own != NULL ? 1 : G_N_ELEMENTS(folders)); i++) {
        g_autofree char *path = g_build_filename(own != NULL ? own : folders[i], file, NULL);

        if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
            return g_steal_pointer(&path);
    }
    return NULL;
}

/* libhpdf crashes on a file that is not TrueType. */
static bool
is_truetype(const char *path)
{
    static const char magic[4] = {0, 1, 0, 0};
    char start[sizeof magic] = {1};
    FILE *file = fopen(path, "rb");
    bool whole = file != NULL && fread(start, sizeof start, 1, file) == 1;

    if (file != NULL)
        fclose(file);
    return whole && memcmp(start, magic, sizeof magic) == 0;
}

static bool
has(gpointer face, gunichar c)
{
    TemplatesPdfFont *font = face;

    /* libhpdf reads UTF-8 of at most three bytes. */
    return c <= 0xffff && HPDF_TTFontDef_GetGlyphid(font->glyphs, (HPDF_UINT16)c) != 0;
}

static double
advance(gpointer face, gunichar c)
{
    TemplatesPdfFont *font = face;

    return c <= 0xffff ? HPDF_Font_GetUnicodeWidth(font->font, (HPDF_UNICODE)c) : 0;
}

/* One line of the table: the code of a drawn form and the letters it stands for, as UTF-16. */
static void
add_form(GString *lines, guint code)
{
    char drawn[8] = {0};
    g_autofree char *letters = NULL;
    g_autofree gunichar2 *units = NULL;

    g_unichar_to_utf8(code, drawn);
    letters = g_utf8_normalize(drawn, -1, G_NORMALIZE_ALL_COMPOSE);
    units = g_utf8_to_utf16(letters, -1, NULL, NULL, NULL);
    g_string_append_printf(lines, "<%04X> <", code);
    for (guint i = 0; units != NULL && units[i] != 0; i++)
        g_string_append_printf(lines, "%04X", units[i]);
    g_string_append(lines, ">\n");
}

/* Blocks of at most 100 lines, as the format wants. */
static void
add_blocks(GString *out, const char *kind, guint first, guint last)
{
    for (guint from = first; from <= last; from += 100) {
        guint to = MIN(last, from + 99);

        g_string_append_printf(out, "%u begin%s\n", to - from + 1, kind);
        for (guint i = from; i <= to; i++) {
            if (g_str_equal(kind, "bfchar"))
                add_form(out, i);
            else
                g_string_append_printf(out, "<%02X00> <%02XFF> <%02X00>\n", i, i, i);
        }
        g_string_append_printf(out, "end%s\n", kind);
    }
}

/* The table by which readers, searches and screen readers find the letters behind what is drawn.
 * Codes are Unicode, but for the joined forms of Arabic, which stand for plain letters. */
static char *
to_unicode_table(void)
{
    GString *out = g_string_new("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                                "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) "
                                "/Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n"
                                "/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\n"
                                "endcodespacerange\n");

    add_blocks(out, "bfrange", 0x00, 0xfa);
    add_blocks(out, "bfchar", 0xfb50, 0xfbff);
    add_blocks(out, "bfrange", 0xfc, 0xfd);
    add_blocks(out, "bfchar", 0xfe70, 0xfeff);
    add_blocks(out, "bfrange", 0xff, 0xff);
    g_string_append(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    return g_string_free(out, FALSE);
}

/* libhpdf's own table uses an operator that does not belong there, and readers complain of it. */
static void
replace_to_unicode(HPDF_Doc doc, HPDF_Font font)
{
    g_autofree char *table = to_unicode_table();
    HPDF_Dict stream = HPDF_DictStream_New(doc->mmgr, doc->xref);

    if (stream == NULL)
        return;
    stream->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
    HPDF_Stream_WriteStr(stream->stream, table);
    HPDF_Dict_Add(font, "ToUnicode", stream);
}

bool
templates_pdf_font_load(HPDF_Doc doc, const char *file, TemplatesPdfFont *out_font, GError **error)
{
    g_autofree char *path = find_file(file);
    const char *name;

    if (path == NULL)
        return templates_throw(error, TEMPLATES_ERROR_FONT,
                               "the font %s is not here: install the package fonts-dejavu-core",
                               file);
    name = is_truetype(path) ? HPDF_LoadTTFontFromFile(doc, path, HPDF_TRUE) : NULL;
    if (name != NULL) {
        out_font->font = HPDF_GetFont(doc, name, "UTF-8");
        out_font->glyphs = HPDF_Doc_FindFontDef(doc, name);
    }
    if (name == NULL || out_font->font == NULL || out_font->glyphs == NULL)
        return templates_throw(error, TEMPLATES_ERROR_FONT,
                               "%s cannot be used (libhpdf error 0x%lx): reinstall the package "
                               "fonts-dejavu-core",
                               path, (unsigned long)HPDF_GetError(doc));
    replace_to_unicode(doc, out_font->font);
    out_font->line = (TemplatesLineFont){.has = has, .advance = advance, .face = out_font};
    return true;
}
