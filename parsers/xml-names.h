/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/xml-names.h - the names of a document's elements, each by a number, and what its prefixes
 * mean.
 *
 * Runs in:  postern-parser.
 * Source:   Namespaces in XML 1.0
 */
#ifndef PARSERS_XML_NAMES_H
#define PARSERS_XML_NAMES_H

#include <stdbool.h>

#include "parsers/xml-space.h"

#define PARSERS_XML_NAMES_MAX 255  /* different names of one document */
#define PARSERS_XML_NAMES_BYTES 48 /* a longer name is none that anybody asks for */

/* A name as it stands in the text, "w:p". */
typedef struct {
    const char *at;
    guint length; /* less than PARSERS_XML_NAMES_BYTES */
    guint prefix; /* length of what stands before the colon, or 0 */
    guint hash;   /* of all of its bytes */
} ParsersXmlName;

/* The text that the names stand in must stay as long as these. */
typedef struct ParsersXmlNames ParsersXmlNames;

ParsersXmlNames *parsers_xml_names_new(void);
void parsers_xml_names_free(ParsersXmlNames *names);

/* A prefix (or the default, of length 0) means a namespace from this tag to the one that ends it.
 * False when that is more than can be kept, or an address or a prefix that is not plain. */
bool parsers_xml_names_bind(ParsersXmlNames *names, const ParsersXmlName *name, const char *uri,
                            gsize length, guint tag);

/* The tag ends, at that other one: its bindings do. */
void parsers_xml_names_unbind(ParsersXmlNames *names, guint tag, guint end);

/* What a prefix means now; false when it means nothing.  None at all is the default. */
bool parsers_xml_names_space(const ParsersXmlNames *names, const char *prefix, gsize length,
                             ParsersXmlSpace *out_space);

/* Did a prefix mean that namespace at a tag?  For when all tags have ended. */
bool parsers_xml_names_means(const ParsersXmlNames *names, guint tag, const char *prefix,
                             gsize length, ParsersXmlSpace space);

/* The number of an element's name, and its namespace now.  False when there are too many names, or
 * its prefix means nothing. */
bool parsers_xml_names_find(ParsersXmlNames *names, const ParsersXmlName *name, guint8 *out_number,
                            guint8 *out_space);

/* By number: the name as it stands, and without its prefix; borrowed. */
const ParsersXmlName *parsers_xml_names_whole(const ParsersXmlNames *names, guint number);
const char *parsers_xml_names_local(const ParsersXmlNames *names, guint number);

#endif
