/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/xml.h - walk through a stranger's XML, element by element.
 *
 * A document type, entities, and anything from outside are refused; nothing is
 * kept but what the rules keep.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; Namespaces in XML 1.0; ECMA-376 part 1 and 4; ODF 1.3 part 3
 */
#ifndef PARSERS_XML_H
#define PARSERS_XML_H

#include "parsers/error.h"
#include "parsers/limits.h"

/* The namespaces that the readers know; a Strict and a Transitional one are the same here. */
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

typedef struct ParsersXmlElement ParsersXmlElement;

typedef enum {
    PARSERS_XML_ENTER, /* go on inside the element */
    PARSERS_XML_SKIP,  /* pass over all that is inside; the rule's end is not called */
    PARSERS_XML_STOP,  /* read no further */
} ParsersXmlNext;

/* What to do with one element.  An element without a rule is entered. */
typedef struct {
    ParsersXmlSpace space;
    const char *name;
    ParsersXmlNext (*start)(gpointer user, const ParsersXmlElement *element); /* NULL: enter */
    void (*end)(gpointer user);                                               /* or NULL */
} ParsersXmlRule;

typedef struct {
    const ParsersXmlRule *rules;
    gsize n_rules;
    void (*text)(gpointer user, const char *text, gsize length); /* valid UTF-8; or NULL */
} ParsersXmlReader;

/* The local name; borrowed. */
const char *parsers_xml_name(const ParsersXmlElement *element);

/* Counts the start tags of the document, skipped ones too; the first is 1.  Two walks through the
 * same bytes count alike. */
guint64 parsers_xml_ordinal(const ParsersXmlElement *element);

/* The value of an attribute, or NULL; the caller frees. */
char *parsers_xml_attribute(const ParsersXmlElement *element, ParsersXmlSpace space,
                            const char *name);

/* A start function that always skips. */
ParsersXmlNext parsers_xml_skip(gpointer user, const ParsersXmlElement *element);

/* Walk through bytes.  A rule that stops is no error.
 *
 * Errors: PARSERS_ERROR_DAMAGED, not well-formed, or it has a document type
 *         PARSERS_ERROR_LIMIT, xml_depth */
bool parsers_xml_read(GBytes *bytes, const ParsersXmlReader *reader, const ParsersLimits *limits,
                      gpointer user, GError **error);

#endif
