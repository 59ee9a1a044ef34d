/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/odt-styles.h - what an OpenDocument style says that matters on a form.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; OpenDocument 1.3 part 3, 16
 */
#ifndef PARSERS_ODT_STYLES_H
#define PARSERS_ODT_STYLES_H

#include "parsers/xml.h"

typedef struct {
    guint flags; /* PARSERS_SPAN_BOLD, _UNDERLINE, _STRIKE, _HIGHLIGHT */
    guint mask;  /* which flags were given at all */
    bool hidden;
    bool shaded;   /* cells */
    guint heading; /* paragraphs: 1 to 6, or 0 */
    char font[32]; /* or "" */
} ParsersOdtStyle;

typedef struct ParsersOdtStyles ParsersOdtStyles;

ParsersOdtStyles *parsers_odt_styles_new(void);
void parsers_odt_styles_free(ParsersOdtStyles *styles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersOdtStyles, parsers_odt_styles_free)

/* A style begins, has properties, ends. */
void parsers_odt_styles_begin(ParsersOdtStyles *styles, const ParsersXmlElement *element);
void parsers_odt_styles_add(ParsersOdtStyles *styles, const ParsersXmlElement *properties);
void parsers_odt_styles_end(ParsersOdtStyles *styles);

/* Lay a style with all that it inherits over base.  name: may be NULL. */
void parsers_odt_styles_lay(const ParsersOdtStyles *styles, const char *family, const char *name,
                            ParsersOdtStyle *base);

#endif
