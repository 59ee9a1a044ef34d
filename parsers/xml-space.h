/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/xml-space.h - the namespaces that the readers of XML know.
 *
 * Runs in:  postern-parser.
 * Source:   Namespaces in XML 1.0; ECMA-376 part 1 and 4; ODF 1.3 part 3
 */
#ifndef PARSERS_XML_SPACE_H
#define PARSERS_XML_SPACE_H

#include <glib.h>

/* A Strict and a Transitional namespace of OOXML are the same here. */
typedef enum {
    PARSERS_XML_NONE,  /* no namespace */
    PARSERS_XML_OTHER, /* one that no reader knows */
    PARSERS_XML_W,     /* WordprocessingML */
    PARSERS_XML_W14,
    PARSERS_XML_MC, /* markup compatibility */
    PARSERS_XML_V,  /* VML */
    PARSERS_XML_WP, /* drawing in a text */
    PARSERS_XML_PIC,
    PARSERS_XML_MATH,
    PARSERS_XML_RELATIONSHIPS,
    PARSERS_XML_CONTENT_TYPES,
    PARSERS_XML_OFFICE, /* OpenDocument from here */
    PARSERS_XML_TEXT,
    PARSERS_XML_TABLE,
    PARSERS_XML_STYLE,
    PARSERS_XML_FO,
    PARSERS_XML_DRAW,
    PARSERS_XML_FORM,
    PARSERS_XML_SVG,
    PARSERS_XML_FIELD,
    PARSERS_XML_LOEXT,
    PARSERS_XML_MANIFEST,
} ParsersXmlSpace;

/* The namespace of an address of that length. */
ParsersXmlSpace parsers_xml_space(const char *uri, gsize length);

#endif
