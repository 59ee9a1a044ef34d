/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/pdf-font.h - a Unicode font for libhpdf: found, loaded, measured.
 *
 * Runs in:  staff pages, command line.
 * Source:   https://dejavu-fonts.github.io; libharu documentation
 */
#ifndef TEMPLATES_PDF_FONT_H
#define TEMPLATES_PDF_FONT_H

#include <hpdf.h>

#include "templates/error.h"
#include "templates/line.h"

typedef struct {
    HPDF_Font font;         /* owned by the document */
    HPDF_FontDef glyphs;    /* owned by the document */
    TemplatesLineFont line; /* for templates_line_wrap(); its face is this struct */
} TemplatesPdfFont;

/* Load a font into a document and embed it.
 *
 * file: such as "DejaVuSans.ttf", looked for in the folder that POSTERN_FONTS names, or else where
 *       distributions put it; borrowed.
 * out_font: filled in; must not move afterwards, as its line points to it.
 *
 * Errors: TEMPLATES_ERROR_FONT, the text names the package to install. */
bool templates_pdf_font_load(HPDF_Doc doc, const char *file, TemplatesPdfFont *out_font,
                             GError **error);

#endif
