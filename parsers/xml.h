/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/xml.h - walk through a stranger's XML, element by element.
 *
 * A document type, entities, and anything from outside are refused; nothing is
 * kept but what the rules keep.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; XML 1.0; Namespaces in XML 1.0
 */
#ifndef PARSERS_XML_H
#define PARSERS_XML_H

#include "parsers/error.h"
#include "parsers/limits.h"
#include "parsers/xml-space.h"

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

/* The place of the element among those of the document, rising in their order; the first is 1.  Two
 * walks through the same bytes count alike. */
guint64 parsers_xml_ordinal(const ParsersXmlElement *element);

/* The value of an attribute, or NULL; the caller frees. */
char *parsers_xml_attribute(const ParsersXmlElement *element, ParsersXmlSpace space,
                            const char *name);

/* A start function that always skips. */
ParsersXmlNext parsers_xml_skip(gpointer user, const ParsersXmlElement *element);

/* A document that is walked through once or more.  bytes and limits: kept as long as it.  The
 * caller frees. */
typedef struct ParsersXml ParsersXml;
ParsersXml *parsers_xml_open(GBytes *bytes, const ParsersLimits *limits);
void parsers_xml_free(ParsersXml *xml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersXml, parsers_xml_free)

/* Walk through it.  A rule that stops is no error.
 *
 * Errors: PARSERS_ERROR_DAMAGED, not well-formed, or it has a document type
 *         PARSERS_ERROR_LIMIT, xml_depth */
bool parsers_xml_walk(const ParsersXml *xml, const ParsersXmlReader *reader, gpointer user,
                      GError **error);

/* Walk once through bytes; as above. */
bool parsers_xml_read(GBytes *bytes, const ParsersXmlReader *reader, const ParsersLimits *limits,
                      gpointer user, GError **error);

#endif
