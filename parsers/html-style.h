/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/html-style.h - what a tag and its attributes mean for the text in it.
 *
 * Runs in:  postern-parser.
 * Source:   the HTML standard; the marks that Outlook, Gmail, Apple Mail and others leave
 */
#ifndef PARSERS_HTML_STYLE_H
#define PARSERS_HTML_STYLE_H

#include <glib.h>
#include <stdbool.h>

#include "parsers/document.h"

typedef enum {
    PARSERS_HTML_INLINE,
    PARSERS_HTML_BLOCK,  /* begins and ends a paragraph */
    PARSERS_HTML_HIDDEN, /* neither it nor its content is shown */
    PARSERS_HTML_BREAK,
    PARSERS_HTML_TABLE,
    PARSERS_HTML_ROW,
    PARSERS_HTML_CELL,
    PARSERS_HTML_INPUT,
    PARSERS_HTML_SELECT,
    PARSERS_HTML_OPTION,
    PARSERS_HTML_TEXTAREA,
    PARSERS_HTML_PROMPT, /* "Click here to enter text": the answer is still empty */
    PARSERS_HTML_IMAGE,
} ParsersHtmlKind;

typedef enum {
    PARSERS_HTML_NO_QUOTE,
    PARSERS_HTML_QUOTE,      /* the content of this element is quoted */
    PARSERS_HTML_QUOTE_REST, /* so is everything from here to the end */
} ParsersHtmlQuote;

typedef struct {
    ParsersHtmlKind kind;
    guint heading; /* 1 to 6, or 0 */
    bool list_item;
    bool preformatted;
    bool shaded;
} ParsersHtmlStyle;

/* The value of an attribute, or NULL; borrowed.  attributes: name and value in turn, or NULL. */
const char *parsers_html_attribute(const char *const *attributes, const char *name);

/* What an element is.  flags: span flags of the text around it, changed to those inside. */
ParsersHtmlStyle parsers_html_style(const char *tag, const char *const *attributes, guint *flags);

/* Does it begin a quotation of another mail? */
ParsersHtmlQuote parsers_html_quote(const char *tag, const char *const *attributes);

#endif
