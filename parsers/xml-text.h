/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/xml-text.h - characters of XML, and the references that stand for some of them.
 *
 * Runs in:  postern-parser.
 * Source:   XML 1.0, 2.2, 4.1 and 4.6
 */
#ifndef PARSERS_XML_TEXT_H
#define PARSERS_XML_TEXT_H

#include <glib.h>
#include <stdbool.h>

/* May the character stand in a document? */
bool parsers_xml_text_allows(gunichar c);

/* The reference that begins with the "&" at a place: how long it is, and what it stands for; 0 when
 * it is not one of XML itself, or of a character that may not stand here.  end: after the last
 * byte, which must be one that no reference has. */
gsize parsers_xml_text_reference(const char *at, const char *end, gunichar *out_c);

/* Give text to a function, piece by piece, with the characters in the place of their references,
 * all of which must be good.  None when there is none. */
void parsers_xml_text_give(const char *at, const char *end,
                           void (*take)(gpointer user, const char *text, gsize length),
                           gpointer user);

/* Likewise all of it as one; the caller frees. */
char *parsers_xml_text_copy(const char *at, const char *end);

#endif
