/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/html.h - HTML into the neutral document.
 *
 * Runs in:  postern-parser.
 * Source:   the HTML standard, as mail programs write it; doc/reading.md
 */
#ifndef PARSERS_HTML_H
#define PARSERS_HTML_H

#include "parsers/document.h"

/* Read an HTML file.  The charset is its byte order mark's or meta element's, else guessed.
 *
 * bytes: borrowed.  limits: borrowed, must outlive the document.
 *
 * What a browser does not show is left out; quotations of mails get PARSERS_REGION_QUOTE.
 * Errors: PARSERS_ERROR_LIMIT  naming the limit that was reached */
bool parsers_html_read(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
                       GError **error);

/* The same for text that is UTF-8 already, such as the body of a mail whose header names the
 * charset. */
bool parsers_html_read_text(const char *text, const ParsersLimits *limits,
                            ParsersDocument **out_document, GError **error);

#endif
