/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/pdf-helvetica.c - how wide words are in the font that every PDF reader has.
 *
 * Runs in:  command line, staff pages.
 * Source:   ISO 32000-1 section 9.6.2.2; Adobe Core 14 font metrics
 */
#include "config.h"

#include "templates/pdf-helvetica.h"

#include <string.h>

/* Widths of the letters 32 to 126 in thousandths of the size (Adobe's font metrics). */
/* clang-format off */
static const guint16 widths[2][95] = {
    { 278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
      556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
      1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
      667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
      333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
      556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584 },
    { 278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
      556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
      975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
      667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
      333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
      611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584 },
};
/* clang-format on */
#define OTHER_WIDTH 600 /* of all other letters, roughly */

static double
width_of(bool bold, const char *text, gsize length)
{
    double width = 0;

    for (const char *p = text; p < text + length; p = g_utf8_next_char(p))
        width += *p >= ' ' && *p <= '~' ? widths[bold][*p - ' '] : OTHER_WIDTH;
    return width / 1000.0;
}

GPtrArray *
templates_pdf_helvetica_wrap(const char *text, const TemplatesPdfHelvetica *style)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    g_autoptr(GString) line = g_string_new(NULL);

    for (guint i = 0; words[i] != NULL; i++) {
        g_autofree char *longer = g_strconcat(line->str, line->len > 0 ? " " : "", words[i], NULL);

        if (line->len > 0 &&
            width_of(style->bold, longer, strlen(longer)) * style->size > style->width) {
            g_ptr_array_add(lines, g_strdup(line->str));
            g_string_assign(line, words[i]);
        } else {
            g_string_assign(line, longer);
        }
    }
    if (line->len > 0)
        g_ptr_array_add(lines, g_strdup(line->str));
    return lines;
}

double
templates_pdf_helvetica_height(const char *text, const TemplatesPdfHelvetica *style)
{
    g_autoptr(GPtrArray) lines = *text != '\0' ? templates_pdf_helvetica_wrap(text, style) : NULL;

    return lines != NULL ? lines->len * style->size * TEMPLATES_PDF_HELVETICA_LEADING : 0;
}
