/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/line.h - a text as lines of a given width, in the order in which they are drawn.
 *
 * Right-to-left text is turned round, Arabic letters take their joined forms,
 * and what the font lacks is written as [U+1F621], so that nothing vanishes.
 *
 * Runs in:  staff pages, command line.
 * Source:   Unicode UAX 9 (bidirectional text), UAX 53; FriBidi
 */
#ifndef TEMPLATES_LINE_H
#define TEMPLATES_LINE_H

#include <glib.h>
#include <stdbool.h>

/* What must be known of a font. */
typedef struct {
    bool (*has)(gpointer face, gunichar c);       /* the font can draw this character */
    double (*advance)(gpointer face, gunichar c); /* its width, thousandths of the font's size */
    gpointer face;                                /* borrowed */
} TemplatesLineFont;

typedef struct {
    char *text;   /* UTF-8, from left to right as drawn */
    double width; /* thousandths of the font's size */
    bool rtl;     /* belongs at the right edge */
} TemplatesLine;

/* Cut a text into lines.
 *
 * text:  any bytes; what is not UTF-8 is shown as U+FFFD; borrowed.
 * width: of a line, thousandths of the font's size.
 *
 * Returns TemplatesLine, at least one, owned.  *marked becomes true if a character was replaced;
 * it is left alone otherwise. */
GPtrArray *templates_line_wrap(const char *text, const TemplatesLineFont *font, double width,
                               bool *marked);

#endif
