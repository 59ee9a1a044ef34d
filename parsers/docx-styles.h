/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/docx-styles.h - what a WordprocessingML style says that matters on a form.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ECMA-376 part 1, 17.7
 */
#ifndef PARSERS_DOCX_STYLES_H
#define PARSERS_DOCX_STYLES_H

#include "parsers/xml.h"

/* How a run looks.  mask says which flags were given at all. */
typedef struct {
    guint flags; /* PARSERS_SPAN_BOLD, _UNDERLINE, _STRIKE, _HIGHLIGHT */
    guint mask;
    bool hidden;
} ParsersDocxFormat;

typedef struct {
    ParsersDocxFormat format;
    guint heading;
    bool list_item;
} ParsersDocxStyle;

typedef struct ParsersDocxStyles ParsersDocxStyles;

ParsersDocxStyles *parsers_docx_styles_new(void);
void parsers_docx_styles_free(ParsersDocxStyles *styles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersDocxStyles, parsers_docx_styles_free)

/* Read a styles part.  Errors: those of parsers_xml_read(). */
bool parsers_docx_styles_read(ParsersDocxStyles *styles, GBytes *bytes, const ParsersLimits *limits,
                              GError **error);

/* A style with all that it inherits; zeros when there is none of that name.  id: may be NULL. */
ParsersDocxStyle parsers_docx_styles_look_up(const ParsersDocxStyles *styles, const char *id);

/* Apply one child of w:rPr to format. */
void parsers_docx_styles_format(ParsersDocxFormat *format, const ParsersXmlElement *element);

/* Lay one format over another: what upper says counts. */
void parsers_docx_styles_lay(ParsersDocxFormat *format, const ParsersDocxFormat *upper);

/* The w:val of an element as a switch: true unless it says otherwise. */
bool parsers_docx_styles_is_on(const ParsersXmlElement *element);

/* The w:val of an element as a number, or fallback. */
guint parsers_docx_styles_number(const ParsersXmlElement *element, guint fallback);

/* Whether a w:shd paints a background that a person would see as a colour. */
bool parsers_docx_styles_is_shaded(const ParsersXmlElement *element);

#endif
